/** The rows of hooks. */
import type { Fault, Hook, Language } from '../stand-in.js';
import { changeRows } from './rows.js';
import type { Query } from './store.js';

/** A hook as its row: the columns as `migrations.ts` names them. */
export interface HookRow {
  readonly number: number;
  readonly id: string;
  readonly event_type: string;
  readonly actions: readonly string[];
  readonly subscriber_type: 'web' | 'email';
  readonly subscriber_url: string | null;
  readonly subscriber_address: string | null;
  readonly subscriber_name: string;
  readonly subscriber_language: Language;
  readonly status: 'enabled' | 'disabled';
  readonly creator_address: string;
  readonly owner_address: string;
  readonly created_ms: number;
  readonly updated_ms: number;
  readonly disabled_ms: number | null;
  readonly disabled_reason: 'rule' | 'request' | 'account' | null;
  readonly disabled_times: number;
  readonly removed_ms: number | null;
  readonly fault: Fault | null;
  readonly concurrency: number | null;
  readonly ordered: boolean;
  readonly signing_key: string;
  readonly window_failed: number;
  readonly window_total: number;
  readonly window_from_ms: number;
  readonly window_last_ms: number;
  readonly window_first_ms: number | null;
  readonly window_after: number;
  readonly attempts_ok: number;
  readonly attempts_failed: number;
}

export const hookOf = (row: HookRow): Hook => ({
  id: row.id,
  eventType: row.event_type,
  actions: row.actions,
  subscriberType: row.subscriber_type,
  subscriberUrl: row.subscriber_url,
  subscriberAddress: row.subscriber_address,
  subscriberName: row.subscriber_name,
  subscriberLanguage: row.subscriber_language,
  status: row.status,
  creatorAddress: row.creator_address,
  ownerAddress: row.owner_address,
  createdMs: row.created_ms,
  updatedMs: row.updated_ms,
  disabledMs: row.disabled_ms,
  disabledReason: row.disabled_reason,
  fault: row.fault,
  concurrency: row.concurrency,
  ordered: row.ordered,
});

/** Hooks in the order in which they were made; those that were removed are gone. */
export const readHooks = async (
  query: Query,
  { after = 0, limit = null }: { readonly after?: number; readonly limit?: number | null } = {},
): Promise<readonly HookRow[]> =>
  query<HookRow>(
    `SELECT * FROM hookproof.hooks WHERE removed_ms IS NULL AND number > $1
     ORDER BY number LIMIT $2`,
    [after, limit],
  );

export const readHook = async (query: Query, id: string): Promise<HookRow | undefined> =>
  (
    await query<HookRow>('SELECT * FROM hookproof.hooks WHERE id = $1 AND removed_ms IS NULL', [id])
  )[0];

/**
 * Locks hooks until the transaction ends, always in the order of their ids: those named, removed ones
 * too, and all others where the whole account is at stake.
 */
export const lockHooks = async (
  query: Query,
  ids: readonly string[],
  whole = false,
): Promise<readonly HookRow[]> =>
  query<HookRow>(
    `SELECT * FROM hookproof.hooks WHERE id = ANY($1) OR ($2 AND removed_ms IS NULL)
     ORDER BY id FOR UPDATE`,
    [ids, whole],
  );

/** Puts new values into the rows of hooks, the same columns in all; the caller has locked them. */
export const changeHooks = async (
  query: Query,
  rows: readonly (Pick<HookRow, 'id'> & Partial<HookRow>)[],
): Promise<void> => changeRows(query, 'hooks', rows);

/** Puts new values into a hook's row, which the caller has locked or just made. */
export const changeHook = async (
  query: Query,
  id: string,
  changes: Partial<HookRow>,
): Promise<void> => changeHooks(query, [{ id, ...changes }]);

export const insertHook = async (query: Query, row: Omit<HookRow, 'number'>): Promise<void> => {
  const list = Object.keys(row).join(', ');
  await query(
    `INSERT INTO hookproof.hooks (${list})
     SELECT ${list} FROM json_populate_record(NULL::hookproof.hooks, $1)`,
    [JSON.stringify(row)],
  );
};

/** What waits for each of some hooks, and when the next of it is due. */
export const readWaiting = async (
  query: Query,
  hookIds: readonly string[],
): Promise<
  ReadonlyMap<string, { readonly waiting: number; readonly nextDueMs: number | null }>
> => {
  const rows = await query<{ hook_id: string; waiting: number; next_due_ms: number | null }>(
    `SELECT hook_id, count(*)::int AS waiting,
       min(due_ms) FILTER (WHERE status = 'waiting' AND NOT in_air) AS next_due_ms
     FROM hookproof.deliveries
     WHERE hook_id = ANY($1) AND status IN ('waiting', 'held') GROUP BY hook_id`,
    [hookIds],
  );
  return new Map(
    rows.map((row) => [row.hook_id, { waiting: row.waiting, nextDueMs: row.next_due_ms }]),
  );
};
