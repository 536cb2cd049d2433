/** What a window must know of what it counted before: read, and written back. */
import type { Query } from './store.js';

/** Counted at the same instant, or before the same one. */
export interface CountedGroup {
  readonly atMs: number;
  readonly total: number;
  readonly failed: number;
}

/** The attempts that count from one instant on and before another, by their instants. */
export const readCountedAttempts = async (
  query: Query,
  hookId: string,
  span: {
    readonly fromMs: number;
    readonly beforeMs: number;
    /** What came before this one has left in any case: it is told as one. */
    readonly leftMs: number;
    readonly after: number;
  },
): Promise<readonly CountedGroup[]> => {
  const rows = await query<{ at_ms: number; total: number; failed: number }>(
    `SELECT greatest(counted_ms, $4::bigint - 1) AS at_ms, count(*)::int AS total,
       (count(*) FILTER (WHERE failed))::int AS failed
     FROM hookproof.attempts
     WHERE hook_id = $1 AND counted_ms >= $2 AND counted_ms < $3 AND sequence > $5
     GROUP BY 1 ORDER BY 1`,
    [hookId, span.fromMs, span.beforeMs, span.leftMs, span.after],
  );
  return rows.map(({ at_ms: atMs, total, failed }) => ({ atMs, total, failed }));
};

export interface CountedEvent {
  readonly eventId: string;
  readonly atMs: number;
  readonly failed: boolean;
}

/** The events counted from one instant on and before another, and those that are named. */
export const readCountedEvents = async (
  query: Query,
  hookId: string,
  span: { readonly fromMs: number; readonly beforeMs: number },
  eventIds: readonly string[],
): Promise<readonly CountedEvent[]> => {
  const rows = await query<{ event_id: string; counted_ms: number; failed: boolean }>(
    `SELECT event_id, counted_ms, failed FROM hookproof.counted_events
     WHERE hook_id = $1 AND counted_ms >= $2 AND (counted_ms < $3 OR event_id = ANY($4))
     ORDER BY counted_ms`,
    [hookId, span.fromMs, span.beforeMs, eventIds],
  );
  return rows.map((row) => ({
    eventId: row.event_id,
    atMs: row.counted_ms,
    failed: row.failed,
  }));
};

/** Writes the latest attempt of some events, and forgets what has left the window. */
export const writeCountedEvents = async (
  query: Query,
  hookId: string,
  events: readonly CountedEvent[],
  fromMs: number,
): Promise<void> => {
  await query(
    `INSERT INTO hookproof.counted_events
     SELECT $1, event_id, counted_ms, failed
     FROM unnest($2::text[], $3::bigint[], $4::boolean[]) AS n(event_id, counted_ms, failed)
     ON CONFLICT (hook_id, event_id) DO UPDATE
     SET counted_ms = EXCLUDED.counted_ms, failed = EXCLUDED.failed`,
    [
      hookId,
      events.map(({ eventId }) => eventId),
      events.map(({ atMs }) => atMs),
      events.map(({ failed }) => failed),
    ],
  );
  await query('DELETE FROM hookproof.counted_events WHERE hook_id = $1 AND counted_ms < $2', [
    hookId,
    fromMs,
  ]);
};

/** Empties a hook's window; returns the number after which attempts count again. */
export const clearCounted = async (query: Query, hookId: string): Promise<number> => {
  await query('DELETE FROM hookproof.counted_events WHERE hook_id = $1', [hookId]);
  const [row] = await query<{ last: number }>('SELECT last_value AS last FROM hookproof.ledger');
  return row?.last ?? 0;
};
