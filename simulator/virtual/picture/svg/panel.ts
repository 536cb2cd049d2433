/** One hook: the share in its window, and below it its attempts. */
import type { DeliveryPolicy } from '../../../core/policy.js';
import { formatTime } from '../../units.js';
import { type Bucket, coarsened } from '../buckets.js';
import { type Group, countOf, groupsOf } from '../palette.js';
import { type Piece, piecesOf } from '../series.js';
import type { HookTimeline, Timeline } from '../model.js';
import { widthFor, ticksOf } from '../widths.js';
import { percent, shareTitle, thresholdOf } from '../words.js';
import { say } from '../../../../language/say.js';
import { lane, shades } from './marks.js';
import { type ScaleX, layout, round, scaleX } from './scale.js';

const LINE_POINTS = 360;
const BARS = 120;
const TICKS = 9;

export const panelHeight =
  layout.titleHeight +
  layout.laneHeight +
  layout.shareHeight +
  layout.gap +
  layout.barsHeight +
  layout.axisHeight;

const pathOf = ({ points, judged }: Piece, x: ScaleX, y: (share: number) => number): string => {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const start = `M${x(first.atMs)} ${y(first.share)}`;
  // A stretch of no length still shows, as a dot, by its round cap.
  const steps =
    rest.length === 0 ? 'h0' : rest.map((one) => `H${x(one.atMs)}V${y(one.share)}`).join('');
  return `<path class="share${judged ? '' : ' early'}" d="${start}${steps}"/>`;
};

const shareOfHook = (
  hook: HookTimeline,
  policy: DeliveryPolicy,
  x: ScaleX,
  untilMs: number,
  top: number,
): string => {
  const { left, right, shareHeight: height } = layout;
  const y = (share: number): number => round(top + (1 - share) * height);
  const threshold = thresholdOf(policy);
  const grid = [0, 0.5, 1].map(
    (share) =>
      `<line class="grid" x1="${left}" y1="${y(share)}" x2="${right}" y2="${y(share)}"/><text class="quiet" x="${left - 8}" y="${y(share) + 4}" text-anchor="end">${percent(share)}</text>`,
  );
  return [
    ...grid,
    ...piecesOf(hook, policy, untilMs).map((piece) => pathOf(piece, x, y)),
    `<line class="threshold" x1="${left}" y1="${y(threshold)}" x2="${right}" y2="${y(threshold)}"/>`,
    `<text class="limit" x="${right + 6}" y="${y(threshold) + 4}">${percent(threshold)}</text>`,
  ].join('');
};

/** A round number that is not below, for the top of an axis. */
const roundUp = (number: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, number)));
  return [1, 2, 5, 10].map((one) => one * power).find((one) => one >= number) ?? number;
};

const barsOf = (
  buckets: readonly Bucket[],
  groups: readonly Group[],
  widthMs: number,
  x: ScaleX,
  top: number,
): string => {
  const { left, right, barsHeight } = layout;
  const bottom = top + barsHeight;
  const sums = buckets.map(
    (bucket) => bucket.missed + groups.reduce((sum, group) => sum + countOf(bucket, group), 0),
  );
  const most = roundUp(Math.max(1, ...sums));
  const bars = buckets.flatMap((bucket) => {
    const from = Math.max(left, x(bucket.fromMs));
    const until = Math.min(right, x(bucket.fromMs + widthMs));
    const width = round(Math.max(1, until - from - 0.6));
    let above = bottom;
    const bar = (kind: string, count: number): string => {
      if (count === 0) return '';
      const height = round((count / most) * barsHeight);
      above = round(above - height);
      return `<rect class="${kind}" x="${from}" y="${above}" width="${width}" height="${height}"/>`;
    };
    return [
      ...groups.map((group) => bar(group.color, countOf(bucket, group))),
      bar('missed', bucket.missed),
    ];
  });
  return [
    `<line class="grid" x1="${left}" y1="${top}" x2="${right}" y2="${top}"/>`,
    `<text class="quiet" x="${left - 8}" y="${top + 4}" text-anchor="end">${most < 10_000 ? most : `${most / 1000}k`}</text>`,
    ...bars,
    `<line class="axis" x1="${left}" y1="${bottom}" x2="${right}" y2="${bottom}"/>`,
  ].join('');
};

const timeAxis = (timeline: Timeline, x: ScaleX, top: number, bottom: number): string =>
  ticksOf(timeline.fromMs, timeline.untilMs, TICKS)
    .map((atMs) => {
      const at = x(atMs);
      return `<line class="grid" x1="${at}" y1="${top}" x2="${at}" y2="${bottom + 4}"/><text class="quiet" x="${at}" y="${bottom + 17}" text-anchor="middle">${atMs === 0 ? '0' : formatTime(atMs)}</text>`;
    })
    .join('');

/** A hook's picture, from `top` on. */
export const panel = (
  hook: HookTimeline,
  timeline: Timeline,
  policy: DeliveryPolicy,
  top: number,
): string => {
  const { fromMs, untilMs, bucketMs } = timeline;
  const { left, titleHeight, laneHeight, shareHeight, gap, barsHeight } = layout;
  const spanMs = untilMs - fromMs;
  const x = scaleX(fromMs, untilMs);
  const width = (most: number): number => Math.max(bucketMs, widthFor(spanMs, most));
  const line = { ...hook, buckets: coarsened(hook.buckets, width(LINE_POINTS)) };
  const barMs = width(BARS);
  const shareTop = top + titleHeight + laneHeight;
  const barsTop = shareTop + shareHeight + gap;
  const bottom = barsTop + barsHeight;
  const hasMissed = hook.buckets.some(({ missed }) => missed > 0);
  return [
    timeAxis(timeline, x, shareTop, bottom),
    shades(hook, x, untilMs, shareTop, shareHeight),
    shareOfHook(line, policy, x, untilMs, shareTop),
    barsOf(coarsened(hook.buckets, barMs), groupsOf(hook), barMs, x, barsTop),
    `<text class="quiet halo" x="${left}" y="${shareTop + shareHeight + 18}">${hasMissed ? say`attempts and missed events per ${formatTime(barMs)}` : say`attempts per ${formatTime(barMs)}`}</text>`,
    `<text class="quiet" x="${left}" y="${top + 6}">${shareTitle(policy)}</text>`,
    lane(hook, x, top + titleHeight, shareHeight),
  ].join('\n');
};
