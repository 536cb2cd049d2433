/** Deliveries, on both stores and both clocks. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { deferred } from '../../simulator/core/deferred.js';
import { createPolicy, policies } from '../../simulator/core/policy.js';
import type { StandIn } from '../../simulator/server/stand-in.js';
import type { StandInOptions } from '../../simulator/server/options.js';
import { type Server, hasPostgres, startPostgres } from './postgres.js';
import { listenFor, openFor } from './stand-in.js';

const HOUR_MS = 3_600_000;

const namesOf = async (standIn: StandIn): Promise<readonly string[]> =>
  (await standIn.ledger({ limit: 1000 })).rows.map((entry) =>
    entry.kind === 'attempt' ? `${entry.attempt} ${entry.next}` : entry.kind,
  );

/** Resolves when somebody waits for such a lock. */
const waitingFor = async (client: pg.Client, which: string): Promise<void> => {
  for (;;) {
    const { rowCount } = await client.query(`SELECT FROM pg_locks WHERE NOT granted AND ${which}`);
    if (rowCount !== 0) return;
  }
};

/** A stand-in in real time on a PostgreSQL of its own, and somebody else who is connected there. */
const openBeside = async (changes: Partial<StandInOptions>) => {
  const server = await startPostgres();
  onTestFinished(async () => server.stop());
  const url = await server.database();
  const standIn = await openFor({ ...changes, database: { kind: 'postgres', url }, clock: 'real' });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return { standIn, client };
};

const web = (subscriberUrl: string) =>
  ({ eventType: 'all', subscriberType: 'web', subscriberUrl }) as const;

describe.each([
  { kind: 'embedded', isThere: true },
  { kind: 'postgres', isThere: hasPostgres },
] as const)('on $kind', ({ kind, isThere }) => {
  describe.skipIf(!isThere)('where it is installed', () => {
    let server: Server | undefined;
    beforeAll(async () => {
      if (kind === 'postgres') server = await startPostgres();
    });
    afterAll(async () => server?.stop());

    const open = async (changes: Partial<StandInOptions> = {}): Promise<StandIn> =>
      openFor({
        ...changes,
        database:
          server === undefined
            ? { kind: 'embedded', folder: undefined }
            : { kind: 'postgres', url: await server.database() },
      });

    test('delivers at once, and tries again as time goes by', async () => {
      const receiver = await listenFor();
      const standIn = await open();
      const hook = await standIn.hooks.create(web(receiver.url));
      const first = await standIn.emit({ event: 'checks.finished' });
      expect(first.deliveries).toMatchObject([
        { hookId: hook.id, status: 'delivered', attempts: 1 },
      ]);
      expect(first.events).toMatchObject([{ deliveryStatus: 'success', deliveryAttempts: 1 }]);
      receiver.answer(500);
      const startMs = standIn.clock.nowMs();
      const second = await standIn.emit({ event: 'checks.created' });
      expect(await standIn.clock.nextDueMs()).toBe(startMs + 30_000);
      await expect(standIn.clock.advance(3 * HOUR_MS)).resolves.toEqual({
        nowMs: startMs + 3 * HOUR_MS,
        attempts: 5,
      });
      const attempts = await standIn.events.attemptsOf(second.events[0]?.id ?? '');
      expect(attempts.map(({ startedMs, next }) => [startedMs - startMs, next])).toEqual([
        [0, 'retry'],
        [30_000, 'retry'],
        [150_000, 'retry'],
        [630_000, 'retry'],
        [2_550_000, 'retry'],
        [10_230_000, 'exhausted'],
      ]);
      expect(receiver.bodies).toHaveLength(7);
      expect(new Set(receiver.bodies).size).toBe(7);
    });

    test('tries again a little later where it is given jitter, and never earlier', async () => {
      const receiver = await listenFor();
      receiver.answer(500);
      const standIn = await open({ jitter: 0.5 });
      await standIn.hooks.create(web(receiver.url));
      const startMs = standIn.clock.nowMs();
      await standIn.emit({ event: 'checks.finished', count: 8 });
      const { rows } = await standIn.ledger();
      const laterMs = rows.map((entry) =>
        entry.kind === 'attempt' ? (entry.retryAtMs ?? 0) - startMs - 30_000 : Number.NaN,
      );
      expect(laterMs.every((late) => late >= 0 && late <= 15_000)).toBe(true);
      expect(new Set(laterMs).size).toBeGreaterThan(4);
      const dueMs = Math.min(...laterMs) + 30_000;
      expect(await standIn.clock.nextDueMs()).toBe(startMs + dueMs);
    });

    test('has no more in the air at a hook than it allows', async () => {
      let inAir = 0;
      let most = 0;
      const receiver = await listenFor(async () => {
        most = Math.max(most, ++inAir);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inAir -= 1;
      });
      const standIn = await open({ clock: 'real', concurrency: 8 });
      await standIn.hooks.create({ ...web(receiver.url), concurrency: 2 });
      await standIn.emit({ event: 'checks.finished', count: 12 });
      await expect
        .poll(async () => (await standIn.totals()).deliveries.delivered, { timeout: 10_000 })
        .toBe(12);
      expect(most).toBe(2);
    });

    test('disables a hook once, tells creator and owner, and enables it with a clear window', async () => {
      const receiver = await listenFor();
      receiver.answer(500);
      const standIn = await open();
      const hook = await standIn.hooks.create({
        ...web(receiver.url),
        creatorAddress: 'one@example.com',
        ownerAddress: 'one@example.com',
      });
      await standIn.emit({ event: 'checks.finished', count: 12 });
      const disabled = await standIn.hooks.find(hook.id);
      expect(disabled).toMatchObject({
        status: 'disabled',
        disabledReason: 'rule',
        window: { failed: 10, total: 10, waiting: 0 },
      });
      expect(await namesOf(standIn)).toEqual([
        ...Array.from({ length: 9 }, () => '1 retry'),
        '1 dropped',
        'disabled',
        ...Array.from({ length: 11 }, () => 'dropped'),
        'mail',
      ]);
      const { rows: mails } = await standIn.mails.list();
      expect(mails.map(({ role, to, sentMs }) => [role, to, sentMs])).toEqual([
        ['owner', 'one@example.com', null],
        ['creator', 'one@example.com', null],
      ]);
      const missed = await standIn.emit({ event: 'checks.finished' });
      expect(missed.deliveries).toMatchObject([{ status: 'dropped', attempts: 0 }]);
      expect((await namesOf(standIn)).at(-1)).toBe('missed');
      receiver.answer(200);
      const enabled = await standIn.hooks.update(hook.id, { status: 'enabled' });
      expect(enabled).toMatchObject({ status: 'enabled', window: { failed: 0, total: 0 } });
      const again = await standIn.resend(missed.events[0]?.id ?? '');
      expect(again).toMatchObject([{ status: 'delivered', resend: true }]);
      const event = await standIn.events.find(missed.events[0]?.idempotencyKey ?? '');
      expect(event).toMatchObject({ deliveryStatus: 'success', deliveryAttempts: 1 });
      expect((await standIn.hooks.find(hook.id))?.window.total).toBe(0);
    });

    test('holds what is due for a disabled hook until it is enabled', async () => {
      const receiver = await listenFor();
      const standIn = await open({ policy: createPolicy({ onDisable: 'hold' }) });
      const hook = await standIn.hooks.create(web(receiver.url));
      receiver.answer(500);
      await standIn.emit({ event: 'checks.created' });
      await standIn.hooks.update(hook.id, { status: 'disabled' });
      await standIn.emit({ event: 'checks.finished' });
      await standIn.clock.advance(HOUR_MS);
      expect((await standIn.hooks.find(hook.id))?.window.waiting).toBe(2);
      receiver.answer(200);
      await standIn.hooks.update(hook.id, { status: 'enabled' });
      expect(await namesOf(standIn)).toEqual([
        '1 retry',
        'disabled',
        'enabled',
        '1 delivered',
        '2 delivered',
      ]);
    });

    test('gives up what was held for a hook that is removed', async () => {
      const receiver = await listenFor();
      const standIn = await open({ policy: createPolicy({ onDisable: 'hold' }) });
      const hook = await standIn.hooks.create(web(receiver.url));
      await standIn.hooks.update(hook.id, { status: 'disabled' });
      const { events } = await standIn.emit({ event: 'checks.finished' });
      await standIn.hooks.remove(hook.id);
      expect(await standIn.totals()).toMatchObject({ deliveries: { held: 0, dropped: 1 } });
      expect(await standIn.events.find(events[0]?.id ?? '')).toMatchObject({
        deliveryStatus: 'failure',
      });
    });

    test('gives up what was in the air when its hook was removed', async () => {
      let arrive = (): void => undefined;
      const arrived = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      let answer = (): void => undefined;
      const answered = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const receiver = await listenFor(async () => {
        arrive();
        await answered;
      });
      receiver.answer(500);
      const standIn = await open({ policy: createPolicy({ onDisable: 'hold' }), clock: 'real' });
      const hook = await standIn.hooks.create(web(receiver.url));
      await standIn.emit({ event: 'checks.finished' });
      await arrived;
      await standIn.hooks.remove(hook.id);
      answer();
      await expect.poll(async () => namesOf(standIn), { timeout: 10_000 }).toEqual(['1 dropped']);
      expect(await standIn.totals()).toMatchObject({ deliveries: { held: 0, dropped: 1 } });
    });

    test('leaves nothing behind what a disabled hook with an order is no longer sent', async () => {
      const receiver = await listenFor();
      const standIn = await open({ policy: createPolicy({ onDisable: 'send' }) });
      const hook = await standIn.hooks.create({ ...web(receiver.url), ordered: true });
      receiver.answer(500);
      await standIn.emit({ event: 'checks.created', count: 4 });
      await standIn.hooks.update(hook.id, { status: 'disabled' });
      receiver.answer(200);
      await standIn.clock.advance(HOUR_MS);
      expect(await namesOf(standIn)).toEqual([
        '1 retry',
        'disabled',
        '2 delivered',
        ...['missed', 'missed', 'missed'],
      ]);
      expect(await standIn.totals()).toMatchObject({ deliveries: { waiting: 0 } });
    });

    test('disables the whole account where the scope says so', async () => {
      const receiver = await listenFor();
      const standIn = await open({ policy: createPolicy({ scope: 'account', attemptsMin: 2 }) });
      const good = await standIn.hooks.create({ ...web(receiver.url), eventType: 'signal' });
      const bad = await standIn.hooks.create({ ...web(receiver.url), eventType: 'check' });
      await standIn.hooks.setFault(bad.id, { outcome: { kind: 'timeout' }, times: null });
      await standIn.emit({ event: 'checks.finished', count: 2 });
      const { rows } = await standIn.hooks.list();
      expect(rows.map(({ id, disabledReason }) => [id, disabledReason])).toEqual([
        [good.id, 'account'],
        [bad.id, 'rule'],
      ]);
      expect((await standIn.mails.list()).rows).toHaveLength(2);
    });

    test('plays a fault as often as it was told to', async () => {
      const receiver = await listenFor();
      const standIn = await open();
      const hook = await standIn.hooks.create(web(receiver.url));
      await standIn.hooks.setFault(hook.id, { outcome: { kind: 'tls' }, times: 2 });
      const { events } = await standIn.emit({ event: 'checks.finished' });
      await standIn.clock.advance(HOUR_MS);
      const attempts = await standIn.events.attemptsOf(events[0]?.id ?? '');
      expect(attempts.map(({ outcome }) => outcome.kind)).toEqual([
        'failure',
        'failure',
        'response',
      ]);
      expect((await standIn.hooks.find(hook.id))?.fault).toBeNull();
      expect(receiver.bodies).toHaveLength(1);
    });

    test('keeps the password of a URL out of its attempts', async () => {
      const receiver = await listenFor();
      const standIn = await open();
      await standIn.hooks.create(web(receiver.url.replace('//', '//user:pa55@')));
      await standIn.emit({ event: 'checks.finished' });
      const { rows } = await standIn.ledger();
      expect(rows).toMatchObject([{ request: { url: receiver.url.replace('//', '//…@') } }]);
    });

    test('keeps the order of a hook that wants it', async () => {
      const receiver = await listenFor();
      const standIn = await open();
      const hook = await standIn.hooks.create({ ...web(receiver.url), ordered: true });
      await standIn.hooks.setFault(hook.id, { outcome: { kind: 'reset' }, times: 1 });
      const { events } = await standIn.emit({ event: 'checks.created', count: 3 });
      expect(receiver.bodies).toHaveLength(0);
      await standIn.clock.advance(30_000);
      const { rows } = await standIn.ledger();
      const ids = rows.flatMap((entry) => (entry.kind === 'attempt' ? entry.eventIds : []));
      const [first, second, third] = events.map(({ id }) => id);
      expect(ids).toEqual([first, first, second, third]);
    });

    test('lets a resource live its usual course, with what was set', async () => {
      const receiver = await listenFor();
      const standIn = await open();
      await standIn.hooks.create(web(receiver.url));
      const life = await standIn.lifecycle({
        product: 'checks',
        set: { 'object.country': 'MX', 'object.score': 0.5 },
      });
      expect(life.scheduled.map(({ name }) => name)).toEqual(['checks.started', 'checks.finished']);
      await standIn.clock.advance(2 * 60_000);
      const [id = ''] = life.resourceIds;
      await expect(standIn.resources.find(id)).resolves.toMatchObject({
        product: 'checks',
        object: { status: 'completed', country: 'MX', score: 0.5 },
      });
      const { rows } = await standIn.events.list({ search: id });
      expect(rows.map(({ name }) => name)).toEqual([
        'checks.finished',
        'checks.started',
        'checks.created',
      ]);
      const later = await standIn.emit({ event: 'checks.delayed', resource: id });
      expect(later.events[0]?.object['national_id']).toBe(rows[0]?.object['national_id']);
    });

    test('refuses a place that an event has not, and names the nearest', async () => {
      const standIn = await open();
      await expect(
        standIn.emit({ event: 'checks.created', set: { 'object.statsu': 1 } }),
      ).rejects.toMatchObject({
        code: 'unknown_path',
        remedy: "did you mean 'object.status'?",
      });
      expect((await standIn.events.list()).rows).toEqual([]);
    });

    test('mails the updates of an e-mail hook, and hands them over once', async () => {
      const sent: string[] = [];
      let refusals = 1;
      const mailer = {
        send: async ({ to }: { readonly to: string }) => {
          if (refusals-- > 0) throw new Error('not now');
          sent.push(to);
        },
        close: () => undefined,
      };
      const standIn = await open({ mailer });
      await standIn.hooks.create({
        eventType: 'check',
        subscriberType: 'email',
        subscriberAddress: 'somebody@example.com',
      });
      const { deliveries } = await standIn.emit({ event: 'checks.finished' });
      expect(deliveries).toEqual([]);
      expect((await standIn.mails.list()).rows).toMatchObject([
        { kind: 'update', sentMs: null, error: 'not now' },
      ]);
      await standIn.clock.advance(HOUR_MS);
      expect(sent).toEqual(['somebody@example.com']);
      expect((await standIn.mails.list()).rows).toMatchObject([{ error: null }]);
    });

    test('waits for no mail server that hangs, and keeps what it has not taken', async () => {
      const taken: string[] = [];
      const release = deferred<void>();
      const mailer = {
        send: async ({ to }: { readonly to: string }) => {
          await release.promise;
          taken.push(to);
        },
        close: () => undefined,
      };
      const standIn = await open({ mailer });
      onTestFinished(() => release.resolve());
      for (const subscriberAddress of ['one@example.com', 'other@example.com']) {
        await standIn.hooks.create({
          eventType: 'check',
          subscriberType: 'email',
          subscriberAddress,
        });
      }
      await standIn.emit({ event: 'checks.created' });
      const sinceMs = performance.now();
      await standIn.emit({ event: 'checks.started' });
      await standIn.clock.advance(HOUR_MS);
      // Two that waited would take longer: the first has found out for them.
      expect(performance.now() - sinceMs).toBeLessThan(4000);
      expect(taken).toEqual([]);
      release.resolve();
      await expect.poll(() => taken, { timeout: 10_000 }).toHaveLength(4);
      expect(taken).toEqual(['one', 'other', 'one', 'other'].map((name) => `${name}@example.com`));
      await expect
        .poll(async () => (await standIn.mails.list()).rows.map(({ sentMs }) => sentMs !== null))
        .toEqual([true, true, true, true]);
    });

    test('delivers in real time, and tries again by a compressed policy', async () => {
      const receiver = await listenFor();
      receiver.answer(503);
      const policy = createPolicy({ ...policies.documented, delaysMs: [40, 80, 120, 160, 200] });
      const standIn = await open({ clock: 'real', policy });
      await standIn.hooks.create(web(receiver.url));
      const { events } = await standIn.emit({ event: 'checks.finished' });
      const [event] = events;
      await expect
        .poll(async () => (await standIn.events.find(event?.id ?? ''))?.deliveryStatus, {
          timeout: 10_000,
        })
        .toBe('failure');
      const attempts = await standIn.events.attemptsOf(event?.id ?? '');
      expect(attempts.map(({ attempt, next }) => [attempt, next])).toEqual([
        [1, 'retry'],
        [2, 'retry'],
        [3, 'retry'],
        [4, 'retry'],
        [5, 'retry'],
        [6, 'exhausted'],
      ]);
      for (const [index, { startedMs }] of attempts.entries()) {
        const dueMs = attempts[index - 1]?.retryAtMs ?? startedMs;
        expect(startedMs).toBeGreaterThanOrEqual(dueMs);
      }
    });
  });
});

test.skipIf(!hasPostgres)(
  'what happens while a hook is being enabled is not held for ever',
  async () => {
    const { standIn, client: other } = await openBeside({
      policy: createPolicy({ onDisable: 'hold' }),
    });
    const receiver = await listenFor();
    const hook = await standIn.hooks.create({ ...web(receiver.url), status: 'disabled' });
    // Enabling writes this table last: it stays half done for as long as another has it.
    await other.query('BEGIN; LOCK TABLE hookproof.incidents IN EXCLUSIVE MODE');
    const enabling = standIn.hooks.update(hook.id, { status: 'enabled' });
    await waitingFor(other, `relation = 'hookproof.incidents'::regclass`);
    const emitting = standIn.emit({ event: 'checks.finished' });
    await Promise.race([emitting, waitingFor(other, `locktype = 'transactionid'`)]);
    await other.query('COMMIT');
    await other.end();
    await Promise.all([enabling, emitting]);
    await expect.poll(() => receiver.bodies, { timeout: 10_000 }).toHaveLength(1);
  },
);

test.skipIf(!hasPostgres)(
  'an attempt that a full disk keeps from being written is written when there is room, not made again',
  async () => {
    const logged: string[] = [];
    const silent = (): void => undefined;
    const { standIn, client: other } = await openBeside({
      log: {
        ...{ debug: silent, info: silent, warn: silent },
        error: (facts) => logged.push(JSON.stringify(facts)),
      },
    });
    const receiver = await listenFor();
    await standIn.hooks.create(web(receiver.url));
    await other.query(`CREATE FUNCTION be_full() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON hookproof.attempts EXECUTE FUNCTION be_full()`);
    await standIn.emit({ event: 'checks.finished' });
    await expect.poll(() => logged.length, { timeout: 10_000 }).toBeGreaterThan(1);
    await other.query('DROP TRIGGER full_disk ON hookproof.attempts');
    await other.end();
    await expect.poll(async () => namesOf(standIn), { timeout: 10_000 }).toEqual(['1 delivered']);
    expect(receiver.bodies).toHaveLength(1);
  },
);
