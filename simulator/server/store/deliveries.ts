/** The rows of deliveries. */
import type { Delivery, DeliveryStatus } from '../stand-in.js';
import type { EventRow } from './events.js';
import type { HookRow } from './hooks.js';
import { changeRows, insertRows } from './rows.js';
import type { Query } from './store.js';

export interface DeliveryRow {
  readonly id: number;
  readonly hook_id: string;
  readonly event_ids: readonly string[];
  readonly status: DeliveryStatus;
  readonly resend: boolean;
  readonly attempts: number;
  readonly created_ms: number;
  readonly due_ms: number | null;
  /** The job that stands for its next attempt; null while it waits behind others. */
  readonly job_id: string | null;
  readonly in_air: boolean;
  readonly first_started_ms: number | null;
  readonly last_started_ms: number | null;
  readonly last_ended_ms: number | null;
}

export const deliveryOf = (row: DeliveryRow): Delivery => ({
  id: String(row.id),
  hookId: row.hook_id,
  eventIds: row.event_ids,
  status: row.status,
  resend: row.resend,
  attempts: row.attempts,
  createdMs: row.created_ms,
  dueMs: row.status === 'waiting' || row.status === 'held' ? row.due_ms : null,
});

export type NewDelivery = Pick<
  DeliveryRow,
  'hook_id' | 'event_ids' | 'status' | 'resend' | 'created_ms' | 'due_ms' | 'job_id'
>;

/** Stores new deliveries, in their order, and what each of them carries. */
export const insertDeliveries = async (
  query: Query,
  deliveries: readonly NewDelivery[],
): Promise<readonly DeliveryRow[]> => {
  const rows = await insertRows<DeliveryRow>(
    query,
    'deliveries',
    deliveries.map((delivery) => ({ ...delivery, attempts: 0, in_air: false })),
    '*',
  );
  const carried = rows.flatMap(({ id, event_ids: events }) =>
    events.map((event) => ({ event_id: event, delivery_id: id })),
  );
  await insertRows(query, 'carried', carried);
  return rows.toSorted((one, other) => one.id - other.id);
};

export const readDeliveries = async (
  query: Query,
  ids: readonly number[],
): Promise<readonly DeliveryRow[]> =>
  query<DeliveryRow>('SELECT * FROM hookproof.deliveries WHERE id = ANY($1::bigint[])', [ids]);

/** The deliveries that carry an event, the oldest first. */
export const readDeliveriesOf = async (
  query: Query,
  eventId: string,
): Promise<readonly DeliveryRow[]> =>
  query<DeliveryRow>(
    `SELECT d.* FROM hookproof.carried c JOIN hookproof.deliveries d ON d.id = c.delivery_id
     WHERE c.event_id = $1 ORDER BY d.id`,
    [eventId],
  );

/** A delivery with where it goes and what it carries. */
export interface ClaimedRow extends DeliveryRow {
  readonly hook: HookRow | null;
  readonly events: readonly EventRow[] | null;
}

/**
 * Takes deliveries into the air, each by the job that stands for its next attempt, and returns those
 * that were there to be taken, the oldest first: a job may have outlived what it stood for.
 */
export const claimDeliveries = async (
  query: Query,
  jobs: readonly { readonly id: string; readonly deliveryId: number }[],
): Promise<readonly ClaimedRow[]> =>
  query<ClaimedRow>(
    `WITH claimed AS (
       UPDATE hookproof.deliveries d SET in_air = true
       FROM unnest($1::uuid[], $2::bigint[]) AS n(job_id, delivery_id)
       WHERE d.id = n.delivery_id AND d.job_id = n.job_id AND d.status = 'waiting' RETURNING d.*)
     SELECT c.*, row_to_json(h) AS hook, (
       SELECT json_agg(e ORDER BY n.place)
       FROM unnest(c.event_ids) WITH ORDINALITY AS n(id, place)
       JOIN hookproof.events e ON e.id = n.id) AS events
     FROM claimed c LEFT JOIN hookproof.hooks h ON h.id = c.hook_id ORDER BY c.id`,
    [jobs.map(({ id }) => id), jobs.map(({ deliveryId }) => deliveryId)],
  );

/** Deliveries of a hook that wait behind others, the oldest first, and how many are in the air. */
export const readQueueOf = async (
  query: Query,
  hookId: string,
): Promise<{
  readonly parked: readonly { readonly id: number; readonly due_ms: number }[];
  readonly inAir: number;
  readonly scheduled: number;
}> => {
  const [counts] = await query<{ in_air: number; scheduled: number }>(
    `SELECT (count(*) FILTER (WHERE in_air))::int AS in_air,
       (count(*) FILTER (WHERE job_id IS NOT NULL))::int AS scheduled
     FROM hookproof.deliveries WHERE hook_id = $1 AND status = 'waiting'`,
    [hookId],
  );
  const parked = await query<{ id: number; due_ms: number }>(
    `SELECT id, due_ms FROM hookproof.deliveries
     WHERE hook_id = $1 AND status = 'waiting' AND job_id IS NULL ORDER BY id LIMIT 1000`,
    [hookId],
  );
  return { parked, inAir: counts?.in_air ?? 0, scheduled: counts?.scheduled ?? 0 };
};

/** Writes back what has become of deliveries. */
export const changeDeliveries = async (
  query: Query,
  rows: readonly (Pick<DeliveryRow, 'id'> & Partial<DeliveryRow>)[],
): Promise<void> => changeRows(query, 'deliveries', rows);

/** Moves a hook's deliveries that wait or are held, but for those in the air, to another state. */
export const putAside = async (
  query: Query,
  hookId: string,
  status: 'held' | 'dropped',
): Promise<readonly DeliveryRow[]> =>
  (
    await query<DeliveryRow>(
      `UPDATE hookproof.deliveries SET status = $2, job_id = NULL
       WHERE hook_id = $1 AND status IN ('waiting', 'held') AND NOT in_air RETURNING *`,
      [hookId, status],
    )
  ).toSorted((one, other) => one.id - other.id);

/** Lets what was held for a hook wait for its time again, which is not before an instant. */
export const releaseHeld = async (
  query: Query,
  hookId: string,
  notBeforeMs: number,
): Promise<readonly DeliveryRow[]> =>
  (
    await query<DeliveryRow>(
      `UPDATE hookproof.deliveries SET status = 'waiting', due_ms = greatest(due_ms, $2)
       WHERE hook_id = $1 AND status = 'held' RETURNING *`,
      [hookId, notBeforeMs],
    )
  ).toSorted((one, other) => one.id - other.id);

/** When the next attempt is due that waits for nothing but time. */
export const readNextDue = async (query: Query): Promise<number | null> => {
  const [row] = await query<{ due_ms: number | null }>(
    `SELECT min(due_ms) AS due_ms FROM hookproof.deliveries
     WHERE status = 'waiting' AND NOT in_air AND job_id IS NOT NULL`,
  );
  return row?.due_ms ?? null;
};

/** Brings events up to date with their deliveries: by the latest one to each hook. */
export const refreshEvents = async (
  query: Query,
  attempts: ReadonlyMap<string, number>,
  atMs: number,
): Promise<void> => {
  if (attempts.size === 0) return;
  await query(
    `UPDATE hookproof.events e SET
       delivery_attempts = e.delivery_attempts + n.attempts,
       updated_ms = $3,
       delivery_status = (
         SELECT CASE WHEN bool_or(l.status IN ('exhausted', 'dropped')) THEN 'failure'
           WHEN bool_or(l.status = 'delivered') THEN 'success' ELSE 'pending' END
         FROM (
           SELECT DISTINCT ON (d.hook_id) d.status
           FROM hookproof.carried c JOIN hookproof.deliveries d ON d.id = c.delivery_id
           WHERE c.event_id = e.id ORDER BY d.hook_id, d.id DESC) l)
     FROM unnest($1::text[], $2::int[]) AS n(id, attempts) WHERE e.id = n.id`,
    [[...attempts.keys()], [...attempts.values()], atMs],
  );
};
