/** What happened to a hook in a span of time, and how two neighbours become one. */

/** What a hook's window held when an attempt ended. */
export interface Sample {
  readonly atMs: number;
  /** Failed ones, and all that counted. */
  readonly failed: number;
  readonly total: number;
  /** Failures in a row that would have disabled the hook; null where none can. */
  readonly headroom: number | null;
}

/** A bucket of time, closed at its start and open at its end. */
export interface Bucket {
  readonly fromMs: number;
  /** Attempts by how they ended: a number for each of the hook's outcomes. */
  readonly attempts: readonly number[];
  /** Deliveries that ended well, after all their attempts, or by the hook being disabled. */
  readonly delivered: number;
  readonly exhausted: number;
  readonly dropped: number;
  /** Events that happened while the hook was disabled. */
  readonly missed: number;
  /** The windows with the lowest and the highest share of failures, and the last; null without one. */
  readonly low: Sample | null;
  readonly high: Sample | null;
  readonly last: Sample | null;
}

export const shareOf = ({ failed, total }: Pick<Sample, 'failed' | 'total'>): number =>
  total === 0 ? 0 : failed / total;

export const emptyBucket = (fromMs: number, outcomes: number): Bucket => ({
  fromMs,
  attempts: Array.from({ length: outcomes }, () => 0),
  delivered: 0,
  exhausted: 0,
  dropped: 0,
  missed: 0,
  low: null,
  high: null,
  last: null,
});

const lower = (one: Sample | null, other: Sample | null): Sample | null => {
  if (one === null || other === null) return one ?? other;
  return shareOf(other) < shareOf(one) ? other : one;
};

const higher = (one: Sample | null, other: Sample | null): Sample | null => {
  if (one === null || other === null) return one ?? other;
  return shareOf(other) > shareOf(one) ? other : one;
};

const later = (one: Sample | null, other: Sample | null): Sample | null => {
  if (one === null || other === null) return one ?? other;
  return other.atMs >= one.atMs ? other : one;
};

const merged = (one: Bucket, other: Bucket): Bucket => ({
  fromMs: Math.min(one.fromMs, other.fromMs),
  attempts: Array.from(
    { length: Math.max(one.attempts.length, other.attempts.length) },
    (_, index) => (one.attempts[index] ?? 0) + (other.attempts[index] ?? 0),
  ),
  delivered: one.delivered + other.delivered,
  exhausted: one.exhausted + other.exhausted,
  dropped: one.dropped + other.dropped,
  missed: one.missed + other.missed,
  low: lower(one.low, other.low),
  high: higher(one.high, other.high),
  last: later(one.last, other.last),
});

/** The same in buckets of a width that is a multiple of theirs; those without anything are left out. */
export const coarsened = (buckets: readonly Bucket[], widthMs: number): readonly Bucket[] => {
  const wider = new Map<number, Bucket>();
  for (const bucket of buckets) {
    const fromMs = Math.floor(bucket.fromMs / widthMs) * widthMs;
    const known = wider.get(fromMs);
    wider.set(
      fromMs,
      known === undefined ? { ...bucket, fromMs } : merged(known, { ...bucket, fromMs }),
    );
  }
  return [...wider.values()].toSorted((one, other) => one.fromMs - other.fromMs);
};
