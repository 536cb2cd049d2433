import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { HookWithFigures, LedgerEntry, Page, StoredIncident } from '../../../stand-in.js';
import { queryOf } from '../api/query.js';
import { describeNext, describeOutcome } from '../format/outcome.js';
import { countOf, formatShare } from '../format/numbers.js';
import { thresholdOf } from '../format/window.js';
import { Badge } from '../parts/badge.js';
import { ShareChart } from '../parts/chart.js';
import { Empty } from '../parts/empty.js';
import { Pager } from '../parts/pager.js';
import { ProblemNote } from '../parts/problem.js';
import { Time } from '../parts/time.js';
import { linkTo } from '../routes.js';
import { sharesOf } from '../state/ledger.js';
import { firstPage, startKeyOf } from '../state/pages.js';
import { useSession } from '../state/session.js';
import { useLoaded } from '../state/use-loaded.js';
import { formatLocal } from '../format/time.js';

const LIMIT = 200;

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
  const [pages, setPages] = useState(firstPage);
  const path = `/ledger${queryOf({ hook: hook.id, order: 'newest', limit: LIMIT, startKey: startKeyOf(pages) })}`;
  const { value, problem } = useLoaded(live, path, ['attempts', 'hooks', 'mails'], (signal) =>
    client.ask<Page<LedgerEntry>>('GET', path, undefined, signal),
  );
  if (value === undefined) return <ProblemNote problem={problem} />;
  if (value.rows.length === 0) {
    return (
      <Empty title="Nothing happened yet.">
        <p>
          <a href={linkTo('emit')}>Emit an event</a>, and its attempts are listed here.
        </p>
      </Empty>
    );
  }
  const { seconds, shares } = sharesOf(value.rows);
  const line = thresholdOf(state.policy) * 100;
  const last = (shares.at(-1) ?? 0) / 100;
  return (
    <>
      {seconds.length > 0 ? (
        <ShareChart
          seconds={seconds}
          shares={shares}
          line={line}
          windowMs={state.policy.windowMs}
          caption={`Share of failures in the window after each of the ${countOf(seconds.length, 'counted attempt')} below; ${formatShare(last)} after the last. Above the dashed line at ${line}% the hook is disabled.`}
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
          {value.rows.map((entry) => (
            <Row key={entry.sequence} entry={entry} />
          ))}
        </tbody>
      </table>
      <Pager pages={pages} next={value.next} onPages={setPages} />
      <ProblemNote problem={problem} />
    </>
  );
};
