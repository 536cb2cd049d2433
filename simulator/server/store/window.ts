/** What a window must know of what it counted before: read, and written back. */
import type { Query } from './store.js';

/** Which part of a hook's window is read. */
export interface CountedSpan {
  readonly hookId: string;
  readonly fromMs: number;
  readonly beforeMs: number;
  /** What came before this one has left in any case: it is told as one. */
  readonly leftMs: number;
  /** Attempts up to this one do not count any more. */
  readonly after: number;
}

/** Counted at the same instant, or before the same one. */
export interface CountedGroup {
  readonly hookId: string;
  /** Where events are counted, each by itself. */
  readonly eventId?: string;
  readonly atMs: number;
  readonly total: number;
  readonly failed: number;
}

/** The attempts that count from one instant on and before another, by their hooks and instants. */
export const readCountedAttempts = async (
  query: Query,
  spans: readonly CountedSpan[],
): Promise<readonly CountedGroup[]> => {
  if (spans.length === 0) return [];
  const rows = await query<{ hook_id: string; at_ms: number; total: number; failed: number }>(
    `SELECT n.hook_id, a.at_ms, a.total, a.failed
     FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
       AS n(hook_id, from_ms, before_ms, left_ms, after)
     CROSS JOIN LATERAL (
       SELECT greatest(counted_ms, n.left_ms - 1) AS at_ms, count(*)::int AS total,
         (count(*) FILTER (WHERE failed))::int AS failed
       FROM hookproof.attempts
       WHERE hook_id = n.hook_id AND counted_ms >= n.from_ms AND counted_ms < n.before_ms
         AND sequence > n.after
       GROUP BY 1) a
     ORDER BY a.at_ms`,
    [
      spans.map(({ hookId }) => hookId),
      spans.map(({ fromMs }) => fromMs),
      spans.map(({ beforeMs }) => beforeMs),
      spans.map(({ leftMs }) => leftMs),
      spans.map(({ after }) => after),
    ],
  );
  return rows.map(({ hook_id: hookId, at_ms: atMs, total, failed }) => ({
    hookId,
    atMs,
    total,
    failed,
  }));
};

/** The events counted from one instant on and before another, and those that are named. */
export const readCountedEvents = async (
  query: Query,
  spans: readonly (CountedSpan & { readonly eventIds: readonly string[] })[],
): Promise<readonly CountedGroup[]> => {
  const groups: CountedGroup[] = [];
  for (const { hookId, fromMs, beforeMs, eventIds } of spans) {
    const rows = await query<{ event_id: string; counted_ms: number; failed: boolean }>(
      `SELECT event_id, counted_ms, failed FROM hookproof.counted_events
       WHERE hook_id = $1 AND counted_ms >= $2 AND (counted_ms < $3 OR event_id = ANY($4))
       ORDER BY counted_ms`,
      [hookId, fromMs, beforeMs, eventIds],
    );
    for (const { event_id: eventId, counted_ms: atMs, failed } of rows) {
      groups.push({ hookId, eventId, atMs, total: 1, failed: failed ? 1 : 0 });
    }
  }
  return groups;
};

export interface CountedEvent {
  readonly eventId: string;
  readonly atMs: number;
  readonly failed: boolean;
}

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
