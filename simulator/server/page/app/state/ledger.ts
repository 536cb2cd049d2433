/** What a chart draws of a hook's ledger. */
import type { LedgerEntry } from '../../../stand-in.js';

export interface Shares {
  /** Seconds since 1970, growing. */
  readonly seconds: readonly number[];
  /** Percent. */
  readonly shares: readonly number[];
}

/** The share of failures after each attempt that counts, of entries that come newest first. */
export const sharesOf = (entries: readonly LedgerEntry[]): Shares => {
  const points = entries
    .toReversed()
    .flatMap((entry) =>
      entry.kind === 'attempt' && entry.counted && entry.windowTotal > 0
        ? [{ second: entry.endedMs / 1000, share: (entry.windowFailed / entry.windowTotal) * 100 }]
        : [],
    );
  return {
    seconds: points.map(({ second }) => second),
    shares: points.map(({ share }) => share),
  };
};
