/** A hook's ledger as it grows: read page by page, the last page anew. */
import type { LedgerEntry, Page } from '../../../stand-in.js';

export interface LedgerRead {
  /** The pages that are full, oldest first. */
  readonly settled: readonly LedgerEntry[];
  /** The last page, which may still grow. */
  readonly open: readonly LedgerEntry[];
  /** Asks for the last page. */
  readonly startKey: string | undefined;
  /** Whether there is more than was read. */
  readonly more: boolean;
}

export const emptyLedger: LedgerRead = {
  settled: [],
  open: [],
  startKey: undefined,
  more: false,
};

export const entriesOf = ({ settled, open }: LedgerRead): readonly LedgerEntry[] => [
  ...settled,
  ...open,
];

/** Takes a page that was asked for with `startKey`. */
const takePage = (read: LedgerRead, page: Page<LedgerEntry>): LedgerRead =>
  page.next === null
    ? { ...read, open: page.rows, more: false }
    : {
        settled: [...read.settled, ...page.rows],
        open: [],
        startKey: page.next,
        more: true,
      };

/** Goes on until the end, or until so many pages were read. */
export const readOn = async (
  read: LedgerRead,
  pagesMax: number,
  load: (startKey: string | undefined) => Promise<Page<LedgerEntry>>,
): Promise<LedgerRead> => {
  if (pagesMax === 0) return read;
  const after = takePage(read, await load(read.startKey));
  return after.more ? readOn(after, pagesMax - 1, load) : after;
};

/** What a chart draws: instants in seconds, and the share after each counted attempt. */
export const sharesOf = (
  entries: readonly LedgerEntry[],
): { readonly seconds: readonly number[]; readonly shares: readonly number[] } => {
  const counted = entries.filter((entry) => entry.kind === 'attempt' && entry.counted);
  const points = counted.flatMap((entry) =>
    entry.kind === 'attempt'
      ? [{ second: entry.endedMs / 1000, share: (entry.windowFailed / entry.windowTotal) * 100 }]
      : [],
  );
  return {
    seconds: points.map(({ second }) => second),
    shares: points.map(({ share }) => share),
  };
};
