import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { HookWithFigures, LedgerEntry, Page, StoredIncident } from '../../../stand-in.js';
import { queryOf } from '../api/query.js';
import { describeNext, describeOutcome } from '../format/outcome.js';
import { countOf, formatShare } from '../format/numbers.js';
import { thresholdOf } from '../format/window.js';
import { Badge } from '../parts/badge.js';
import { ShareChart } from '../parts/chart.js';
import { Empty } from '../parts/empty.js';
import { ProblemNote } from '../parts/problem.js';
import { Time } from '../parts/time.js';
import { linkTo } from '../routes.js';
import { emptyLedger, entriesOf, readOn, sharesOf } from '../state/ledger.js';
import { useSession } from '../state/session.js';
import { useLoaded } from '../state/use-loaded.js';
import { formatLocal } from '../format/time.js';

const PAGE = 500;
const PAGES_AT_ONCE = 10;
const ROWS = 50;

const reasons = { rule: 'by the rule', request: 'by hand', account: 'with its account' } as const;

const describeIncident = (incident: StoredIncident): string => {
  switch (incident.kind) {
    case 'disabled':
      return `Disabled${incident.reason === null ? '' : ` ${reasons[incident.reason]}`}`;
    case 'enabled':
      return 'Enabled';
    case 'mail':
      return `E-mail to ${incident.to.join(' and ')}`;
    case 'missed':
      return `${countOf(incident.eventIds.length, 'event')} missed: it happened while the hook was disabled`;
    case 'dropped':
      return `${countOf(incident.eventIds.length, 'event')} dropped with the queued retries`;
  }
};

const What = ({ entry }: { readonly entry: LedgerEntry }): JSX.Element =>
  entry.kind === 'attempt' ? (
    <>
      <Badge tone={entry.failed ? 'bad' : 'good'}>{describeOutcome(entry.outcome)}</Badge>{' '}
      <span class="quiet">
        attempt {entry.attempt}
        {entry.resend ? ', resent by hand' : ''}
      </span>
    </>
  ) : (
    <strong>{describeIncident(entry)}</strong>
  );

const shareAfter = ({ windowFailed: failed, windowTotal: total }: LedgerEntry): string =>
  failed === null || total === null || total === 0
    ? ''
    : `${failed} of ${total}, ${formatShare(failed / total)}`;

const EventLinks = ({ ids }: { readonly ids: readonly string[] }): JSX.Element => {
  const [first] = ids;
  if (first === undefined) return <span class="quiet">–</span>;
  return (
    <>
      <a href={linkTo('events', first)} title={first}>
        <code>{first.slice(0, 11)}…</code>
      </a>
      {ids.length > 1 ? <span class="quiet"> and {ids.length - 1} more</span> : null}
    </>
  );
};

const Row = ({ entry }: { readonly entry: LedgerEntry }): JSX.Element => (
  <tr>
    <td data-name="When" class="number">
      <Time atMs={entry.kind === 'attempt' ? entry.endedMs : entry.atMs} />
    </td>
    <td data-name="What">
      <What entry={entry} />
    </td>
    <td data-name="Event">
      <EventLinks ids={entry.eventIds} />
    </td>
    <td data-name="Window after it" class="number">
      {shareAfter(entry)}
    </td>
    <td data-name="Next">
      {entry.kind === 'attempt'
        ? describeNext(
            entry.next,
            entry.retryAtMs === null ? '' : `at ${formatLocal(entry.retryAtMs)}`,
          )
        : ''}
    </td>
  </tr>
);

/** What happened to a hook: its share over time, and each attempt and incident, newest first. */
export const Ledger = ({ hook }: { readonly hook: HookWithFigures }): JSX.Element => {
  const { client, live, state } = useSession();
  const read = useRef(emptyLedger);
  const [rows, setRows] = useState(ROWS);
  const { value, problem, reload } = useLoaded(
    live,
    hook.id,
    ['attempts', 'hooks', 'mails'],
    async (signal) => {
      read.current = await readOn(read.current, PAGES_AT_ONCE, (startKey) =>
        client.ask<Page<LedgerEntry>>(
          'GET',
          `/ledger${queryOf({ hook: hook.id, limit: PAGE, startKey })}`,
          undefined,
          signal,
        ),
      );
      return read.current;
    },
  );
  if (value === undefined) return <ProblemNote problem={problem} />;
  const entries = entriesOf(value);
  const newest = entries.toReversed().slice(0, rows);
  const { seconds, shares } = sharesOf(entries);
  const line = thresholdOf(state.policy) * 100;
  if (entries.length === 0) {
    return (
      <Empty title="Nothing happened yet.">
        <p>
          <a href={linkTo('emit')}>Emit an event</a>, and its attempts are listed here.
        </p>
      </Empty>
    );
  }
  return (
    <>
      {seconds.length > 0 ? (
        <ShareChart
          seconds={seconds}
          shares={shares}
          line={line}
          windowMs={state.policy.windowMs}
          caption={`Share of failures in the window after each of ${countOf(seconds.length, 'counted attempt')}; now ${formatShare(hook.window.share)}. Above the dashed line at ${line}% the hook is disabled.`}
        />
      ) : null}
      <table class="stacks">
        <caption class="unseen">What happened to this hook, newest first</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Event</th>
            <th scope="col">Window after it</th>
            <th scope="col">Next</th>
          </tr>
        </thead>
        <tbody>
          {newest.map((entry) => (
            <Row key={entry.sequence} entry={entry} />
          ))}
        </tbody>
      </table>
      <div class="buttons">
        {entries.length > rows ? (
          <button type="button" onClick={() => setRows(rows + ROWS * 4)}>
            Show more of {countOf(entries.length, 'entry', 'entries')}
          </button>
        ) : null}
        {value.more ? (
          <button type="button" onClick={reload}>
            Read on: newer entries are not read yet
          </button>
        ) : null}
      </div>
    </>
  );
};
