/** What the API says where its store takes nothing, and that nothing is lost by it. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../simulator/server/store/postgres.js';
import { CHANNEL } from '../../simulator/server/store/store.js';
import { apiOf, callerOf } from './api-lab.js';
import { hasPostgres, startPostgres } from './postgres.js';
import { listenFor, openFor } from './stand-in.js';

const open = async () => {
  const server = await startPostgres();
  // Before what uses it, so that it is stopped after it.
  onTestFinished(async () => server.stop());
  const url = await server.database();
  const standIn = await openFor({ database: { kind: 'postgres', url }, clock: 'real' });
  const receiver = await listenFor();
  await standIn.hooks.create({
    eventType: 'all',
    subscriberType: 'web',
    subscriberUrl: receiver.url,
  });
  return { server, url, standIn, receiver, ...callerOf(apiOf(standIn)) };
};

test.skipIf(!hasPostgres)('a full disk is told, and what is asked again is done', async () => {
  const { url, receiver, control } = await open();
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query(`CREATE FUNCTION be_full() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON hookproof.events EXECUTE FUNCTION be_full()`);
  const order = { event: 'checks.finished' };
  expect(await control('POST', '/emit', order)).toMatchObject({
    status: 503,
    body: { code: 'store_full', remedy: 'make room there, and ask again' },
  });
  await other.query('DROP TRIGGER full_disk ON hookproof.events');
  await other.end();
  expect((await control('POST', '/emit', order)).status).toBe(200);
  await expect.poll(() => receiver.bodies, { timeout: 10_000 }).toHaveLength(1);
});

test.skipIf(!hasPostgres)(
  'a PostgreSQL that is gone is told, and is no fault of hookproof',
  async () => {
    const { server, control, truora } = await open();
    await server.stop();
    expect(await control('POST', '/emit', { event: 'checks.finished' })).toMatchObject({
      status: 503,
      body: { code: 'store_away' },
    });
    expect(await truora('GET', '/v1/hooks')).toMatchObject({
      status: 503,
      body: { code: 10_503, http_code: 503, message: 'PostgreSQL does not answer' },
    });
  },
);

test.skipIf(!hasPostgres)(
  'a PostgreSQL that is away is asked for one connection after the other, and heard when it is back',
  async () => {
    const server = await startPostgres();
    onTestFinished(async () => server.stop());
    const url = new URL(await server.database());
    const port = Number(url.port);
    const asked: number[] = [];
    let isAway = false;
    const sockets = new Set<Socket>();
    const between = createServer((socket) => {
      socket.on('error', () => undefined);
      if (isAway) {
        asked.push(performance.now());
        socket.destroy();
        return;
      }
      const through = connect(port, url.hostname).on('error', () => socket.destroy());
      for (const one of [socket, through]) sockets.add(one);
      socket.pipe(through).pipe(socket);
    });
    await new Promise<void>((resolve) => {
      between.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => void between.close());
    url.port = String((between.address() as AddressInfo).port);
    const heard: string[] = [];
    const store = await openPostgres(url.href, () => undefined);
    onTestFinished(async () => store.close());
    await store.listen((payload) => heard.push(payload));
    isAway = true;
    for (const socket of sockets) socket.destroy();
    const tries = 5;
    await expect.poll(() => asked.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(tries);
    // Each a quarter of a second after the one before; a timer may be a little early.
    expect((asked[tries - 1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan((tries - 1) * 240);
    isAway = false;
    await expect
      .poll(
        async () => {
          await store.query(`NOTIFY ${CHANNEL}, 'back'`).catch(() => undefined);
          return heard;
        },
        { timeout: 10_000 },
      )
      .toContain('back');
  },
);
