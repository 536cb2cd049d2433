/**
 * Figures with the confidence that they deserve.
 *
 * Intervals hold the true value with a probability of at least 95 % (order statistics) or about
 * that (Wilson), each by itself: of twenty figures one may lie outside.
 */
export const CONFIDENCE = 0.95;

/** z of the 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/** One that follows from the rules; null where there is none: it never happens. */
export interface ExactFigure {
  readonly method: 'exact';
  readonly value: number | null;
}

/**
 * One that was estimated from replications. `high` null: the runs do not bound it; `value` null: it
 * lies beyond what was looked at. A `low` of 0 is either the bound or what holds anyway.
 */
export interface SimulatedFigure {
  readonly method: 'simulated';
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly confidence: number;
  readonly interval: 'wilson' | 'order-statistics';
  readonly runs: number;
}

/** A figure that was worked out exactly, or simulated, with its interval. */
export type Figure = ExactFigure | SimulatedFigure;

export const exactly = (value: number | null): ExactFigure => ({ method: 'exact', value });

/** The probability of what happened `times` in so many runs, with Wilson's score interval. */
export const probabilityOf = (times: number, runs: number): SimulatedFigure => {
  const share = times / runs;
  const scale = 1 + (Z * Z) / runs;
  const centre = (share + (Z * Z) / (2 * runs)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / runs + (Z * Z) / (4 * runs * runs));
  return {
    method: 'simulated',
    value: share,
    // Rounding must not push a bound past what was seen.
    low: times === 0 ? 0 : Math.max(0, centre - half),
    high: times === runs ? 1 : Math.min(1, centre + half),
    confidence: CONFIDENCE,
    interval: 'wilson',
    runs,
  };
};

/** P(B ≤ k) of a binomial B for k = 0 … runs, summed in logarithms: it must not underflow. */
const binomialBelow = (runs: number, share: number): Float64Array => {
  const sums = new Float64Array(runs + 1);
  let log = runs * Math.log1p(-share);
  let sum = Math.exp(log);
  sums[0] = sum;
  for (let k = 1; k <= runs; k++) {
    log += Math.log((runs - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(log);
    sums[k] = sum;
  }
  return sums;
};

/**
 * Which of so many sorted runs bound a quantile, from 1: the lowest is 0 and the highest `runs + 1`
 * where no run does. Exact, whatever is distributed: how many runs lie below it is binomial.
 */
export const boundsOf = (
  runs: number,
  share: number,
): { readonly low: number; readonly high: number } => {
  const below = binomialBelow(runs, share);
  const tail = (1 - CONFIDENCE) / 2;
  let low = 0;
  while (low < runs && (below[low] ?? 1) <= tail) low += 1;
  let high = low;
  while (high <= runs && (below[high - 1] ?? 0) < 1 - tail) high += 1;
  return { low, high };
};
