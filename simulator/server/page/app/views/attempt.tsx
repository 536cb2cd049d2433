import type { JSX } from 'preact';
import type { ReadAttempt } from '../api/answers.js';
import { formatDuration } from '../format/duration.js';
import { formatBytes, formatShare } from '../format/numbers.js';
import { describeNext } from '../format/outcome.js';
import { formatLocal } from '../format/time.js';
import { Block, Headers, Json } from '../parts/json.js';
import { AttemptOutcome } from '../parts/statuses.js';
import { Time } from '../parts/time.js';

const windowAfter = ({ windowFailed, windowTotal, counted }: ReadAttempt): string => {
  if (!counted) return 'not counted';
  const share = windowTotal === 0 ? 0 : windowFailed / windowTotal;
  return `window ${windowFailed} of ${windowTotal}, ${formatShare(share)}`;
};

const nextOf = ({ next, retryAtMs, endedMs }: ReadAttempt): string =>
  describeNext(
    next,
    retryAtMs === null
      ? ''
      : `after ${formatDuration(retryAtMs - endedMs)}, at ${formatLocal(retryAtMs)}`,
  );

const Sent = ({ attempt }: { readonly attempt: ReadAttempt }): JSX.Element => (
  <div>
    <h4>Sent</h4>
    <p>
      <code>POST {attempt.request.url}</code>{' '}
      <span class="quiet">{formatBytes(attempt.request.bytes)}</span>
    </p>
    <Headers label="Request headers" headers={attempt.request.headers} />
    <h4>Token header</h4>
    <Json label="Token header" value={attempt.request.tokenHeader} />
    <h4>Token payload</h4>
    <Json label="Token payload" value={attempt.payload} />
  </div>
);

const CameBack = ({ attempt }: { readonly attempt: ReadAttempt }): JSX.Element => (
  <div>
    <h4>Came back</h4>
    <p>
      <AttemptOutcome attempt={attempt} />{' '}
      {attempt.outcome.kind === 'failure' ? (
        <span class="quiet">{attempt.outcome.detail}</span>
      ) : null}
    </p>
    {attempt.response === null ? (
      <p class="quiet">Nothing came back.</p>
    ) : (
      <>
        <Headers label="Response headers" headers={attempt.response.headers} />
        {attempt.response.body === '' ? (
          <p class="quiet">The body is empty.</p>
        ) : (
          <Block label="Response body" text={attempt.response.body} />
        )}
      </>
    )}
    <h4>Times</h4>
    <p>
      Started <Time atMs={attempt.startedMs} />, took {formatDuration(attempt.latencyMs)}.
    </p>
    <p>{nextOf(attempt)}.</p>
  </div>
);

/** One attempt: in a line what came of it, and all of it when it is opened. */
export const AttemptDetails = ({ attempt }: { readonly attempt: ReadAttempt }): JSX.Element => (
  <details>
    <summary>
      <span class="number quiet">{attempt.attempt}</span>
      <AttemptOutcome attempt={attempt} />
      <span class="number">{formatDuration(attempt.latencyMs)}</span>
      <span class="number quiet">
        <Time atMs={attempt.endedMs} />
      </span>
      <span class="number quiet">{windowAfter(attempt)}</span>
      <span>{nextOf(attempt)}</span>
    </summary>
    <div class="exchange">
      <Sent attempt={attempt} />
      <CameBack attempt={attempt} />
    </div>
  </details>
);
