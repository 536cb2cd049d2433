import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFolder } from '../../cli/run.js';
import { postgresMissing, startPostgres } from '../postgres.js';
import { compareBooks, readLedger, readMails, settled } from './accounts.js';
import { createPoints, short } from './points.js';
import { retrying, tripping } from './policies.js';
import { startServe, startWorker } from './processes.js';
import { openCountingReceiver, percentile } from './receiver.js';

const CONCURRENCY = 4;
const WORKERS = 3;

/** A server that leaves deliveries to three workers. */
const openCluster = async (hook: string, policy: object) => {
  const postgres = await startPostgres();
  const folder = await createFolder();
  const file = join(folder, 'policy.json');
  await writeFile(file, JSON.stringify(policy));
  const env = { DATABASE_URL: postgres.url };
  const args = ['--data', folder, '--hook', hook, '--policy', file, '--concurrency', '0'];
  const { control } = await startServe(args, env);
  const work = async () => startWorker(['--concurrency', String(CONCURRENCY)], env);
  const workers = await Promise.all(Array.from({ length: WORKERS }, work));
  return { postgres, control, workers, work };
};

describe.skipIf(postgresMissing !== undefined)('workers on PostgreSQL', () => {
  test('one of three is killed again and again, and no event is lost', async () => {
    const { events, kills } = short ? { events: 300, kills: 5 } : { events: 1000, kills: 20 };
    const receiver = await openCountingReceiver((id, nth) => {
      if (percentile(id) < 10) return 500;
      return percentile(id) < 40 && nth === 1 ? 503 : 200;
    });
    const { control, workers, work } = await openCluster(receiver.url, retrying);
    await control.post('/emit', { event: 'checks.finished', count: events });
    const points = createPoints({ kills, below: events * 1.5, seed: 2 });
    for (const [index, point] of points.entries()) {
      await receiver.reached(point);
      await workers[index % WORKERS]?.kill('SIGKILL');
      workers[index % WORKERS] = await work();
    }
    const { deliveries } = await settled(control, 60_000);
    const { withoutRow, withoutAttempt, rows } = compareBooks(await readLedger(control), receiver);
    console.log(
      `${kills} kills, ${rows} attempts with a row, ${withoutRow} in the air without one`,
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
    const { postgres, control } = await openCluster(receiver.url, retrying);
    await control.post('/emit', { event: 'checks.finished', count: 200 });
    await receiver.reached(60);
    await postgres.stop();
    await postgres.start();
    const { deliveries } = await settled(control, 60_000);
    const { withoutRow, withoutAttempt } = compareBooks(await readLedger(control), receiver);
    console.log(`${withoutRow} attempts in the air without a row`);
    expect(deliveries).toMatchObject({ delivered: 200, exhausted: 0, waiting: 0 });
    expect(withoutAttempt).toBe(0);
    expect(withoutRow).toBeLessThanOrEqual(WORKERS * CONCURRENCY);
  }, 120_000);

  test('many workers decide at the same instant, and the hook is disabled once', async () => {
    const receiver = await openCountingReceiver(() => 500);
    const { control } = await openCluster(receiver.url, tripping);
    await control.post('/emit', { event: 'checks.finished', count: 100 });
    await expect
      .poll(async () => (await readMails(control)).map(({ role }) => role).toSorted(), {
        timeout: 20_000,
      })
      .toEqual(['creator', 'owner']);
    await settled(control, 20_000);
    const ledger = await readLedger(control);
    expect(ledger.filter(({ kind }) => kind === 'disabled')).toHaveLength(1);
    expect(await readMails(control)).toHaveLength(2);
  }, 120_000);
});
