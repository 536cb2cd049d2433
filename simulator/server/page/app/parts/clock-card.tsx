import type { JSX } from 'preact';
import { linkTo } from '../routes.js';
import { useSession } from '../state/session.js';
import { AdvanceButton } from './advance-button.js';
import { Time, Until } from './time.js';

/** The stand-in's clock at a glance, and what it waits for. */
export const ClockCard = (): JSX.Element => {
  const { state, nowMs } = useSession();
  const { kind, nextDueMs } = state.clock;
  return (
    <section class="clock-card" aria-label="Clock">
      <p>
        <a href={linkTo('clock')}>{kind === 'test' ? 'Test clock' : 'Real clock'}</a>
      </p>
      <p class="strong number">
        <Time atMs={nowMs} />
      </p>
      <p class="quiet">
        {nextDueMs === null ? (
          'Nothing is due'
        ) : (
          <>
            Next due <Until atMs={nextDueMs} />
          </>
        )}
      </p>
      {kind === 'test' ? (
        <AdvanceButton order={{ to: 'next' }} disabled={nextDueMs === null} small>
          To next retry
        </AdvanceButton>
      ) : null}
    </section>
  );
};
