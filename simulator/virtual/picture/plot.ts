/** The share in a hook's window as text, for a terminal. */
import type { SimulationResult } from '../result.js';
import { formatTime } from '../units.js';
import { drawLine } from './braille.js';
import { clip, visible } from './escape.js';
import { countOf, groupsOf } from './palette.js';
import type { HookTimeline, Span, Timeline } from './model.js';
import { piecesOf } from './series.js';
import { ticksOf } from './widths.js';
import {
  describeSpan,
  hookTitle,
  percent,
  shareTitle,
  thresholdOf,
  timesDisabled,
} from './words.js';
import { say } from '../../../language/say.js';

/** What a part of the plot is, for whoever colours it. */
export type PlotPart = 'title' | 'line' | 'threshold' | 'disabled' | 'failed' | 'good' | 'quiet';

/** How a plot is drawn in a terminal. */
export interface PlotOptions {
  /** Columns of the terminal; at least 40 are used. Default 80. */
  readonly columns?: number | undefined;
  /** Colours a part of a line; its text keeps its width. Without it the plot has no colour. */
  readonly paint?: ((part: PlotPart, text: string) => string) | undefined;
}

const ROWS = 11;
const COLUMNS_MIN = 40;
const PLOTS_MOST = 4;
const SPANS_MOST = 3;
const LEVELS = '▁▂▃▄▅▆▇█';

/** In capitals, as the tables have it: in the plural. */
const failedLabel = (): string => say`FAILED`.toLowerCase();
/** Columns to the left of the plot, its edge among them. */
const labelColumns = (): number => 1 + Math.max(6, failedLabel().length, say`well`.length);

type Paint = NonNullable<PlotOptions['paint']>;

/** What the columns of a plot stand for. */
interface Columns {
  readonly count: number;
  /** The column of an instant. */
  readonly of: (atMs: number) => number;
}

const columnsOf = ({ fromMs, untilMs }: Timeline, count: number): Columns => {
  const spanMs = Math.max(1, untilMs - fromMs);
  const of = (atMs: number): number =>
    Math.min(count - 1, Math.max(0, Math.floor(((atMs - fromMs) / spanMs) * count)));
  return { count, of };
};

/** Runs of characters of the same part, so that each is painted once. */
const painted = (cells: readonly (readonly [PlotPart, string])[], paint: Paint): string => {
  const runs: [PlotPart, string][] = [];
  for (const [part, text] of cells) {
    const last = runs.at(-1);
    if (last?.[0] === part) last[1] += text;
    else runs.push([part, text]);
  }
  return runs.map(([part, text]) => (text.trim() === '' ? text : paint(part, text))).join('');
};

const isDisabledIn = (spans: readonly Span[], columns: Columns, column: number): boolean =>
  spans.some(
    ({ fromMs, untilMs }) =>
      columns.of(fromMs) <= column && columns.of(untilMs ?? Number.POSITIVE_INFINITY) >= column,
  );

const area = (
  hook: HookTimeline,
  timeline: Timeline,
  { policy }: SimulationResult,
  columns: Columns,
  paint: Paint,
): readonly string[] => {
  const pieces = piecesOf(hook, policy, timeline.untilMs);
  const line = drawLine(pieces, timeline, { columns: columns.count, rows: ROWS });
  const limit = Math.round((1 - thresholdOf(policy)) * (ROWS - 1));
  const labels = new Map([
    [0, percent(1)],
    [Math.round((ROWS - 1) / 2), percent(0.5)],
    [ROWS - 1, percent(0)],
    [limit, percent(thresholdOf(policy))],
  ]);
  return line.map((cells, row) => {
    const label = (labels.get(row) ?? '').padStart(labelColumns() - 1);
    const plot = cells.map((cell, column): readonly [PlotPart, string] => {
      if (cell !== '') return ['line', cell];
      if (row === limit) return ['threshold', '╌'];
      return isDisabledIn(hook.spans, columns, column) ? ['disabled', '░'] : ['quiet', ' '];
    });
    return `${paint(row === limit ? 'threshold' : 'quiet', `${label}┤`)}${painted(plot, paint)}`;
  });
};

/** Attempts that failed and those that went well, by column, on one scale. */
const bars = (hook: HookTimeline, columns: Columns, paint: Paint): readonly string[] => {
  const groups = groupsOf(hook);
  const kinds = [true, false].filter((kind) => groups.some(({ failed }) => failed === kind));
  const counts = kinds.map((kind) => {
    const its = groups.filter(({ failed }) => failed === kind);
    const sums = Array.from({ length: columns.count }, () => 0);
    for (const bucket of hook.buckets) {
      const column = columns.of(bucket.fromMs);
      sums[column] = its.reduce((sum, group) => sum + countOf(bucket, group), sums[column] ?? 0);
    }
    return sums;
  });
  const most = Math.max(...counts.flat());
  return kinds.map((kind, index) => {
    const text = (counts[index] ?? [])
      .map((count) => (count === 0 ? ' ' : LEVELS[Math.ceil((count / most) * LEVELS.length) - 1]))
      .join('')
      .trimEnd();
    const label = (kind ? failedLabel() : say`well`).padStart(labelColumns() - 1);
    return `${paint('quiet', `${label}│`)}${text === '' ? '' : paint(kind ? 'failed' : 'good', text)}`;
  });
};

/** Texts at columns, those left out that would touch the one before. */
const placed = (texts: readonly (readonly [number, string])[], count: number): string => {
  let line = '';
  for (const [column, text] of texts) {
    const start = Math.max(0, Math.min(count - text.length, column - Math.floor(text.length / 2)));
    if (line !== '' && start <= line.length) continue;
    line = line.padEnd(start) + text;
  }
  return line;
};

const marks = ({ spans, polls }: HookTimeline, columns: Columns): string => {
  const cells = Array.from({ length: columns.count }, () => ' ');
  for (const { atMs } of polls) cells[columns.of(atMs)] = '◆';
  for (const { untilMs } of spans) if (untilMs !== null) cells[columns.of(untilMs)] = '△';
  for (const { fromMs } of spans) cells[columns.of(fromMs)] = '▼';
  return cells.join('').trimEnd();
};

const legend = ({ spans, polls }: HookTimeline): readonly string[] => {
  const lines = spans.slice(0, SPANS_MOST).flatMap((span) => {
    const mail = span.mailed.length > 0 ? say`, e-mail sent` : '';
    const end = span.untilMs === null ? [] : [say`△ enabled ${formatTime(span.untilMs)}`];
    return [say`▼ disabled ${formatTime(span.fromMs)} ${describeSpan(span)}${mail}`, ...end];
  });
  const more = timesDisabled({ spans }) - Math.min(spans.length, SPANS_MOST);
  return [
    ...lines,
    ...(more > 0 ? [say`▼ and disabled ${more} more times`] : []),
    ...(polls.length > 0 ? [say`◆ GET /events asked, ${polls.length} in all`] : []),
  ];
};

const plotHook = (
  hook: HookTimeline,
  timeline: Timeline,
  result: SimulationResult,
  { columns: width, paint }: Required<{ columns: number; paint: Paint }>,
): readonly string[] => {
  const columns = columnsOf(timeline, width - labelColumns());
  const title = `${visible(hookTitle(hook, result))}: ${shareTitle(result.policy)}`;
  const ticks = ticksOf(timeline.fromMs, timeline.untilMs, Math.floor(columns.count / 9));
  const indent = ' '.repeat(labelColumns());
  const above = marks(hook, columns);
  const times = ticks.map((atMs) => [columns.of(atMs), formatTime(atMs)] as const);
  const axis = Array.from({ length: columns.count }, () => '─');
  for (const [column] of times) axis[column] = '┴';
  return [
    paint('title', clip(title, width)),
    ...(above === '' ? [] : [`${indent}${paint('disabled', above)}`]),
    ...area(hook, timeline, result, columns, paint).map((line) => line.trimEnd()),
    ...bars(hook, columns, paint),
    paint('quiet', `${' '.repeat(labelColumns() - 1)}└${axis.join('')}`),
    `${indent}${paint('quiet', placed(times, columns.count))}`,
    ...legend(hook).map((line) => `${indent}${paint('quiet', clip(line, columns.count))}`),
  ];
};

/**
 * The share of failures in the window of each hook, of the first four, as lines of text that fit the
 * columns: a line of braille dots against the threshold, sparse while the window held too little to
 * be judged; disabled spans shaded; below it the attempts that failed and those that went well.
 *
 * A pure function that colours nothing by itself.
 *
 * ```ts
 * process.stdout.write(renderPlot(timeline.timeline(result), result, { columns, paint }));
 * ```
 */
export const renderPlot = (
  timeline: Timeline,
  result: SimulationResult,
  options: PlotOptions = {},
): string => {
  const columns = Math.max(COLUMNS_MIN, options.columns ?? 80);
  const paint = options.paint ?? ((_, text) => text);
  const shown = timeline.hooks.slice(0, PLOTS_MOST);
  const more = timeline.hooks.length - shown.length + timeline.hooksLeftOut;
  const plots = shown.map((hook) =>
    plotHook(hook, timeline, result, { columns, paint }).join('\n'),
  );
  const note = more > 0 ? say`${more} of ${result.hooks.length} hooks are not shown.\n` : '';
  return plots.length === 0 ? note : `${plots.join('\n\n')}\n${note}`;
};
