/** What the API says where its store takes nothing, and that nothing is lost by it. */
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { apiOf, callerOf } from './api-lab.js';
import { hasPostgres, startPostgres } from './postgres.js';
import { listenFor, openFor } from './stand-in.js';

const open = async () => {
  const server = await startPostgres();
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
  const { server, url, receiver, control } = await open();
  onTestFinished(async () => server.stop());
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
