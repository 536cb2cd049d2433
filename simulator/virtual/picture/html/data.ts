/** What the page's script draws from, as compact as a page of thousands of rows needs it. */
import type { LedgerAttempt, LedgerIncident, LedgerRow } from '../../ledger.js';
import type { SimulationResult } from '../../result.js';
import { formatTime } from '../../units.js';
import { visible } from '../escape.js';
import type { HookTimeline, Timeline } from '../model.js';
import { countOf, groupsOf } from '../palette.js';
import { type Piece, piecesOf } from '../series.js';
import { pastEndMs, widthsMs } from '../widths.js';
import { later, say, translate } from '../../../../language/say.js';
import { describeSpan, hookTitle, percent, shadeOf, thresholdOf } from '../words.js';

/** Corners of a step line in percent; null where the line is broken or of the other kind. */
interface Line {
  readonly atMs: readonly number[];
  readonly judged: readonly (number | null)[];
  readonly early: readonly (number | null)[];
}

const lineOf = (pieces: readonly Piece[]): Line => {
  const atMs: number[] = [];
  const judged: (number | null)[] = [];
  const early: (number | null)[] = [];
  const put = (ms: number, share: number | null, isJudged: boolean): void => {
    const y = share === null ? null : Math.round(share * 1_000_000) / 10_000;
    atMs.push(ms);
    judged.push(isJudged ? y : null);
    early.push(isJudged ? null : y);
  };
  for (const piece of pieces) {
    for (const point of piece.points) put(point.atMs, point.share, piece.judged);
    put(piece.points.at(-1)?.atMs ?? 0, null, piece.judged);
  }
  return { atMs, judged, early };
};

const NEXT = {
  delivered: later('delivered'),
  exhausted: later('given up'),
  dropped: later('dropped'),
} as const;

const nextOf = ({ next, retryAtMs }: LedgerAttempt): string =>
  next === 'retry' ? say`retry at ${formatTime(retryAtMs ?? 0)}` : translate(NEXT[next]);

const sentenceOf = (row: LedgerIncident): string => {
  switch (row.kind) {
    case 'disabled': {
      const { windowFailed: failed, windowTotal: total } = row;
      return say`disabled ${describeSpan({ ...row, failed, total })}`;
    }
    case 'enabled':
      return say`enabled again`;
    case 'mail':
      return say`e-mail to ${row.to.join(say` and `)}`;
    case 'missed':
      return say`event ${row.event}, ${row.name}, missed`;
    case 'dropped':
      return say`event ${row.event}, ${row.name}, dropped`;
    case 'polled':
      return say`${row.receiver} asked GET /events: ${row.recovered} recovered, ${row.duplicates} it had`;
  }
};

/** An attempt as its cells, anything else as what it is and a sentence. */
const cellsOf = (row: LedgerRow): readonly (string | number)[] =>
  row.kind === 'attempt'
    ? [
        row.atMs,
        `${row.event} ${row.name}${row.resend ? say`, resent` : ''}`,
        row.attempt,
        row.failed ? `${row.answer}${say` (failed)`}` : row.answer,
        row.windowFailed,
        row.windowTotal,
        row.headroom ?? say`none can`,
        nextOf(row),
      ]
    : [row.atMs, row.kind, visible(sentenceOf(row))];

const hookData = (hook: HookTimeline, timeline: Timeline, result: SimulationResult): object => {
  const groups = groupsOf(hook);
  const { untilMs } = timeline;
  return {
    name: visible(hookTitle(hook, result)),
    groups: groups.map(({ label, color, failed }) => ({ label: visible(label), color, failed })),
    buckets: hook.buckets.map((bucket) => [
      bucket.fromMs,
      bucket.missed,
      ...groups.map((group) => countOf(bucket, group)),
    ]),
    line: lineOf(piecesOf(hook, result.policy, untilMs)),
    spans: hook.spans.map((span) => [
      span.fromMs,
      span.untilMs ?? untilMs,
      span.untilMs !== null,
      shadeOf(span, untilMs),
    ]),
    polls: hook.polls.map(({ atMs }) => atMs),
    rows: hook.rows.map(cellsOf),
    rowsLeftOut: hook.rowsLeftOut,
  };
};

/** JSON that can stand in a script element. */
export const pageData = (timeline: Timeline, result: SimulationResult): string =>
  JSON.stringify({
    fromMs: timeline.fromMs,
    untilMs: pastEndMs(timeline),
    lastMs: timeline.untilMs,
    bucketMs: timeline.bucketMs,
    widthsMs,
    threshold: 100 * thresholdOf(result.policy),
    limit: percent(thresholdOf(result.policy)),
    attemptsMax: result.policy.attemptsMax,
    attemptsMin: result.policy.attemptsMin,
    counted: result.policy.counted,
    hooks: timeline.hooks.map((hook) => hookData(hook, timeline, result)),
  }).replaceAll('<', String.raw`\u003c`);
