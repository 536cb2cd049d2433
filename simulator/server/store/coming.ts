/** The rows of what is to happen later. */
import { insertRows } from './rows.js';
import type { Query } from './store.js';

interface ComingRow<Happening> {
  readonly id: number;
  readonly at_ms: number;
  readonly name: string;
  readonly happening: Happening;
}

/** Keeps what is to happen, and numbers it. */
export const insertComing = async (
  query: Query,
  rows: readonly { readonly atMs: number; readonly name: string; readonly happening: object }[],
): Promise<readonly { readonly id: number; readonly atMs: number }[]> => {
  const written = await insertRows<{ id: number; at_ms: number }>(
    query,
    'coming',
    rows.map(({ atMs, name, happening }) => ({ at_ms: atMs, name, happening })),
    'id, at_ms',
  );
  return written.map(({ id, at_ms: atMs }) => ({ id, atMs }));
};

/** Takes out what is to happen now; undefined where it has been taken before. */
export const takeComing = async <Happening>(
  query: Query,
  id: number,
): Promise<Happening | undefined> =>
  (
    await query<ComingRow<Happening>>('DELETE FROM hookproof.coming WHERE id = $1 RETURNING *', [
      id,
    ])
  )[0]?.happening;

export const readNextComing = async (query: Query): Promise<number | null> =>
  (await query<{ at_ms: number | null }>('SELECT min(at_ms) AS at_ms FROM hookproof.coming'))[0]
    ?.at_ms ?? null;
