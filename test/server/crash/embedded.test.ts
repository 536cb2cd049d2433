import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFolder } from '../../cli/run.js';
import { KEY, startServe } from '../../cli/serving.js';
import { compareBooks, readLedger, readMails, settled } from './accounts.js';
import { createPoints, short } from './points.js';
import { retrying, telling } from './policies.js';
import { openCountingReceiver, percentile } from './receiver.js';

const CONCURRENCY = 8;

test('killed at random points, an embedded stand-in loses no event', async () => {
  const { events, kills } = short ? { events: 100, kills: 3 } : { events: 1000, kills: 20 };
  // Six in ten are taken at once, three at the second attempt, one never.
  const receiver = await openCountingReceiver((id, nth) => {
    if (percentile(id) < 10) return 500;
    return percentile(id) < 40 && nth === 1 ? 503 : 200;
  });
  const folder = await createFolder();
  const policy = join(folder, 'policy.json');
  await writeFile(policy, JSON.stringify(retrying));
  const args = [
    ...['--data', join(folder, 'data'), '--hook', receiver.url, '--policy', policy],
    ...['--concurrency', String(CONCURRENCY), '--key', KEY],
  ];
  let serve = await startServe(args);
  await serve.control('/emit', { event: 'checks.finished', count: events });
  for (const point of createPoints({ kills, below: events * 1.3, seed: 1 })) {
    await receiver.reached(point);
    await serve.stop('SIGKILL');
    serve = await startServe(args);
  }
  const { deliveries } = await settled(serve, 60_000);
  const ledger = await readLedger(serve);
  const { withoutRow, withoutAttempt, rows } = compareBooks(ledger, receiver);
  process.stdout.write(
    `${kills} kills, ${rows} attempts with a row, ${withoutRow} in the air at a kill without one\n`,
  );
  expect(deliveries.delivered + deliveries.exhausted).toBe(events);
  expect(receiver.seen.size).toBe(events);
  expect(deliveries.exhausted).toBe(
    [...receiver.seen.keys()].filter((id) => percentile(id) < 10).length,
  );
  expect(withoutAttempt).toBe(0);
  expect(withoutRow).toBeLessThanOrEqual(kills * CONCURRENCY);
  await serve.stop();
  expect(serve.output.stderr).not.toContain(KEY);
}, 240_000);

test('a receiver that is gone for two schedules of retries gets everything in the end', async () => {
  const receiver = await openCountingReceiver(() => 200);
  const folder = await createFolder();
  const policy = join(folder, 'policy.json');
  await writeFile(policy, JSON.stringify(telling));
  const args = [
    ...['--data', join(folder, 'data'), '--hook', receiver.url, '--policy', policy],
    ...['--clock', 'test', '--key', KEY],
  ];
  let serve = await startServe(args);
  await receiver.shut();
  // 341 minutes, an event every 11 of them, and a kill in the middle.
  for (let event = 0; event < 31; event++) {
    await serve.control('/emit', { event: 'checks.finished' });
    await serve.control('/clock/advance', { by: '11min' });
    if (event !== 15) continue;
    await serve.stop('SIGKILL');
    serve = await startServe(args);
  }
  const { rows: hooks } = await serve.control<{
    readonly rows: readonly { readonly id: string; readonly status: string }[];
  }>('/hooks');
  const [hook] = hooks;
  expect(hook?.status).toBe('disabled');
  await receiver.open();
  await serve.control(`/hooks/${hook?.id}/enable`, {});
  await serve.control('/clock/advance', { by: '3h' });
  const { deliveries } = await settled(serve, 5000);
  expect(deliveries).toMatchObject({ delivered: 31, exhausted: 0, dropped: 0, held: 0 });
  expect(receiver.seen.size).toBe(31);
  const ledger = await readLedger(serve);
  expect(ledger.filter(({ kind }) => kind === 'disabled')).toHaveLength(1);
  expect((await readMails(serve)).map(({ kind, role }) => `${kind} ${role}`).toSorted()).toEqual([
    'disabled creator',
    'disabled owner',
  ]);
}, 60_000);
