/** What is told of a whole store is what counting its rows would tell. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createRandom } from '../../simulator/core/random.js';
import {
  type NewDelivery,
  changeDeliveries,
  insertDeliveries,
  putAside,
  releaseHeld,
} from '../../simulator/server/store/deliveries.js';
import { openEmbedded } from '../../simulator/server/store/embedded.js';
import { insertRows } from '../../simulator/server/store/rows.js';
import { migrate } from '../../simulator/server/store/migrations/migrate.js';
import { openPostgres } from '../../simulator/server/store/postgres.js';
import type { Query, Store } from '../../simulator/server/store/store.js';
import { readTotals } from '../../simulator/server/store/totals.js';
import { type Server, hasPostgres, startPostgres } from './postgres.js';

const SEED = 7;

let postgres: Server | undefined;

beforeAll(async () => {
  if (hasPostgres) postgres = await startPostgres();
}, 60_000);
afterAll(async () => postgres?.stop());

const kinds: readonly { kind: string; open: () => Promise<Store> }[] = [
  { kind: 'PGlite', open: async () => openEmbedded({ folder: undefined }) },
  {
    kind: 'PostgreSQL',
    open: async () =>
      // A connection that is being closed may still hear that the server stops.
      openPostgres((await postgres?.database()) ?? '', () => undefined),
  },
];

const openFor = async ({ open }: (typeof kinds)[number]): Promise<Store> => {
  const store = await open();
  onTestFinished(async () => store.close());
  await migrate(store);
  return store;
};

const delivery = (hookId: string): NewDelivery => ({
  hook_id: hookId,
  event_ids: [],
  status: 'waiting',
  resend: false,
  created_ms: 0,
  due_ms: 0,
  job_id: null,
});

const addEvents = async (query: Query, name: string, count: number): Promise<void> => {
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `HKE${name}/${index}`,
    idempotency_key: `HIK${name}/${index}`,
    ...{ product: 'checks', name: 'checks.created', event_type: 'check', event_action: 'created' },
    ...{ resource_id: 'CHK', version: '1', timestamp: '', object: {}, created_ms: 0 },
    ...{ updated_ms: 0, delivery_status: 'pending', delivery_attempts: 0 },
  }));
  await insertRows(query, 'events', rows);
};

/** Some of what a stand-in does, in one transaction; one in five is undone. */
const change = async (store: Store, number: number): Promise<void> => {
  const random = createRandom(SEED).fork(`change ${number}`);
  const hook = random.integer(1, 6);
  const hookId = `HOOK${hook}`;
  const undone = new Error('undone');
  const doing = store.transaction(async (query) => {
    // As a stand-in locks the hook.
    await query('SELECT pg_advisory_xact_lock($1)', [hook]);
    await addEvents(query, String(number), random.integer(1, 4));
    const made = await insertDeliveries(
      query,
      Array.from({ length: random.integer(1, 4) }, () => delivery(hookId)),
    );
    await changeDeliveries(
      query,
      made.map(({ id }) => ({
        id,
        in_air: false,
        status: random.pick(['waiting', 'delivered', 'exhausted']),
      })),
    );
    if (random.integer(0, 3) === 0) await putAside(query, hookId, random.pick(['held', 'dropped']));
    if (random.integer(0, 3) === 0) await releaseHeld(query, hookId, 1);
    if (random.integer(0, 4) === 0) throw undone;
  });
  await doing.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
};

const countRows = async ({ query }: Store) => {
  const [events] = await query<{ count: number }>('SELECT count(*) FROM hookproof.events');
  const rows = await query<{ status: string; count: number }>(
    'SELECT status, count(*) FROM hookproof.deliveries GROUP BY status',
  );
  const none = { waiting: 0, held: 0, delivered: 0, exhausted: 0, dropped: 0 };
  return {
    events: events?.count,
    deliveries: { ...none, ...Object.fromEntries(rows.map((row) => [row.status, row.count])) },
  };
};

/** As a store was before counts were kept. */
const forgetCounts = async (store: Store): Promise<void> => {
  const functions = ['count_events', 'count_deliveries', 'recount_deliveries'];
  await store.script(`DROP TABLE hookproof.counts;
    ${functions.map((name) => `DROP FUNCTION hookproof.${name} CASCADE;`).join('')}
    DROP FUNCTION hookproof.count_in; DELETE FROM hookproof.migrations WHERE version = 3`);
};

const untilBlocked = async ({ query }: Store): Promise<void> => {
  for (;;) {
    const rows = await query(
      `SELECT FROM pg_locks WHERE NOT granted AND relation = 'hookproof.deliveries'::regclass`,
    );
    if (rows.length > 0) return;
  }
};

describe.each(kinds)('on $kind', (kind) => {
  const there = kind.kind === 'PGlite' || hasPostgres;

  test.skipIf(!there)('changes at the same time, some undone, are all counted', async () => {
    const store = await openFor(kind);
    await Promise.all(Array.from({ length: 120 }, async (_, number) => change(store, number)));
    const counted = await countRows(store);
    expect(await readTotals(store.query)).toMatchObject(counted);
    expect(Object.values(counted.deliveries).every((count) => count > 0)).toBe(true);
    const [places] = await store.query<{ count: number }>('SELECT count(*) FROM hookproof.counts');
    // As many as transactions at a time: eight connections, or one, and the row of the beginning.
    expect(places?.count).toBeLessThanOrEqual(kind.kind === 'PGlite' ? 1 : 9);
  });

  test.skipIf(!there)('a store that was made before counts were kept is counted once', async () => {
    const store = await openFor(kind);
    await forgetCounts(store);
    await store.transaction(async (query) => {
      await addEvents(query, 'old', 3);
      await insertDeliveries(query, [delivery('HOOK0'), delivery('HOOK1')]);
      await putAside(query, 'HOOK1', 'held');
    });
    await migrate(store);
    await migrate(store);
    expect(await readTotals(store.query)).toMatchObject({
      events: 3,
      deliveries: { waiting: 1, held: 1, delivered: 0, exhausted: 0, dropped: 0 },
    });
  });
});

test.skipIf(!hasPostgres)(
  'a process that is at work on an older store does not keep a newer one from starting',
  async () => {
    const store = await openFor(kinds[1] ?? expect.unreachable());
    await forgetCounts(store);
    await addEvents(store.query, 'old', 1);
    await insertDeliveries(store.query, [delivery('HOOK0')]);
    let migrating: Promise<void> | undefined;
    // Deliveries and then events, as what ends an attempt writes them.
    const working = store.transaction(async (query) => {
      await query(`UPDATE hookproof.deliveries SET status = 'delivered'`);
      migrating = migrate(store);
      migrating.catch(() => undefined);
      await untilBlocked(store);
      await query('UPDATE hookproof.events SET delivery_attempts = 1');
    });
    await Promise.allSettled([working]);
    await migrating;
    expect(await readTotals(store.query)).toMatchObject(await countRows(store));
  },
);
