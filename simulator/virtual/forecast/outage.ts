/** How long the receiver may be down. */
import { type Distribution, sampled, spreadEvenly } from './distribution.js';
import type { Figure } from './figure.js';
import { type ReplicateOptions, type Replications, replicate } from './replicate.js';
import type { Setting } from './setting.js';
import { chanceBegin, evenBegins, latestEnd } from './tolerance.js';

/** The probability that an outage of such a length disables the hook. */
export interface OutageRisk {
  readonly outageMs: number;
  readonly disables: Figure;
}

/**
 * The tolerated outage: the longest in which every attempt fails, between spans of health, that
 * does not disable the hook, during it or after it.
 *
 * An outage holds the instant at which it begins, and not the one at which it ends. Even traffic
 * leaves only its begin to chance: the worst is right at an event, and the best right after one,
 * which is the time between two events more. Poisson traffic has no worst outage, only rarer ones.
 */
export interface OutageAnswer {
  /**
   * In milliseconds, by the share of outages that tolerate less; null where the horizon is not
   * enough to be disabled. Share 0, the worst, is told of even traffic only.
   */
  readonly tolerated: readonly { readonly share: number; readonly ms: Figure }[];
  /** Of the outage that was asked for. */
  readonly asked: OutageRisk | null;
  /** Over lengths from where hardly any does to where nearly all do. */
  readonly curve: readonly OutageRisk[];
}

const SHARES = [0.01, 0.1, 0.5] as const;
const POINTS = 40;

/** The latest ends of even traffic, one for each place where it may begin. */
export const playEven = async (
  setting: Setting,
  between: ReplicateOptions['between'],
): Promise<Replications<number | null> & { readonly begins: readonly number[] }> => {
  const even: Setting = { ...setting, arrivals: 'constant' };
  const begins = evenBegins(setting);
  const runs = begins.length;
  const played = await replicate({ runs, effort: Infinity, between }, (number) =>
    latestEnd(even, { number, fromMs: begins[number] ?? 0, before: [], beginMs: 0 }),
  );
  return { ...played, begins };
};

/** The tolerated outages of Poisson traffic: one a replication, begun at an instant of no meaning. */
export const playPoisson = async (
  setting: Setting,
  between: ReplicateOptions['between'],
): Promise<Replications<number | null>> =>
  replicate({ ...setting, between }, (number) =>
    latestEnd(setting, { number, fromMs: chanceBegin(setting, number), before: [], beginMs: 0 }),
  );

/** Whole seconds, or parts of them where all takes place in a few. */
const roundTo = (ms: number, stepMs: number): number => Math.round(ms / stepMs) * stepMs;

const curveOf = (distribution: Distribution, { horizonMs }: Setting): readonly OutageRisk[] => {
  const lowMs = distribution.quantile(0.01).value;
  if (lowMs === null) return [];
  const middleMs = distribution.quantile(0.5).value ?? horizonMs;
  const highMs = distribution.quantile(0.99).value ?? Math.min(horizonMs, 3 * middleMs);
  const marginMs = Math.max((highMs - lowMs) / 8, lowMs / 20);
  const fromMs = Math.max(0, lowMs - marginMs);
  const stepMs = (highMs + marginMs - fromMs) / (POINTS - 1);
  return Array.from({ length: POINTS }, (_, point) => {
    const outageMs = roundTo(fromMs + point * stepMs, stepMs > 1000 ? 1000 : 1);
    return { outageMs, disables: distribution.below(outageMs) };
  });
};

/** Says of the latest ends that were found how long an outage may be; null if none was. */
export const answerOutage = (
  setting: Setting,
  { values }: Pick<Replications<number | null>, 'values'>,
  askedMs: number | undefined,
): OutageAnswer | null => {
  if (values.length === 0) return null;
  const isEven = setting.arrivals === 'constant';
  const distribution = isEven ? spreadEvenly(values, setting.everyMs) : sampled(values);
  return {
    tolerated: [...(isEven ? [0] : []), ...SHARES].map((share) => ({
      share,
      ms: distribution.quantile(share),
    })),
    asked:
      askedMs === undefined ? null : { outageMs: askedMs, disables: distribution.below(askedMs) },
    curve: curveOf(distribution, setting),
  };
};
