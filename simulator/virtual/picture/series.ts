/** The share of failures in a hook's window over time, as lines that can be drawn. */
import type { DeliveryPolicy } from '../../core/policy.js';
import { type Sample, shareOf } from './buckets.js';
import type { HookTimeline } from './model.js';

/** A corner of a step line; the share is from 0 to 1. */
export interface Point {
  readonly atMs: number;
  readonly share: number;
}

/** A stretch of the line: from each point it goes flat to the next one's instant, then to its share. */
export interface Piece {
  /** Whether the window held enough for the rule to judge it. */
  readonly judged: boolean;
  readonly points: readonly Point[];
}

const samplesOf = ({ buckets }: HookTimeline): readonly Sample[] =>
  buckets.flatMap(({ low, high, last }) => {
    const found = new Set([low, high, last].filter((sample) => sample !== null));
    return [...found].toSorted((one, other) => one.atMs - other.atMs);
  });

/**
 * Where the line breaks. What is done by hand comes before the attempts of its instant: half a
 * millisecond tells the two apart, as instants are whole.
 */
const breaksOf = ({ spans }: HookTimeline): readonly number[] =>
  spans
    .flatMap(({ fromMs, untilMs }) => (untilMs === null ? [fromMs] : [fromMs, untilMs - 0.5]))
    .toSorted((one, other) => one - other);

/**
 * The stretches of the line. It is known where attempts ended. It breaks where the hook is disabled
 * or enabled, which may clear the window, and where all attempts have left the window.
 */
export const piecesOf = (
  hook: HookTimeline,
  { attemptsMin, windowMs }: Pick<DeliveryPolicy, 'attemptsMin' | 'windowMs'>,
  untilMs: number,
): readonly Piece[] => {
  const samples = samplesOf(hook);
  const breaks = breaksOf(hook);
  const pieces: Piece[] = [];
  let points: Point[] = [];
  let nextBreak = 0;
  for (const [index, sample] of samples.entries()) {
    const { atMs, total } = sample;
    const share = shareOf(sample);
    const judged = total >= attemptsMin;
    const next = samples[index + 1];
    points.push({ atMs, share });
    while ((breaks[nextBreak] ?? Infinity) < atMs) nextBreak += 1;
    const breakMs = breaks[nextBreak] ?? Infinity;
    const flatMs = Math.min(Math.ceil(breakMs), atMs + windowMs, next?.atMs ?? untilMs);
    const goesOn = flatMs === next?.atMs && breakMs >= flatMs;
    const isSameKind = goesOn && next.total >= attemptsMin === judged;
    if (isSameKind) continue;
    if (flatMs > atMs || goesOn) {
      points.push({ atMs: flatMs, share: goesOn ? shareOf(next) : share });
    }
    pieces.push({ judged, points });
    points = [];
  }
  return pieces;
};
