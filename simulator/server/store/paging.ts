import { HookproofError } from '../../core/errors.js';
import type { Page, PageOrder } from '../stand-in.js';

const LIMIT = 100;
const LIMIT_MOST = 1000;

/** How many rows are asked for, and one more that tells whether there is a next page. */
export const limitOf = ({ limit = LIMIT }: PageOrder): number =>
  Math.min(Math.max(1, Math.trunc(limit)), LIMIT_MOST);

/**
 * The number after which a page begins; undefined for the first page.
 *
 * @throws {HookproofError} `invalid_argument` for a key that no page gave
 */
export const startOf = ({ startKey }: PageOrder): number | undefined => {
  if (startKey === undefined) return undefined;
  const start = Number(startKey);
  if (/^\d{1,15}$/.test(startKey) && Number.isSafeInteger(start)) return start;
  throw new HookproofError(
    'invalid_argument',
    `expected a start key that a page gave as its next, got ${JSON.stringify(startKey)}`,
    'leave it out for the first page',
  );
};

/** Makes a page of rows of which one more than `limit` was read. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  numberOf: (row: Row) => number,
  itemOf: (row: Row) => Item,
): Page<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { rows: shown.map(itemOf), next: hasMore ? String(numberOf(last)) : null };
};
