import type { ComponentChildren, JSX } from 'preact';
import { ProblemNote } from '../parts/problem.js';
import { useAction } from '../state/use-action.js';
import type { StepState } from './drill.js';

const words: Readonly<Record<StepState, string>> = { done: 'done', current: 'now', later: 'later' };

/** One step: what to do, and the button that does it. */
export const Step = ({
  number,
  title,
  state,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly state: StepState;
  readonly children: ComponentChildren;
}): JSX.Element => (
  <li class={`step ${state}`} aria-current={state === 'current' ? 'step' : undefined}>
    <span class="mark" aria-hidden="true">
      {state === 'done' ? '✓' : number}
    </span>
    <div>
      <h2 tabIndex={-1}>
        {title} <span class="unseen">({words[state]})</span>
      </h2>
      {children}
    </div>
  </li>
);

/** A step's button, and what went wrong when it was pressed. */
export const StepButton = ({
  onPress,
  primary = true,
  children,
}: {
  readonly onPress: () => Promise<void>;
  readonly primary?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element => {
  const { busy, problem, run } = useAction();
  return (
    <>
      <div class="buttons">
        <button
          type="button"
          class={primary ? 'primary' : undefined}
          aria-disabled={busy}
          onClick={() => void run(onPress)}
        >
          {children}
        </button>
      </div>
      <ProblemNote problem={problem} />
    </>
  );
};
