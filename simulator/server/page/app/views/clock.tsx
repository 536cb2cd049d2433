import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { durationText, formatDuration } from '../format/duration.js';
import { formatUtc } from '../format/time.js';
import { AdvanceButton } from '../parts/advance-button.js';
import { TextField } from '../parts/field.js';
import { PageTitle } from '../parts/page-title.js';
import { ProblemNote } from '../parts/problem.js';
import { Time, Until } from '../parts/time.js';
import { advance } from '../state/advance.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';

const AnyDuration = (): JSX.Element => {
  const session = useSession();
  const { problem, run } = useAction();
  const [by, setBy] = useState('2h');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(async () => {
          await advance(session, { by: by.trim() });
        });
      }}
    >
      <div class="row">
        <TextField label="Any duration" size={10} required value={by} onValue={setBy} />
        <div class="buttons">
          <button type="submit">Advance</button>
        </div>
      </div>
      <p class="hint">Like 90s, 10m, 2h, 1d or 1h30m.</p>
      <ProblemNote problem={problem} />
    </form>
  );
};

const Test = ({ nextDueMs }: { readonly nextDueMs: number | null }): JSX.Element => {
  const { policy } = useSession().state;
  return (
    <section class="card" aria-labelledby="advance">
      <h2 id="advance">Let time pass</h2>
      <p class="quiet">
        All that falls due happens, in order; the clock stands still again when it has. The steps
        are the delays of the retries.
      </p>
      <div class="buttons">
        {[...new Set(policy.delaysMs)].map((delayMs) => (
          <AdvanceButton key={delayMs} order={{ by: durationText(delayMs) }}>
            +{delayMs % 60_000 === 0 ? `${delayMs / 60_000} min` : formatDuration(delayMs)}
          </AdvanceButton>
        ))}
        <AdvanceButton order={{ to: 'next' }} disabled={nextDueMs === null}>
          To the next retry
        </AdvanceButton>
      </div>
      <AnyDuration />
    </section>
  );
};

/** The stand-in's clock: one of a test is moved from here. */
export const ClockView = (): JSX.Element => {
  const { state, nowMs } = useSession();
  const { kind, nextDueMs } = state.clock;
  return (
    <>
      <PageTitle>Clock</PageTitle>
      <section class="card" aria-labelledby="now">
        <h2 id="now">{kind === 'test' ? 'Test clock' : 'Real clock'}</h2>
        <p class="big number">
          <Time atMs={nowMs} />
        </p>
        <p class="quiet number">{formatUtc(nowMs)}</p>
        <p>
          {nextDueMs === null ? (
            'Nothing is due: no delivery waits, and no event is to come.'
          ) : (
            <>
              The next attempt or event is due <Until atMs={nextDueMs} />, at{' '}
              <Time atMs={nextDueMs} />.
            </>
          )}
        </p>
        {kind === 'real' ? (
          <p class="note">
            This clock runs by itself and cannot be moved. Start with <code>--clock test</code> to
            advance it from here.
          </p>
        ) : null}
      </section>
      {kind === 'test' ? <Test nextDueMs={nextDueMs} /> : null}
    </>
  );
};
