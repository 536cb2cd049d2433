/** Whether what a stand-in wrote down is what a receiver saw. */
import type { Totals, LedgerEntry, Page, StoredMail } from '../../../simulator/server/stand-in.js';
import type { Serving } from '../../cli/serving.js';
import type { CountingReceiver } from './receiver.js';

const PER_PAGE = 1000;

/** All rows of a list of the control API. */
const readAll = async <Row>({ control }: Serving, path: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let next: string | null = ''; next !== null;) {
    const key: string = next === '' ? '' : `&startKey=${encodeURIComponent(next)}`;
    const page: Page<Row> = await control(`${path}?limit=${PER_PAGE}${key}`);
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
};

export const readLedger = async (serving: Serving): Promise<readonly LedgerEntry[]> =>
  readAll(serving, '/ledger');

export const readMails = async (serving: Serving): Promise<readonly StoredMail[]> =>
  readAll(serving, '/mails');

/** Resolves when no delivery waits any more. */
export const settled = async ({ control }: Serving, patienceMs: number): Promise<Totals> => {
  const until = Date.now() + patienceMs;
  for (;;) {
    const { totals } = await control<{ readonly totals: Totals }>('/state');
    if (totals.deliveries.waiting === 0) return totals;
    if (Date.now() > until) {
      throw new Error(`after ${patienceMs} ms still ${JSON.stringify(totals.deliveries)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** What differs between the books of the two. */
export interface Differences {
  /** Attempts that the receiver saw and that have no row. */
  readonly withoutRow: number;
  /** Rows of attempts that the receiver did not see. */
  readonly withoutAttempt: number;
  readonly rows: number;
}

/** Compares attempts event by event; one that had no answer in time may have been seen, or not. */
export const compareBooks = (
  ledger: readonly LedgerEntry[],
  { seen }: CountingReceiver,
): Differences => {
  const rows = new Map<string, number>();
  const unanswered = new Map<string, number>();
  let count = 0;
  for (const entry of ledger) {
    if (entry.kind !== 'attempt') continue;
    const isAnswered = entry.outcome.kind !== 'failure';
    if (isAnswered) count += 1;
    const books = isAnswered ? rows : unanswered;
    for (const id of entry.eventIds) books.set(id, (books.get(id) ?? 0) + 1);
  }
  let withoutRow = 0;
  let withoutAttempt = 0;
  for (const id of new Set([...rows.keys(), ...seen.keys()])) {
    const difference = (seen.get(id) ?? 0) - (rows.get(id) ?? 0);
    if (difference > 0) withoutRow += Math.max(0, difference - (unanswered.get(id) ?? 0));
    else withoutAttempt -= difference;
  }
  return { withoutRow, withoutAttempt, rows: count };
};
