/** The seven steps of the drill, each with its words and its button. */
import type { JSX } from 'preact';
import type { HookWithFigures } from '../../../stand-in.js';
import { countOf } from '../format/numbers.js';
import { AdvanceButton } from '../parts/advance-button.js';
import { WindowGauge } from '../parts/gauge.js';
import { Until } from '../parts/time.js';
import { linkTo } from '../routes.js';
import { useSession } from '../state/session.js';
import { breakReceiver, emitEvents, lookUpReceived, mend, poll } from './actions.js';
import { ComparedTable, PolledList } from './compared.js';
import { type Drill, eventsWanted, hasReaders } from './drill.js';
import { DrillMail } from './drill-mail.js';
import { StepButton } from './step.js';

export interface StepProps {
  readonly drill: Drill;
  readonly hook: HookWithFigures;
  readonly isCurrent: boolean;
  readonly onDrill: (change: (before: Drill) => Drill) => void;
}

export const BreakStep = ({ drill, isCurrent }: StepProps): JSX.Element => {
  const session = useSession();
  return (
    <>
      <p>A fault answers 503 in the receiver’s place, at each attempt.</p>
      {isCurrent ? (
        <StepButton onPress={async () => breakReceiver(session, drill.hookId)}>
          Break the receiver
        </StepButton>
      ) : null}
    </>
  );
};

export const EmitStep = ({ drill, hook, isCurrent, onDrill }: StepProps): JSX.Element => {
  const session = useSession();
  const wanted = eventsWanted(hook.window);
  return (
    <>
      <p>
        {drill.eventIds.length > 0
          ? `${countOf(drill.eventIds.length, 'event')} emitted so far.`
          : 'Each gets its first attempt at once, which fails; retries are queued.'}
      </p>
      {isCurrent ? (
        <StepButton
          onPress={async () => {
            const after = await emitEvents(session, drill, wanted);
            onDrill((before) => ({ ...before, eventIds: after.eventIds }));
          }}
        >
          Emit {countOf(wanted, 'event')}
        </StepButton>
      ) : null}
    </>
  );
};

export const AdvanceStep = ({ drill, hook, isCurrent, onDrill }: StepProps): JSX.Element => {
  const session = useSession();
  const { kind, nextDueMs } = session.state.clock;
  const wanted = eventsWanted(hook.window);
  if (!isCurrent) {
    return (
      <p>
        {drill.disabled
          ? 'The rule disabled the hook.'
          : 'The retries fail as well, until the rule disables the hook.'}
      </p>
    );
  }
  return (
    <>
      <WindowGauge hook={hook} />
      <p>
        {nextDueMs === null ? (
          'Nothing is due any more and the hook is still enabled: emit more.'
        ) : (
          <>
            The next attempt is due <Until atMs={nextDueMs} />.
            {kind === 'real' ? ' A real clock cannot be moved: wait, or emit more.' : ''}
          </>
        )}
      </p>
      {kind === 'test' && nextDueMs !== null ? (
        <div class="buttons">
          <AdvanceButton order={{ to: 'next' }}>To the next retry</AdvanceButton>
        </div>
      ) : null}
      <StepButton
        primary={nextDueMs === null}
        onPress={async () => {
          const after = await emitEvents(session, drill, wanted);
          onDrill((before) => ({ ...before, eventIds: after.eventIds }));
        }}
      >
        Emit {countOf(wanted, 'more event', 'more events')}
      </StepButton>
    </>
  );
};

export const MailStep = ({ drill, hook, isCurrent, onDrill }: StepProps): JSX.Element => {
  if (!hasReaders(hook)) {
    return (
      <p>
        The hook has neither a creator’s nor an owner’s address, so nobody is told.{' '}
        <a href={linkTo('hooks', hook.id)}>Give it one</a> for the next time.
      </p>
    );
  }
  return (
    <>
      <p>
        The creator and the owner are told, with the window’s figures and a link to re-enable it.
      </p>
      {isCurrent || drill.mailId !== null ? (
        <DrillMail
          drill={drill}
          onFound={(mailId) => onDrill((before) => ({ ...before, mailId }))}
        />
      ) : null}
    </>
  );
};

export const MendStep = ({ hook, isCurrent }: StepProps): JSX.Element => {
  const session = useSession();
  return (
    <>
      <p>
        First the receiver, then the hook: re-enabled too early it is disabled again. Queued retries
        do not come back by themselves unless the policy holds them.
      </p>
      {isCurrent ? (
        <StepButton onPress={async () => mend(session, hook)}>Mend and re-enable</StepButton>
      ) : null}
    </>
  );
};

export const PollStep = ({ drill, isCurrent, onDrill }: StepProps): JSX.Element => {
  const session = useSession();
  return (
    <>
      <p>
        <code>GET /events</code> still lists what was lost. One more event is emitted first, which
        the mended receiver gets, so that the two ways overlap.
      </p>
      {drill.polled === null ? null : <PolledList polled={drill.polled} />}
      {isCurrent ? (
        <StepButton
          onPress={async () => {
            const after = await poll(session, drill);
            onDrill(() => after);
          }}
        >
          Emit one, and poll
        </StepButton>
      ) : null}
    </>
  );
};

export const CompareStep = ({ drill, isCurrent, onDrill }: StepProps): JSX.Element => {
  const session = useSession();
  return (
    <>
      <p>
        A key that the receiver has saved is discarded; any other is processed now, and saved. A
        delivery’s <code>events[].id</code> and the poll’s <code>idempotency_key</code> name the
        same event.
      </p>
      {drill.received === null ? null : <ComparedTable drill={drill} />}
      {isCurrent ? (
        <StepButton
          onPress={async () => {
            const after = await lookUpReceived(session, drill);
            onDrill(() => after);
          }}
        >
          Compare
        </StepButton>
      ) : null}
    </>
  );
};
