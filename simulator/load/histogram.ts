/**
 * Latencies by the million: a log-linear histogram in one typed array. A value is told to 1 part in
 * 128 at the worst, to the unit below 25.6 µs, and to record one takes some nanoseconds.
 */

/** Units in a millisecond: one is 100 ns. */
const UNITS_PER_MS = 10_000;
/** Values that share a bucket differ in what comes after their first 8 bits. */
const SUB_BITS = 7;
const LINEAR = 1 << (SUB_BITS + 1);
/** Some 215 s; what takes longer is counted there, and told by `maxMs`. */
const UNITS_MAX = 2 ** 31 - 1;
const BUCKETS = (31 - SUB_BITS - 1) * (1 << SUB_BITS) + LINEAR;

export interface Histogram {
  readonly record: (ms: number) => void;
  readonly count: () => number;
  /** The value that such a share of all does not exceed; 0 where there are none. */
  readonly quantileMs: (share: number) => number;
  readonly maxMs: () => number;
  readonly add: (other: Histogram) => void;
  readonly clear: () => void;
  /** Counts by bucket, for drawing: each bucket's upper end, and how many are in it. */
  readonly buckets: () => readonly (readonly [upToMs: number, count: number])[];
  /** @internal */
  readonly counts: Float64Array;
}

const indexOf = (units: number): number => {
  if (units < LINEAR) return units;
  const shift = 31 - Math.clz32(units) - SUB_BITS;
  return (shift << SUB_BITS) + (units >>> shift);
};

/** The largest value of a bucket. */
const upperMs = (index: number): number => {
  if (index < LINEAR) return index / UNITS_PER_MS;
  const shift = (index >> SUB_BITS) - 1;
  const top = (1 << SUB_BITS) + (index & ((1 << SUB_BITS) - 1));
  return ((top + 1) * 2 ** shift - 1) / UNITS_PER_MS;
};

export const createHistogram = (): Histogram => {
  const counts = new Float64Array(BUCKETS);
  let total = 0;
  let maxMs = 0;
  return {
    counts,
    record: (ms) => {
      const units = Math.max(0, Math.min(UNITS_MAX, Math.round(ms * UNITS_PER_MS))) | 0;
      const index = indexOf(units);
      counts[index] = (counts[index] as number) + 1;
      total += 1;
      if (ms > maxMs) maxMs = ms;
    },
    count: () => total,
    quantileMs: (share) => {
      const wanted = Math.max(1, Math.ceil(share * total));
      let sum = 0;
      for (let index = 0; index < BUCKETS; index++) {
        sum += counts[index] as number;
        if (sum >= wanted) return Math.min(maxMs, upperMs(index));
      }
      return maxMs;
    },
    maxMs: () => maxMs,
    add: (other) => {
      for (let index = 0; index < BUCKETS; index++) {
        counts[index] = (counts[index] as number) + (other.counts[index] as number);
      }
      total += other.count();
      maxMs = Math.max(maxMs, other.maxMs());
    },
    clear: () => {
      counts.fill(0);
      total = 0;
      maxMs = 0;
    },
    buckets: () =>
      Array.from(counts, (count, index) => [upperMs(index), count] as const).filter(
        ([, count]) => count > 0,
      ),
  };
};
