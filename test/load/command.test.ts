/** `hookproof load`, the built binary, against real receivers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LoadResult } from '../../cli/load/record.js';
import { key, startReal, startScripted } from '../cli/receivers.js';
import { createFolder, hookproof, start } from '../cli/run.js';
import { closedPort, httpServer, receive, recorder } from '../sender/servers.js';
import { validTokensIn } from '../verify/check.js';
import { idIn } from './running.js';

const WITH_KEY = { HOOKPROOF_KEY: key };
const load = async (...args: readonly string[]) => hookproof(['load', ...args], WITH_KEY);
const resultOf = ({ stdout }: { readonly stdout: string }): LoadResult =>
  JSON.parse(stdout) as LoadResult;

test('the JSON contract, and as many deliveries as the receiver had', async () => {
  const { origin, received } = await recorder();
  const url = `${origin.replace('//', '//user:secret@')}/hook`;
  const finished = await load(
    url,
    '--count',
    '200',
    '--connections',
    '10',
    '--report',
    'json',
    '--seed',
    '7',
  );
  expect(finished).toMatchObject({ code: 0 });
  const result = resultOf(finished);
  expect(result).toMatchObject({
    schemaVersion: 1,
    seed: 7,
    target: `${origin.replace('//', '//…@')}/hook`,
    model: 'closed',
    requests: 200,
    statuses: { 200: 200 },
    failures: {},
    late: 0,
    lost: 0,
    ends: { answered: 200, unwritten: 0, unknown: 0 },
    effects: null,
    window: { failed: 0, total: 200, inRun: null, forecast: null },
    interrupted: false,
    verdict: 'passed',
  });
  const { p50, p90, p99, p999, max } = result.latencyMs;
  expect([p50, p90, p99, p999, max]).toEqual([p50, p90, p99, p999, max].toSorted((a, b) => a - b));
  expect(p50).toBeGreaterThan(0);
  expect(result.perSecond).toBeCloseTo((1000 * 200) / result.tookMs, 5);
  expect(new Set(received.map(({ body }) => idIn(body))).size).toBe(200);
  expect(received).toHaveLength(200);
  const said = finished.stdout + finished.stderr;
  expect(said).not.toContain(key);
  expect(said).not.toContain('secret');
  expect(validTokensIn(said, key)).toEqual([]);
});

test('the same seed makes the same events, and --json is --report json', async () => {
  const { origin, received } = await recorder();
  for (let turn = 0; turn < 2; turn++) {
    const { stdout } = await load(origin, '--count', '5', '--seed', '3', '--json');
    expect(resultOf({ stdout }).requests).toBe(5);
  }
  const ids = received.map(({ body }) => idIn(body));
  expect(ids.slice(0, 5).toSorted()).toEqual(ids.slice(5).toSorted());
});

test('a rate, several events, and words for people', async () => {
  const { origin, received } = await recorder();
  const { code, stdout } = await load(
    ...[
      origin,
      '--rate',
      '100/s',
      '--duration',
      '500ms',
      '--event',
      'checks.created,truface.failed',
    ],
  );
  expect(code).toBe(0);
  expect(received).toHaveLength(50);
  expect(stdout).toMatch(/deliveries {2}50 in .*, at 100\/s, from when each was due/);
  expect(stdout).toContain('PASSED: every delivery was acknowledged in time');
  expect(stdout).not.toContain('\u001B');
});

describe('effects are looked for after the run', () => {
  test('a right receiver has each once', async () => {
    const { url, recordsOf } = await startReal('express');
    const probe = url.replace('/webhooks/truora', '/records?id={eventId}');
    expect(await recordsOf('HKEnone')).toBe(0);
    const finished = await load(
      url,
      '--count',
      '60',
      '--probe',
      probe,
      '--probe-settle',
      '50ms',
      '--json',
    );
    expect(finished).toMatchObject({ code: 0 });
    expect(resultOf(finished)).toMatchObject({
      lost: 0,
      effects: { checked: 60, oneIn: 1, lost: 0, duplicated: 0 },
    });
  });

  test.each([
    ['asked for each', '?id={eventId}'],
    ['all on one page', ''],
  ])('one that loses and repeats some is found out, %s', async (_name, query) => {
    const ids: string[] = [];
    let turn = 0;
    const { origin } = await httpServer((request, response) => {
      if (request.method === 'GET') {
        const id = new URL(request.url ?? '', 'http://x').searchParams.get('id');
        response.end(JSON.stringify(ids.filter((one) => id === null || one === id)));
        return;
      }
      void receive(request).then(({ body }) => {
        turn += 1;
        if (turn % 10 !== 0) ids.push(idIn(body));
        if (turn % 25 === 1) ids.push(idIn(body));
        response.end();
      });
    });
    const finished = await load(
      ...[origin, '--count', '100', '--probe', `${origin}/records${query}`],
      ...['--probe-settle', '50ms', '--json'],
    );
    expect(finished).toMatchObject({ code: 1 });
    expect(resultOf(finished)).toMatchObject({
      lost: 10,
      failures: {},
      effects: { checked: 100, lost: 10, duplicated: 4 },
      verdict: 'failed',
    });
  });
});

describe('failures', () => {
  test('of all attempts: what the rule makes of it', async () => {
    const { url, received } = await startScripted(() => ({ status: 503 }));
    const finished = await load(url, '--count', '50', '--json', '--policy', 'literal');
    expect(finished.code).toBe(1);
    expect(received).toHaveLength(50);
    const { failures, window, lost } = resultOf(finished);
    expect({ failures, lost }).toEqual({ failures: { status: 50 }, lost: 0 });
    expect(window).toMatchObject({ failed: 50, total: 50, inRun: { failed: 1, total: 1 } });
    // Known: after a healthy hour at a steady rate, a total outage disables in 31 to 32 minutes.
    expect(window.forecast?.disabledAfterMs).toBeGreaterThan(31 * 60_000);
    expect(window.forecast?.disabledAfterMs).toBeLessThan(32 * 60_000);
    const { stdout } = await load(url, '--count', '50');
    expect(stdout).toContain(
      'at this rate and share of failures (100 %) your receiver would be disabled after 31m',
    );
  });

  test('of every other attempt do not disable it', async () => {
    const { url } = await startScripted((turn) => ({ status: turn % 2 === 0 ? 200 : 500 }));
    const finished = await load(url, '--count', '50', '--json');
    expect(finished.code).toBe(1);
    const { window } = resultOf(finished);
    expect(window).toMatchObject({ failed: 25, inRun: null, forecast: { disabledAfterMs: null } });
  });

  test('a dead port is no verdict', async () => {
    const finished = await load(`http://127.0.0.1:${await closedPort()}/`, '--json');
    expect(finished.code).toBe(3);
    expect(resultOf(finished)).toMatchObject({ verdict: 'unreached', failures: { refused: 10 } });
  });

  test('a host that there is not is no verdict', async () => {
    const finished = await load('http://nowhere.invalid/', '--json');
    expect(finished.code).toBe(3);
    expect(resultOf(finished).failures).toEqual({ dns: 10 });
  });
});

test('Ctrl-C ends it with what was measured so far', async () => {
  const { origin, received } = await recorder();
  const { child, finished } = start(['load', origin, '--duration', '60s', '--json'], WITH_KEY);
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect.poll(() => received.length, { timeout: 20_000 }).toBeGreaterThan(100);
  child.kill('SIGINT');
  const { code, stdout } = await finished;
  expect(code).toBe(130);
  const result = resultOf({ stdout });
  expect(result.interrupted).toBe(true);
  expect(result.requests).toBe(received.length);
});

/** One at a time, 10 ms each: some ninety a second, and no more. */
const startNarrow = async () => {
  let busy = Promise.resolve();
  return httpServer((request, response) => {
    void receive(request).then(() => {
      busy = busy.then(
        async () =>
          new Promise((resolve) => {
            setTimeout(resolve, 10);
          }),
      );
      void busy.then(() => response.end());
    });
  });
};

describe('a ramp finds what the receiver can hold', () => {
  test.each([
    ['where answers leave the timeout', '150ms'],
    ['where it falls behind, long before that', '30s'],
  ])('%s', async (_name, timeout) => {
    const { origin } = await startNarrow();
    const finished = await load(
      ...[origin, '--ramp', '--rate', '20/s', '--duration', '1s', '--timeout', timeout, '--json'],
    );
    const { ramp, verdict, ratePerSecond } = resultOf(finished);
    expect(ramp?.heldPerSecond).toBeGreaterThan(0);
    expect(ramp?.brokenPerSecond).toBeLessThanOrEqual(160);
    expect(ramp?.brokenPerSecond).toBeGreaterThan(ramp?.heldPerSecond ?? Infinity);
    expect(ratePerSecond).toBe(ramp?.heldPerSecond);
    expect({ verdict, code: finished.code }).toEqual({ verdict: 'passed', code: 0 });
    const { stdout } = await load(
      ...[origin, '--ramp', '--rate', '160/s', '--duration', '400ms', '--timeout', timeout],
    );
    expect(stdout).toMatch(/broken +160\/s/);
    expect(stdout).toMatch(/limit +.* is held, .*\/s not/);
  });

  test('and none where there is no receiver', async () => {
    const finished = await load(`http://127.0.0.1:${await closedPort()}/`, '--ramp', '--json');
    expect(finished.code).toBe(3);
    expect(resultOf(finished).ramp?.steps).toHaveLength(1);
  });
});

test('an HTML report holds all it needs, and is written whole', async () => {
  const { url } = await startScripted(() => ({ status: 200 }));
  const file = join(await createFolder(), 'load.html');
  const { code, stdout } = await load(url, '--count', '30', '--report', `html=${file}`);
  expect(code).toBe(0);
  expect(stdout).toContain('PASSED');
  const page = await readFile(file, 'utf8');
  expect(page).toContain('Every delivery was acknowledged in time');
  expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
  expect(page).not.toContain(key);
});

describe('wrong usage ends with 2 and one line', () => {
  const URL_HERE = 'http://127.0.0.1:9/hook';
  test.each([
    ['no receiver', [], 'no receiver is named'],
    ['no http', ['ftp://127.0.0.1/'], 'is no http or https URL'],
    ['a public address', ['http://8.8.8.8/'], 'add --allow-host 8.8.8.8'],
    ['an event that there is not', [URL_HERE, '--event', 'checks.finnished'], 'no event named'],
    ['a rate', [URL_HERE, '--rate', 'fast'], 'Expected a rate such as 200/s'],
    ['a rate of nothing', [URL_HERE, '--rate', '0/s'], 'Expected a rate such as 200/s'],
    ['no connections', [URL_HERE, '--connections', '0'], 'Expected a whole number'],
    [
      'a count beside a ramp',
      [URL_HERE, '--ramp', '--count', '5'],
      '--count is given beside --ramp',
    ],
    ['a policy', [URL_HERE, '--policy', 'literl'], 'did you mean literal?'],
    ['a report', [URL_HERE, '--report', 'htm=x'], 'did you mean html?'],
    ['a count without a probe', [URL_HERE, '--probe-count', '$.n'], 'has no probe to count in'],
    ['a placeholder', [URL_HERE, '--probe', 'http://x/{id}'], '{id} in --probe'],
    [
      'a count on a page of all',
      [URL_HERE, '--probe', 'http://x/', '--probe-count', '$.n'],
      '--probe asks for none',
    ],
  ])('%s', async (_name, args, message) => {
    const { code, stdout, stderr } = await load(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('no key', async () => {
    const { code, stderr } = await hookproof(['load', URL_HERE]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('the signing key is missing') as unknown,
    });
  });
});

test('nothing is proven by a run in which nothing was delivered', async () => {
  const { origin } = await recorder();
  const { code, stdout } = await load(origin, '--duration', '1ms');
  // Connections take longer than that, mostly.
  if (/ 0 in /.test(stdout))
    expect([code, stdout]).toEqual([3, expect.stringContaining('NO VERDICT')]);
  else expect(code).toBe(0);
});

test('where all connections are busy it says so, before the receiver is called slow', async () => {
  const { origin } = await httpServer((request, response) => {
    void receive(request).then(() => setTimeout(() => response.end(), 100));
  });
  const options = ['--rate', '100/s', '--duration', '500ms', '--timeout', '200ms'];
  const narrow = await load(origin, ...options, '--connections', '2');
  expect(narrow.code).toBe(1);
  expect(narrow.stdout).toContain('all 2 connections were busy when some were due');
  const { cramped, late } = resultOf(
    await load(origin, ...options, '--connections', '100', '--json'),
  );
  expect({ cramped, late }).toMatchObject({ cramped: false });
});
