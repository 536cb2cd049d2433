/** The rows of events and of what they are about. */
import { pairs } from '../../catalog/index.js';
import type { Resource as MadeResource } from '../../catalog/index.js';
import type { EventQuery, Page, Resource, StoredEvent } from '../stand-in.js';
import { insertRows } from './rows.js';
import { limitOf, pageOf, startOf } from './paging.js';
import type { Query } from './store.js';

export interface EventRow {
  readonly sequence: number;
  readonly id: string;
  readonly idempotency_key: string;
  readonly product: string;
  readonly name: string;
  readonly event_type: string;
  readonly event_action: string;
  readonly resource_id: string;
  readonly version: string;
  readonly timestamp: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly created_ms: number;
  readonly updated_ms: number;
  readonly delivery_status: StoredEvent['deliveryStatus'];
  readonly delivery_attempts: number;
}

export const eventOf = (row: EventRow): StoredEvent => ({
  id: row.id,
  idempotencyKey: row.idempotency_key,
  sequence: row.sequence,
  product: row.product,
  name: row.name,
  eventType: row.event_type,
  eventAction: row.event_action,
  resourceId: row.resource_id,
  version: row.version,
  timestamp: row.timestamp,
  object: row.object,
  createdMs: row.created_ms,
  updatedMs: row.updated_ms,
  deliveryStatus: row.delivery_status,
  deliveryAttempts: row.delivery_attempts,
});

/** Stores new events and numbers them, in their order. */
export const insertEvents = async (
  query: Query,
  events: readonly Omit<StoredEvent, 'sequence'>[],
): Promise<readonly StoredEvent[]> => {
  const rows = events.map((event) => ({
    id: event.id,
    idempotency_key: event.idempotencyKey,
    product: event.product,
    name: event.name,
    event_type: event.eventType,
    event_action: event.eventAction,
    resource_id: event.resourceId,
    version: event.version,
    timestamp: event.timestamp,
    object: event.object,
    created_ms: event.createdMs,
    updated_ms: event.updatedMs,
    delivery_status: event.deliveryStatus,
    delivery_attempts: event.deliveryAttempts,
  }));
  const written = await insertRows<{ id: string; sequence: number }>(
    query,
    'events',
    rows,
    'id, sequence',
  );
  const sequences = new Map(written.map(({ id, sequence }) => [id, sequence]));
  return events.map((event) => ({ ...event, sequence: sequences.get(event.id) ?? 0 }));
};

/** By `HKE…` or `HIK…`, unless it happened before an instant. */
export const readEvent = async (
  query: Query,
  id: string,
  sinceMs: number,
): Promise<StoredEvent | undefined> => {
  const column = id.startsWith('HIK') ? 'idempotency_key' : 'id';
  const [row] = await query<EventRow>(
    `SELECT * FROM hookproof.events WHERE ${column} = $1 AND created_ms >= $2`,
    [id, sinceMs],
  );
  return row === undefined ? undefined : eventOf(row);
};

/** Events by their ids; what is not there is left out. */
export const readEvents = async (
  query: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredEvent>> => {
  const rows = await query<EventRow>('SELECT * FROM hookproof.events WHERE id = ANY($1)', [ids]);
  return new Map(rows.map((row) => [row.id, eventOf(row)]));
};

const likeness = (text: string): string => text.replace(/[\\%_]/g, (letter) => `\\${letter}`);

/**
 * Where a text is searched: names are known, ids are found by their beginning; anything else is a part
 * of an id, for which there is no index.
 */
const searchParts = (
  search: string,
): readonly { readonly test: string; readonly value: unknown }[] => {
  const text = search.trim();
  const names = pairs
    .filter(({ name }) => name.includes(text.toLowerCase()))
    .map(({ name }) => name);
  const parts: { test: string; value: unknown }[] = [];
  if (names.length > 0) parts.push({ test: 'name = ANY($?)', value: names });
  const begins = `${likeness(text)}%`;
  // What no id could hold is part of a name or of nothing.
  if (!/^[A-Z]{0,3}[0-9a-f]*$/.test(text)) {
    return names.length > 0 ? parts : [{ test: 'name = $?', value: text }];
  }
  if (/^(?:HKE|HIK)[0-9a-f]*$/.test(text)) {
    const column = text.startsWith('HIK') ? 'idempotency_key' : 'id';
    parts.push({ test: `${column} LIKE $?`, value: begins });
  } else if (/^[A-Z]{3}[0-9a-f]*$/.test(text)) {
    parts.push({ test: 'resource_id LIKE $?', value: begins });
  } else {
    parts.push({
      test: `(id LIKE $? OR idempotency_key LIKE $? OR resource_id LIKE $?)`,
      value: `%${likeness(text)}%`,
    });
  }
  return parts;
};

/** A page of events, newest first, of those that happened since an instant. */
export const listEvents = async (
  query: Query,
  order: EventQuery,
  sinceMs: number,
): Promise<Page<StoredEvent>> => {
  const limit = limitOf(order);
  const values: unknown[] = [];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const tests = [`created_ms >= ${place(sinceMs)}`];
  const start = startOf(order);
  if (start !== undefined) tests.push(`sequence < ${place(start)}`);
  if (order.status !== undefined) tests.push(`delivery_status = ${place(order.status)}`);
  if (order.eventType !== undefined) tests.push(`event_type = ${place(order.eventType)}`);
  const most = place(limit + 1);
  const select = (more: readonly string[]): string =>
    `(SELECT * FROM hookproof.events WHERE ${[...tests, ...more].join(' AND ')}
      ORDER BY sequence DESC LIMIT ${most})`;
  const parts = order.search === undefined || order.search === '' ? [] : searchParts(order.search);
  const selects =
    parts.length === 0
      ? [select([])]
      : parts.map(({ test, value }) => select([test.replaceAll('$?', place(value))]));
  const [only, ...others] = selects;
  const rows = await query<EventRow>(
    others.length === 0
      ? (only ?? '')
      : `SELECT * FROM (SELECT DISTINCT ON (sequence) * FROM (${selects.join(' UNION ALL ')}) AS parts
         ORDER BY sequence DESC) AS found ORDER BY sequence DESC LIMIT ${most}`,
    values,
  );
  return pageOf(rows, limit, ({ sequence }) => sequence, eventOf);
};

/** Keeps what events are about, so that later ones can be about it too. */
export const insertResources = async (
  query: Query,
  resources: readonly MadeResource[],
  atMs: number,
): Promise<void> => {
  if (resources.length === 0) return;
  await query(
    `INSERT INTO hookproof.resources (id, product, made, updated_ms)
     SELECT id, product, made, $2 FROM json_populate_recordset(NULL::hookproof.resources, $1)
     ON CONFLICT (id) DO UPDATE SET updated_ms = EXCLUDED.updated_ms`,
    [JSON.stringify(resources.map((made) => ({ id: made.id, product: made.product, made }))), atMs],
  );
};

/** What an id names, as it was made. */
export const readMade = async (query: Query, id: string): Promise<MadeResource | undefined> =>
  (
    await query<{ made: MadeResource }>('SELECT made FROM hookproof.resources WHERE id = $1', [id])
  )[0]?.made;

interface ResourceRow {
  readonly id: string;
  readonly product: string;
  readonly override_status: string | null;
  readonly updated_ms: number;
  readonly object: Readonly<Record<string, unknown>>;
}

export const readResource = async (query: Query, id: string): Promise<Resource | undefined> => {
  const [row] = await query<ResourceRow>(
    `SELECT r.id, r.product, r.override_status, r.updated_ms, e.object
     FROM hookproof.resources r CROSS JOIN LATERAL (
       SELECT object FROM hookproof.events WHERE resource_id = r.id
       ORDER BY sequence DESC LIMIT 1) e
     WHERE r.id = $1`,
    [id],
  );
  return row === undefined
    ? undefined
    : {
        id: row.id,
        product: row.product,
        object: row.object,
        overrideStatus: row.override_status,
        updatedMs: row.updated_ms,
      };
};

export const overrideResource = async (
  query: Query,
  id: string,
  status: string | null,
  atMs: number,
): Promise<boolean> =>
  (
    await query(
      `UPDATE hookproof.resources SET override_status = $2, updated_ms = $3
       WHERE id = $1 RETURNING id`,
      [id, status, atMs],
    )
  ).length > 0;
