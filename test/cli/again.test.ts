/** The command that a report gives to run one case again. */
import { exec } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { commandAgain } from '../../cli/commands/again.js';
import type { DecidingFlags } from '../../cli/commands/again.js';
import type { RunResult } from '../../contracts/index.js';
import { hookproof } from './run.js';

const usual: DecidingFlags = {
  probeSettle: 1000,
  contentType: 'application/jwt',
  idempotencyKey: 'id',
  concurrency: 16,
  timeout: 3000,
  insecure: false,
};

const again = (url: string | undefined, flags: Partial<DecidingFlags> = {}): string =>
  commandAgain(url, { ...usual, ...flags }, { id: 'verification/alg-none', seed: 7 });

const HERE = 'http://127.0.0.1:3000/hook';
const END = '--only verification/alg-none --seed 7';

describe('the command', () => {
  test.each<readonly [string, string | undefined, Partial<DecidingFlags>, string]>([
    ['a URL', HERE, {}, HERE],
    ['a URL with a query', `${HERE}?a=1&b=2`, {}, `'${HERE}?a=1&b=2'`],
    ['a URL with a quote', `${HERE}/it's`, {}, String.raw`'${HERE}/it'\''s'`],
    ['a URL with a password', 'http://me:secret@a.test/', {}, "'http://…@a.test/'"],
    ['the demo', undefined, { demo: true }, '--demo'],
    ['a mutant', undefined, { demo: 'accepts-alg-none' }, '--demo=accepts-alg-none'],
    ['a probe', HERE, { probe: `${HERE}?id={eventId}` }, `${HERE} --probe '${HERE}?id={eventId}'`],
    ['a path in its answer', HERE, { probeCount: '$.n' }, `${HERE} --probe-count '$.n'`],
    ['a command', HERE, { probeCmd: 'PGPASSWORD=secret psql' }, `${HERE} --probe-cmd '…'`],
    ['a settle time', HERE, { probeSettle: 2500 }, `${HERE} --probe-settle 2500ms`],
    ['a time-out', HERE, { timeout: 500 }, `${HERE} --timeout 500ms`],
    ['a sink', HERE, { sinkListen: 4000 }, `${HERE} --sink-listen 4000`],
    ['products', HERE, { products: ['checks', 'signals'] }, `${HERE} --products checks,signals`],
    ['a key field', HERE, { idempotencyKey: 'both' }, `${HERE} --idempotency-key both`],
    [
      'a content type',
      HERE,
      { contentType: 'text/plain; charset=utf-8' },
      `${HERE} --content-type 'text/plain; charset=utf-8'`,
    ],
    [
      'headers, without their values',
      HERE,
      {
        header: [
          ['Authorization', 'Bearer secret'],
          ['X-A', 'secret'],
        ],
      },
      `${HERE} --header 'Authorization: …' --header 'X-A: …'`,
    ],
    [
      'an address and a host',
      HERE,
      { resolve: { 'a.test:443': '10.0.0.1' }, allowHost: ['a.test'], insecure: true },
      `${HERE} --insecure --resolve a.test:443:10.0.0.1 --allow-host a.test`,
    ],
  ])('keeps %s', (_what, url, flags, words) => {
    const command = again(url, flags);
    expect(command).toBe(`hookproof verify ${words} ${END}`);
    expect(command).not.toContain('secret');
  });
});

test('runs the case again, and finds the same', async () => {
  const first = await hookproof([
    ...['verify', '--demo=accepts-alg-none', '--only', 'verification/alg-none*'],
    ...['--seed', '7', '--report', 'json'],
  ]);
  const { cases } = JSON.parse(first.stdout) as RunResult;
  const failed = cases.find(({ verdict }) => verdict === 'failed');
  const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
  const command = failed?.reproduce.replace('hookproof', `"${process.execPath}" "${binary}"`);
  const run = promisify(exec)(`${command} --json`);
  const second = (await run.catch((error: unknown) => error)) as {
    readonly code: number;
    readonly stdout: string;
  };
  expect(second.code).toBe(1);
  const { now } = JSON.parse(second.stdout) as { readonly now: unknown };
  expect(now).toMatchObject({ id: failed?.id, verdict: 'failed', actual: failed?.actual });
});
