/** How long after a recovery the hook is still easier to disable than before. */
import { type ExactFigure, exactly } from './figure.js';
import type { ReplicateOptions } from './replicate.js';
import { lastWhere } from './search.js';
import type { Setting } from './setting.js';
import { attemptOffsets } from './share.js';
import { type Begin, latestEnd, playToRecovery } from './tolerance.js';

/** What a second outage may be that begins so long after the first was over. */
export interface SecondOutage {
  readonly afterMs: number;
  /** Null where the horizon is not enough to be disabled. */
  readonly toleratedMs: number | null;
}

/**
 * The danger after a recovery: an outage was just survived, the longest that is tolerated, and
 * another one begins. Of even traffic at the rate, whatever the arrivals are: exact, and each outage
 * begins at an event, its worst instant.
 */
export interface DangerAnswer {
  /** How long the first outage was. */
  readonly firstMs: number;
  readonly curve: readonly SecondOutage[];
  /** From when on a second outage may always be half as long as the first; null if not known. */
  readonly halfAfterMs: ExactFigure;
  /** From when on it may always be as long. */
  readonly fullAfterMs: ExactFigure;
}

const POINTS_MAX = 40;
const POINTS_MIN = 12;

/** When nothing is left of an outage: its last retries are done, and have left the window. */
const overAfterMs = ({ policy }: Setting, firstMs: number): number => {
  const offsets = attemptOffsets(policy);
  const gaps = offsets
    .slice(1)
    .map((offset, index) => ({ afterMs: offsets[index] ?? 0, ms: offset - (offsets[index] ?? 0) }))
    .filter(({ afterMs }) => afterMs < firstMs);
  return firstMs + Math.max(0, ...gaps.map(({ ms }) => ms)) + policy.windowMs;
};

/**
 * Plays second outages at up to 40 instants until nothing is left of the first one, at fewer where
 * that would exceed the effort, and looks event by event where the last that tolerates too little is
 * followed by one that tolerates enough. Null where it was stopped before.
 */
export const answerDanger = async (
  setting: Setting,
  fromMs: number,
  firstMs: number,
  between: ReplicateOptions['between'],
): Promise<DangerAnswer | null> => {
  const { everyMs, effort } = setting;
  const even: Setting = { ...setting, arrivals: 'constant' };
  const beginAt = (event: number): Begin => ({
    number: 0,
    fromMs,
    before: [{ fromMs: 0, untilMs: firstMs }],
    beginMs: Math.round(event * everyMs),
  });
  const first = Math.ceil(firstMs / everyMs);
  const last = Math.max(first + 1, Math.ceil(overAfterMs(setting, firstMs) / everyMs));
  const fitting = Math.floor(effort / latestEnd(even, beginAt(last)).attempts);
  const wanted = Math.min(POINTS_MAX, Math.max(POINTS_MIN, fitting));
  const count = Math.min(wanted, last - first + 1);
  const points: { readonly event: number; readonly toleratedMs: number }[] = [];
  for (let point = 0; point < count; point++) {
    const event = Math.round(first + (point * (last - first)) / (count - 1));
    const begin = beginAt(event);
    const endMs = latestEnd(even, begin).value ?? Number.POSITIVE_INFINITY;
    points.push({ event, toleratedMs: endMs - begin.beginMs });
    if (!(await between(points.length, count)) && points.length < count) return null;
  }
  const afterMs = (event: number): number => beginAt(event).beginMs - firstMs;
  const alwaysFrom = (enoughMs: number): ExactFigure => {
    const place = points.findLastIndex(({ toleratedMs }) => toleratedMs < enoughMs);
    if (place === -1) return exactly(0);
    const [low, high] = [points[place], points[place + 1]];
    if (low === undefined || high === undefined) return exactly(null);
    const isShort = (event: number): boolean => {
      const begin = beginAt(event);
      return playToRecovery(even, begin, begin.beginMs + enoughMs).disabledAtMs !== null;
    };
    const middle = Math.floor((low.event + high.event) / 2);
    return exactly(afterMs(lastWhere(isShort, low.event, high.event, middle) + 1));
  };
  return {
    firstMs,
    curve: points.map(({ event, toleratedMs }) => ({
      afterMs: afterMs(event),
      toleratedMs: Number.isFinite(toleratedMs) ? toleratedMs : null,
    })),
    halfAfterMs: alwaysFrom(firstMs / 2),
    fullAfterMs: alwaysFrom(firstMs),
  };
};
