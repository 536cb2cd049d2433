import type { ComponentChildren, JSX } from 'preact';
import { advance, type AdvanceOrder } from '../state/advance.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';
import { ProblemNote } from './problem.js';

/** Advances the test clock; where it cannot it keeps the focus all the same. */
export const AdvanceButton = ({
  order,
  small = false,
  disabled = false,
  children,
}: {
  readonly order: AdvanceOrder;
  readonly small?: boolean;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element => {
  const session = useSession();
  const { busy, problem, run } = useAction();
  return (
    <>
      <button
        type="button"
        class={small ? 'small' : undefined}
        aria-disabled={disabled || busy}
        onClick={() => {
          if (disabled) return;
          void run(async () => {
            await advance(session, order);
          });
        }}
      >
        {children}
      </button>
      <ProblemNote problem={problem} />
    </>
  );
};
