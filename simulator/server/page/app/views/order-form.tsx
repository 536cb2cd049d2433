import type { ComponentChildren, JSX } from 'preact';
import type { Emitted } from '../../../stand-in.js';
import { ProblemNote } from '../parts/problem.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';
import { summaryOf } from './emitted.js';

/** Fields of an order that makes events, and the button that gives it. */
export const OrderForm = ({
  path,
  orderOf,
  label,
  onEmitted,
  children,
}: {
  readonly path: string;
  /** Reads the fields; what it throws is shown. */
  readonly orderOf: () => object;
  readonly label: (busy: boolean) => string;
  readonly onEmitted: (emitted: Emitted) => void;
  readonly children: ComponentChildren;
}): JSX.Element => {
  const { client, announce } = useSession();
  const { busy, problem, run } = useAction();
  const give = async (): Promise<void> => {
    const emitted = await client.ask<Emitted>('POST', path, orderOf());
    onEmitted(emitted);
    announce(`${summaryOf(emitted)}.`);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(give);
      }}
    >
      {children}
      <ProblemNote problem={problem} />
      <div class="buttons">
        <button type="submit" class="primary" aria-disabled={busy}>
          {label(busy)}
        </button>
      </div>
    </form>
  );
};
