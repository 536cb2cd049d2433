import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolder } from '../../cli/run.js';
import { KEY, startReady, startServe } from '../../cli/serving.js';
import { type Server, hasPostgres, startPostgres } from '../postgres.js';
import { compareBooks, readLedger, readMails, settled } from './accounts.js';
import { createPoints, short } from './points.js';
import { retrying, tripping } from './policies.js';
import { openCountingReceiver, percentile } from './receiver.js';

const CONCURRENCY = 4;
const WORKERS = 3;

let postgres: Server | undefined;

/** A server that leaves deliveries to three workers. */
const openCluster = async (hook: string, policy: object) => {
  const folder = await createFolder();
  const file = join(folder, 'policy.json');
  await writeFile(file, JSON.stringify(policy));
  const env = { DATABASE_URL: await postgres?.database() };
  const args = ['--data', folder, '--hook', hook, '--policy', file, '--concurrency', '0'];
  const serve = await startServe([...args, '--key', KEY], { env });
  const work = async () => startReady(['worker', '--concurrency', String(CONCURRENCY)], env);
  const workers = await Promise.all(Array.from({ length: WORKERS }, work));
  return { serve, workers, work };
};

describe.skipIf(!hasPostgres)('workers on PostgreSQL', () => {
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(async () => postgres?.stop());

  test('one of three is killed again and again, and no event is lost', async () => {
    const { events, kills } = short ? { events: 150, kills: 3 } : { events: 1000, kills: 20 };
    const receiver = await openCountingReceiver((id, nth) => {
      if (percentile(id) < 10) return 500;
      return percentile(id) < 40 && nth === 1 ? 503 : 200;
    });
    const { serve, workers, work } = await openCluster(receiver.url, retrying);
    await serve.control('/emit', { event: 'checks.finished', count: events });
    const points = createPoints({ kills, below: events * 1.3, seed: 2 });
    for (const [index, point] of points.entries()) {
      await receiver.reached(point);
      await workers[index % WORKERS]?.stop('SIGKILL');
      workers[index % WORKERS] = await work();
    }
    const { deliveries } = await settled(serve, 60_000);
    const { withoutRow, withoutAttempt, rows } = compareBooks(await readLedger(serve), receiver);
    process.stdout.write(
      `${kills} kills, ${rows} attempts with a row, ${withoutRow} in the air without one\n`,
    );
    expect(deliveries.delivered + deliveries.exhausted).toBe(events);
    expect(receiver.seen.size).toBe(events);
    expect(withoutAttempt).toBe(0);
    expect(withoutRow).toBeLessThanOrEqual(kills * CONCURRENCY);
  }, 300_000);

  test('PostgreSQL is stopped and started, and the workers go on', async () => {
    const receiver = await openCountingReceiver((id, nth) =>
      percentile(id) < 40 && nth === 1 ? 503 : 200,
    );
    const { serve } = await openCluster(receiver.url, retrying);
    await serve.control('/emit', { event: 'checks.finished', count: 200 });
    await receiver.reached(60);
    await postgres?.pause();
    await postgres?.resume();
    const { deliveries } = await settled(serve, 60_000);
    const { withoutRow, withoutAttempt } = compareBooks(await readLedger(serve), receiver);
    process.stdout.write(`${withoutRow} attempts in the air without a row\n`);
    expect(deliveries).toMatchObject({ delivered: 200, exhausted: 0, waiting: 0 });
    expect(withoutAttempt).toBe(0);
    expect(withoutRow).toBeLessThanOrEqual(WORKERS * CONCURRENCY);
  }, 120_000);

  test('many workers decide at the same instant, and the hook is disabled once', async () => {
    const receiver = await openCountingReceiver(() => 500);
    const { serve } = await openCluster(receiver.url, tripping);
    await serve.control('/emit', { event: 'checks.finished', count: 100 });
    await expect
      .poll(async () => (await readMails(serve)).map(({ role }) => role).toSorted(), {
        timeout: 20_000,
      })
      .toEqual(['creator', 'owner']);
    await settled(serve, 20_000);
    const ledger = await readLedger(serve);
    expect(ledger.filter(({ kind }) => kind === 'disabled')).toHaveLength(1);
    expect(await readMails(serve)).toHaveLength(2);
  }, 120_000);
});
