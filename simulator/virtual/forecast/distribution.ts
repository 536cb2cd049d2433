/** Two ways to know how a value is distributed: by replications, or by its formula. */
import { CONFIDENCE, type Figure, boundsOf, exactly, probabilityOf } from './figure.js';

/** How a value that is never below 0 is distributed. A value may be null: above all that is. */
export interface Distribution {
  /** The value below which such a share lies. */
  readonly quantile: (share: number) => Figure;
  /** The probability that it lies below a value. */
  readonly below: (value: number) => Figure;
}

const orInfinity = (value: number | null): number => value ?? Number.POSITIVE_INFINITY;

const orNull = (value: number): number | null =>
  value === Number.POSITIVE_INFINITY ? null : value;

/** From one value a run; there must be one. */
export const sampled = (values: readonly (number | null)[]): Distribution => {
  const sorted = Float64Array.from(values, orInfinity).toSorted();
  const runs = sorted.length;
  const at = (place: number): number | null => orNull(sorted[place - 1] ?? Infinity);
  return {
    quantile: (share) => {
      const { low, high } = boundsOf(runs, share);
      return {
        method: 'simulated',
        value: at(Math.max(1, Math.ceil(share * runs))),
        low: low === 0 ? 0 : at(low),
        high: at(high),
        confidence: CONFIDENCE,
        interval: 'order-statistics',
        runs,
      };
    },
    below: (value) => probabilityOf(sorted.filter((one) => one < value).length, runs),
  };
};

/** Each of the values alike, with up to `spread` more, each amount alike and in whole numbers. */
export const spreadEvenly = (values: readonly (number | null)[], spread: number): Distribution => {
  const below = (value: number): number => {
    const shares = values.map((one) =>
      Math.min(1, Math.max(0, (value - orInfinity(one)) / spread)),
    );
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  };
  const least = Math.min(...values.map(orInfinity));
  const quantile = (share: number): number | null => {
    if (share === 0 || least === Number.POSITIVE_INFINITY) return orNull(least);
    const finite = values.filter((value) => value !== null);
    let low = least;
    let high = Math.max(...finite) + spread;
    if (below(high) < share) return null;
    while (high - low > 0.5) {
      const middle = (low + high) / 2;
      if (below(middle) < share) low = middle;
      else high = middle;
    }
    return Math.floor(high);
  };
  return {
    quantile: (share) => exactly(quantile(share)),
    below: (value) => exactly(below(value)),
  };
};
