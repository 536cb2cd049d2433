/** What is gathered of one hook while a run is played. */
import type { AttemptRow, Incident, RowSink } from '../rows.js';
import type { RowNames } from '../simulate.js';
import type { Bucket } from './buckets.js';
import { type Cell, sampleInto } from './grid.js';
import { type Naming, createRowsKept } from './rows-kept.js';
import type { HookTimeline, Outcome, Poll } from './model.js';
import { createSpansKept } from './spans.js';

export interface HookRecord extends RowSink {
  readonly timeline: (
    bucketsOf: (outcomes: number) => readonly Bucket[],
    endMs: number,
  ) => HookTimeline;
}

interface HookRecordOptions {
  readonly hook: string;
  readonly names: RowNames;
  readonly bounds: { readonly rowsMax: number; readonly marksMax: number };
  readonly naming: Naming;
  /** The hook's cell at an instant. */
  readonly at: (atMs: number) => Cell;
}

interface Count {
  label: string;
  failed: boolean;
  times: number;
}

/** Those that did not fail first, the most frequent of each first. */
const inOrder = (one: Count, other: Count): number =>
  Number(one.failed) - Number(other.failed) || other.times - one.times;

/** Puts counts by answer in the order of the outcomes, answers with the same label together. */
const regroup = (
  buckets: readonly Bucket[],
  labels: readonly string[],
  outcomes: readonly Outcome[],
): readonly Bucket[] =>
  buckets.map((bucket) => ({
    ...bucket,
    attempts: outcomes.map(({ label }) =>
      bucket.attempts.reduce(
        (sum, times, answer) => (labels[answer] === label ? sum + times : sum),
        0,
      ),
    ),
  }));

export const createHookRecord = (options: HookRecordOptions): HookRecord => {
  const { hook, names, bounds, naming, at } = options;
  const kept = createRowsKept(bounds.rowsMax, naming);
  const counts: (Count | undefined)[] = [];
  const spans = createSpansKept(bounds.marksMax);
  const polls: Poll[] = [];
  let pollsLeftOut = 0;

  const attempt = (row: Readonly<AttemptRow>): void => {
    kept.attempt(row);
    const { answer, atMs, next, failed } = row;
    const cell = at(atMs);
    while (cell.attempts.length <= answer) cell.attempts.push(0);
    cell.attempts[answer] = (cell.attempts[answer] ?? 0) + 1;
    if (next !== 'retry') cell[next] += 1;
    sampleInto(cell, atMs, row.windowFailed, row.windowTotal, row.headroom);
    counts[answer] ??= { label: names.answers[answer] ?? '', failed, times: 0 };
    counts[answer].times += 1;
  };

  const incident = (one: Incident): void => {
    kept.incident(one);
    switch (one.kind) {
      case 'disabled': {
        const { atMs: fromMs, reason, failed, total } = one;
        spans.disabled({ fromMs, reason, failed, total });
        return;
      }
      case 'enabled':
        spans.enabled(one.atMs);
        return;
      case 'mail':
        spans.mailed(one.to);
        return;
      case 'missed':
      case 'dropped':
        at(one.atMs)[one.kind] += 1;
        return;
      case 'polled': {
        const { atMs, recovered, duplicates } = one;
        const receiver = names.receivers[one.receiver] ?? '';
        const { account } = names;
        if (polls.length >= bounds.marksMax) pollsLeftOut += 1;
        else polls.push({ atMs, account, receiver, recovered, duplicates });
      }
    }
  };

  return {
    attempt,
    incident,
    timeline: (bucketsOf, endMs) => {
      const byLabel = new Map<string, Count>();
      for (const count of counts) {
        if (count === undefined) continue;
        const times = (byLabel.get(count.label)?.times ?? 0) + count.times;
        byLabel.set(count.label, { ...count, times });
      }
      const outcomes = [...byLabel.values()]
        .toSorted(inOrder)
        .map(({ label, failed }) => ({ label, failed }));
      return {
        hook,
        account: names.account,
        outcomes,
        buckets: regroup(bucketsOf(names.answers.length), names.answers, outcomes),
        spans: spans.spans(endMs),
        polls,
        pollsLeftOut,
        ...rowsOf(kept.rows()),
      };
    },
  };
};

const rowsOf = ({
  rows,
  leftOut,
}: ReturnType<ReturnType<typeof createRowsKept>['rows']>): Pick<
  HookTimeline,
  'rows' | 'rowsLeftOut'
> => ({ rows, rowsLeftOut: leftOut });
