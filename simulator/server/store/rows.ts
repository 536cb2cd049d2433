/** Rows go in and are changed many at a time, as JSON that PostgreSQL takes apart by the columns' types. */
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

/** Puts new values into rows of a table of ours, the same columns in all, by their `id`. */
export const changeRows = async (
  query: Query,
  table: string,
  rows: readonly ({ readonly id: number | string } & object)[],
): Promise<void> => {
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'id');
  if (names.length === 0) return;
  await query(
    `UPDATE hookproof.${table} t SET ${names.map((name) => `${name} = n.${name}`).join(', ')}
     FROM json_populate_recordset(NULL::hookproof.${table}, $1) n WHERE t.id = n.id`,
    [JSON.stringify(rows)],
  );
};
