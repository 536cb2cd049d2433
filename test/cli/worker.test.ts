import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasPostgres, startPostgres } from '../server/postgres.js';
import type { Server } from '../server/postgres.js';
import { hookproof } from './run.js';
import { KEY, startReady, startRecorder, startServe } from './serving.js';

// A start takes seconds where others keep the machine busy.
vi.setConfig({ testTimeout: 120_000 });

describe('wrong usage of worker ends with 2 and one line', () => {
  test.each([
    ['without a database', [], {}, 'DATABASE_URL'],
    ['with another database', [], { DATABASE_URL: 'mysql://me:hunter2@x' }, 'DATABASE_URL is no'],
    [
      'with a database that is not there',
      [],
      { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:9/x' },
      'PostgreSQL does not answer',
    ],
    ['that delivers nothing', ['--concurrency', '0'], {}, 'Expected a whole number from 1'],
  ])('%s', async (_what, args, env, says) => {
    const { code, stdout, stderr } = await hookproof(['worker', ...args], {
      DATABASE_URL: '',
      ...env,
    });
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(says)]);
    expect(stderr).not.toContain('hunter2');
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  let postgres: Server | undefined;
  let url = '';
  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.database();
  }, 60_000);
  afterAll(async () => postgres?.stop());

  const env = () => ({ DATABASE_URL: url, HOOKPROOF_SECRET: 'at-rest-secret' });

  test('a worker is told that there is no stand-in yet', async () => {
    const { code, stderr } = await hookproof(['worker'], env());
    expect(stderr).toMatch(/^hookproof: .*start hookproof serve.*\n$/);
    expect(code).toBe(2);
  });

  test('serve leaves deliveries to workers, which keep its policy', async () => {
    const receiver = await startRecorder();
    const args = ['--concurrency', '0', '--policy', 'five', '--hook', receiver.url, '--key', KEY];
    const { control } = await startServe(args, { env: env() });
    await control('/emit', { event: 'checks.finished', count: 20 });
    expect(receiver.taken).toEqual([]);
    const workers = [await startReady(['worker'], env()), await startReady(['worker'], env())];
    expect(workers.map(({ line }) => JSON.parse(line) as unknown)).toEqual([
      { ready: true },
      { ready: true },
    ]);
    await receiver.count(20);
    expect(new Set(receiver.taken.map(({ eventId }) => eventId)).size).toBe(20);
    expect(receiver.taken.every(({ genuine }) => genuine)).toBe(true);
    const { policy } = await control<{ policy: { attemptsMax: number } }>('/state');
    expect(policy.attemptsMax).toBe(5);
    for (const { stop } of workers) expect((await stop()).code).toBe(0);
    for (const { output } of workers) expect(output.stderr).not.toMatch(/at-rest-secret|eyJ/);
  });

  test('a worker with another secret is refused', async () => {
    const { stop } = await startServe(['--concurrency', '0'], { env: env() });
    await stop();
    const { code, stderr } = await hookproof(['worker'], { ...env(), HOOKPROOF_SECRET: 'other' });
    expect(stderr).toMatch(/^hookproof: .*HOOKPROOF_SECRET.*\n$/);
    expect(code).toBe(2);
  });
});
