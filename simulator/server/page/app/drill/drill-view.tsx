import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { HookWithFigures } from '../../../stand-in.js';
import { Empty } from '../parts/empty.js';
import { SelectField } from '../parts/field.js';
import { PageTitle } from '../parts/page-title.js';
import { ProblemNote } from '../parts/problem.js';
import { linkTo } from '../routes.js';
import { titleOf, useHook, useHooks } from '../state/hooks.js';
import { useSession } from '../state/session.js';
import { type Drill, observe, startDrill, type StepId, stepsOf } from './drill.js';
import { recallDrill, rememberDrill } from './memory.js';
import { Step } from './step.js';
import {
  AdvanceStep,
  BreakStep,
  CompareStep,
  EmitStep,
  MailStep,
  MendStep,
  PollStep,
  type StepProps,
} from './steps.js';

const steps: Readonly<Record<StepId, readonly [string, ComponentType<StepProps>]>> = {
  break: ['Break the receiver', BreakStep],
  emit: ['Emit events', EmitStep],
  advance: ['Let time pass until it is disabled', AdvanceStep],
  mail: ['Read the e-mail', MailStep],
  mend: ['Mend the receiver, and re-enable the hook', MendStep],
  poll: ['Poll for what was lost', PollStep],
  compare: ['Compare by idempotency key', CompareStep],
};

const Start = ({ onStart }: { readonly onStart: (drill: Drill) => void }): JSX.Element => {
  const { value, problem } = useHooks();
  const { nowMs } = useSession();
  const [chosen, setChosen] = useState<string>();
  const web = (value?.rows ?? []).filter(
    ({ subscriberType, status }) => subscriberType === 'web' && status === 'enabled',
  );
  const hookId = chosen ?? web[0]?.id;
  if (value === undefined) return <ProblemNote problem={problem} />;
  if (hookId === undefined) {
    return (
      <Empty title="There is no enabled web hook to drill with.">
        <p>
          <a href={linkTo('hooks')}>Create or enable one</a>, then come back.
        </p>
      </Empty>
    );
  }
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        onStart(startDrill(hookId, nowMs));
      }}
    >
      <p>
        Your receiver was down for longer than the retries last, and its hook is disabled. The drill
        walks through that once, from the outage to the last event that was lost, in seven steps.
      </p>
      <SelectField
        label="Hook"
        value={hookId}
        options={web.map((hook) => [hook.id, titleOf(hook)] as const)}
        onValue={setChosen}
      />
      <div class="buttons">
        <button type="submit" class="primary">
          Start the drill
        </button>
      </div>
    </form>
  );
};

/** The button of a step goes when the step is done: the focus moves on to the next step. */
const useNextStep = (current: number): void => {
  const before = useRef(current);
  useEffect(() => {
    if (before.current !== -1 && current !== before.current) {
      document.querySelector<HTMLElement>('.step.current h2')?.focus();
    }
    before.current = current;
  }, [current]);
};

const Running = ({
  drill,
  onDrill,
  onEnd,
}: {
  readonly drill: Drill;
  readonly onDrill: (change: (before: Drill) => Drill) => void;
  readonly onEnd: () => void;
}): JSX.Element => {
  const { value, problem } = useHook(drill.hookId);
  const hook: HookWithFigures | undefined = value;
  useEffect(() => {
    if (hook !== undefined) onDrill((before) => observe(before, hook));
  }, [hook, drill]);
  const states = hook === undefined ? [] : stepsOf(drill, hook);
  useNextStep(states.findIndex(({ state }) => state === 'current'));
  return (
    <>
      <p>
        {hook === undefined ? null : (
          <>
            With <a href={linkTo('hooks', hook.id)}>{titleOf(hook)}</a>.{' '}
          </>
        )}
        <button type="button" class="small" onClick={onEnd}>
          Start again
        </button>
      </p>
      <ProblemNote problem={problem} />
      {hook === undefined ? null : (
        <ol class="steps">
          {states.map(({ id, state }, index) => {
            const [title, Body] = steps[id];
            return (
              <Step key={id} number={index + 1} title={title} state={state}>
                <Body drill={drill} hook={hook} isCurrent={state === 'current'} onDrill={onDrill} />
              </Step>
            );
          })}
        </ol>
      )}
      {drill.received === null ? null : (
        <p class="note good" role="status">
          <strong>Recovered.</strong> Every event of the drill is accounted for: it was delivered,
          or found by the poll.
        </p>
      )}
    </>
  );
};

/** An outage and the way back, step by step. */
export const DrillView = (): JSX.Element => {
  const [drill, setDrill] = useState(recallDrill);
  useEffect(() => rememberDrill(drill), [drill]);
  return (
    <>
      <PageTitle>Recovery drill</PageTitle>
      {drill === undefined ? (
        <Start onStart={setDrill} />
      ) : (
        <Running
          drill={drill}
          onDrill={(change) =>
            setDrill((before) => (before === undefined ? before : change(before)))
          }
          onEnd={() => setDrill(undefined)}
        />
      )}
    </>
  );
};
