import type { Query } from './store.js';

/** Puts rows, each with the same columns, into a table of ours, in their order. */
export const insertRows = async <Written>(
  query: Query,
  table: string,
  rows: readonly object[],
  returning = '',
): Promise<readonly Written[]> => {
  const [first] = rows;
  if (first === undefined) return [];
  const list = Object.keys(first).join(', ');
  return query<Written>(
    `INSERT INTO hookproof.${table} (${list})
     SELECT ${list} FROM json_populate_recordset(NULL::hookproof.${table}, $1)
     ${returning === '' ? '' : `RETURNING ${returning}`}`,
    [JSON.stringify(rows)],
  );
};
