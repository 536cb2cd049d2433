/** Attempts and incidents: what has happened, in one order. */
import type { LedgerEntry, LedgerQuery, Page, StoredAttempt, StoredIncident } from '../stand-in.js';
import { insertRows } from './rows.js';
import { limitOf, pageOf, startOf } from './paging.js';
import { type Query, together } from './store.js';

interface AttemptRow {
  readonly sequence: number;
  readonly delivery_id: number;
  readonly hook_id: string;
  readonly event_ids: readonly string[];
  readonly attempt: number;
  readonly resend: boolean;
  readonly started_ms: number;
  readonly ended_ms: number;
  readonly counted_ms: number | null;
  readonly latency_ms: number;
  readonly outcome: StoredAttempt['outcome'];
  readonly failed: boolean;
  readonly window_failed: number;
  readonly window_total: number;
  readonly headroom: number | null;
  readonly next: StoredAttempt['next'];
  readonly retry_at_ms: number | null;
  readonly request: StoredAttempt['request'];
  readonly response: StoredAttempt['response'];
}

interface IncidentRow {
  readonly sequence: number;
  readonly hook_id: string;
  readonly at_ms: number;
  readonly kind: StoredIncident['kind'];
  readonly reason: StoredIncident['reason'];
  readonly window_failed: number | null;
  readonly window_total: number | null;
  readonly recipients: readonly string[];
  readonly event_ids: readonly string[];
}

const attemptOf = (row: AttemptRow): StoredAttempt => ({
  sequence: row.sequence,
  deliveryId: String(row.delivery_id),
  hookId: row.hook_id,
  eventIds: row.event_ids,
  attempt: row.attempt,
  resend: row.resend,
  startedMs: row.started_ms,
  endedMs: row.ended_ms,
  latencyMs: row.latency_ms,
  outcome: row.outcome,
  failed: row.failed,
  counted: row.counted_ms !== null,
  windowFailed: row.window_failed,
  windowTotal: row.window_total,
  headroom: row.headroom,
  next: row.next,
  retryAtMs: row.retry_at_ms,
  request: row.request,
  response: row.response,
});

const incidentOf = (row: IncidentRow): StoredIncident => ({
  sequence: row.sequence,
  hookId: row.hook_id,
  atMs: row.at_ms,
  kind: row.kind,
  reason: row.reason,
  windowFailed: row.window_failed,
  windowTotal: row.window_total,
  to: row.recipients,
  eventIds: row.event_ids,
});

/** What goes into the ledger; it is numbered when it is written. */
export type NewEntry =
  | (Omit<StoredAttempt, 'sequence' | 'counted'> & {
      readonly kind: 'attempt';
      readonly countedMs: number | null;
    })
  | (Pick<StoredIncident, 'kind' | 'hookId' | 'atMs'> & Partial<Omit<StoredIncident, 'sequence'>>);

const attemptRow = (
  entry: Extract<NewEntry, { kind: 'attempt' }>,
): Omit<AttemptRow, 'sequence'> => ({
  delivery_id: Number(entry.deliveryId),
  hook_id: entry.hookId,
  event_ids: entry.eventIds,
  attempt: entry.attempt,
  resend: entry.resend,
  started_ms: entry.startedMs,
  ended_ms: entry.endedMs,
  counted_ms: entry.countedMs,
  latency_ms: entry.latencyMs,
  outcome: entry.outcome,
  failed: entry.failed,
  window_failed: entry.windowFailed,
  window_total: entry.windowTotal,
  headroom: entry.headroom,
  next: entry.next,
  retry_at_ms: entry.retryAtMs,
  request: entry.request,
  response: entry.response,
});

const incidentRow = (
  entry: Exclude<NewEntry, { kind: 'attempt' }>,
): Omit<IncidentRow, 'sequence'> => ({
  hook_id: entry.hookId,
  at_ms: entry.atMs,
  kind: entry.kind,
  reason: entry.reason ?? null,
  window_failed: entry.windowFailed ?? null,
  window_total: entry.windowTotal ?? null,
  recipients: entry.to ?? [],
  event_ids: entry.eventIds ?? [],
});

/** Writes entries in their order: they are numbered as they are written. */
export const insertEntries = async (query: Query, entries: readonly NewEntry[]): Promise<void> => {
  const runs: { readonly table: 'attempts' | 'incidents'; readonly rows: object[] }[] = [];
  for (const entry of entries) {
    const [table, row] =
      entry.kind === 'attempt'
        ? (['attempts', attemptRow(entry)] as const)
        : (['incidents', incidentRow(entry)] as const);
    const last = runs.at(-1);
    if (last?.table === table) last.rows.push(row);
    else runs.push({ table, rows: [row] });
  }
  await together(runs.map(async ({ table, rows }) => insertRows(query, table, rows)));
};

/** The attempts of all deliveries that carry an event, the oldest first. */
export const readAttemptsOf = async (
  query: Query,
  eventId: string,
): Promise<readonly StoredAttempt[]> => {
  const rows = await query<AttemptRow>(
    `SELECT a.* FROM hookproof.carried c JOIN hookproof.attempts a USING (delivery_id)
     WHERE c.event_id = $1 ORDER BY a.sequence`,
    [eventId],
  );
  return rows.map(attemptOf);
};

/** A page of the ledger. */
export const listLedger = async (query: Query, wanted: LedgerQuery): Promise<Page<LedgerEntry>> => {
  const limit = limitOf(wanted);
  const isNewest = wanted.order === 'newest';
  const values = [
    startOf(wanted) ?? (isNewest ? Number.MAX_SAFE_INTEGER : 0),
    limit + 1,
    ...(wanted.hook === undefined ? [] : [wanted.hook]),
  ];
  const test = `sequence ${isNewest ? '<' : '>'} $1 ${wanted.hook === undefined ? '' : 'AND hook_id = $3'}
    ORDER BY sequence ${isNewest ? 'DESC' : ''} LIMIT $2`;
  const attempts = await query<AttemptRow>(
    `SELECT * FROM hookproof.attempts WHERE ${test}`,
    values,
  );
  const incidents = await query<IncidentRow>(
    `SELECT * FROM hookproof.incidents WHERE ${test}`,
    values,
  );
  const entries: LedgerEntry[] = [
    ...attempts.map((row) => ({ ...attemptOf(row), kind: 'attempt' as const })),
    ...incidents.map(incidentOf),
  ];
  entries.sort((one, other) =>
    isNewest ? other.sequence - one.sequence : one.sequence - other.sequence,
  );
  return pageOf(
    entries.slice(0, limit + 1),
    limit,
    ({ sequence }) => sequence,
    (entry) => entry,
  );
};
