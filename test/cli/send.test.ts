import { exec, spawn } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';
import { describe, expect, test } from 'vitest';
import type { SendResult } from '../../cli/send/record.js';
import { pairs } from '../../simulator/index.js';
import { closedPort, httpServer } from '../sender/servers.js';
import { validTokensIn } from '../verify/check.js';
import { key, startReal, startScripted } from './receivers.js';
import { createFolder, hookproof, start } from './run.js';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const WITH_KEY = { HOOKPROOF_KEY: key };

const send = async (...args: readonly string[]) => hookproof(['send', ...args], WITH_KEY);

const sendJson = async (
  ...args: readonly string[]
): Promise<SendResult & { readonly code: number | null }> => {
  const { code, stdout, stderr } = await send(...args, '--json');
  if (stdout === '') throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as SendResult) };
};

describe('a real receiver takes', () => {
  test('one event, on Express', async () => {
    const { url, recordsOf } = await startReal('express');
    const { code, deliveries } = await sendJson(url, '--event', 'checks.finished');
    const [id = ''] = deliveries[0]?.eventIds ?? [];
    expect(id).toMatch(/^HKE[0-9a-f]{40}$/);
    expect(await recordsOf(id)).toBe(1);
    expect(code).toBe(0);
  });

  test('all 45, on Fastify', async () => {
    const { url, recordsOf } = await startReal('fastify');
    const { code, deliveries, summary } = await sendJson(url, '--all');
    expect(deliveries.map(({ name }) => name)).toEqual(pairs.map(({ name }) => name));
    const stored = await Promise.all(
      deliveries.map(async ({ eventIds: [id = ''] }) => recordsOf(id)),
    );
    expect(stored).toEqual(pairs.map(() => 1));
    expect({ code, ...summary }).toMatchObject({ code: 0, delivered: 45, attempts: 45 });
  });

  test('each event of duplicates and batches once, on Hono', async () => {
    const { url, recordsOf } = await startReal('hono');
    const { code, deliveries } = await sendJson(
      ...[url, '--event', 'checks.created', '--count', '2', '--batch', '3', '--duplicate', '2'],
    );
    expect(deliveries.map(({ id }) => id)).toEqual(['1', '1.1', '1.2', '2', '2.1', '2.2']);
    const ids = new Set(deliveries.flatMap(({ eventIds }) => eventIds));
    expect(ids.size).toBe(6);
    for (const id of ids) expect(await recordsOf(id)).toBe(1);
    expect(code).toBe(0);
  });
});

test('prints what it sends, as the receiver reads it', async () => {
  const { url, claims, received } = await startScripted();
  const { deliveries } = await sendJson(
    ...[url, '--event', 'digital_identity.succeeded', '--header', 'X-Trace: 7'],
    ...['--content-type', 'application/jwt; charset=utf-8'],
  );
  const [claim] = claims();
  expect(deliveries[0]?.payload).toEqual(claim);
  expect(received[0]?.rawHeaders).toEqual(
    expect.arrayContaining(['X-Trace', '7', 'Content-Type', 'application/jwt; charset=utf-8']),
  );
});

test('a life is about one resource, in order, and so far apart', async () => {
  const { url, claims } = await startScripted();
  const { deliveries, code } = await sendJson(
    ...[url, '--lifecycle', 'checks', '--every', '1m', '--clock', 'compressed=60x'],
  );
  const events = claims().map(({ events: [event] }) => event);
  expect(events.map((event) => event?.event_action)).toEqual(['created', 'started', 'finished']);
  expect(new Set(events.map((event) => event?.object['check_id'])).size).toBe(1);
  const [first = 0, second = 0, third = 0] = deliveries.map(
    ({ attempts: [one] }) => one?.atMs ?? 0,
  );
  expect(second - first).toBeGreaterThanOrEqual(20_000);
  expect(third - second).toBeGreaterThanOrEqual(20_000);
  expect(code).toBe(0);
});

test('takes other actions for a life', async () => {
  const { url, claims } = await startScripted();
  await send(url, '--lifecycle', 'checks', '--actions', 'created,delayed,finished');
  expect(claims().map(({ events: [event] }) => event?.event_action)).toEqual([
    'created',
    'delayed',
    'finished',
  ]);
});

test('the same seed makes the same ids', async () => {
  const { url, claims } = await startScripted();
  const args = [url, '--lifecycle', 'document_validation', '--seed', '5'];
  await send(...args);
  await send(...args);
  const [one, two, again, andAgain] = claims().map(({ events: [event] }) => event?.id);
  expect([again, andAgain]).toEqual([one, two]);
});

describe('values put in place', () => {
  test('keep the kind that is there', async () => {
    const { url, claims } = await startScripted();
    await send(
      ...[url, '--event', 'checks.finished'],
      ...['--set', 'events.0.object.status=error', '--set', 'events.0.object.score=0.5'],
      ...['--set', 'object.national_id=123', '--set', 'object.scores:={"a":[1]}'],
      ...['--set', 'iat=1700000000', '--set', 'iss=Somebody'],
    );
    const [claim] = claims();
    expect(claim?.events[0]?.object).toMatchObject({
      status: 'error',
      score: 0.5,
      national_id: '123',
      scores: { a: [1] },
    });
    expect(claim).toMatchObject({ iat: 1_700_000_000, iss: 'Somebody' });
  });

  test('need a place in one event of a life at least', async () => {
    const { url, claims } = await startScripted();
    const { code } = await send(url, '--lifecycle', 'checks', '--set', 'object.scores=[]');
    expect(claims().map(({ events: [event] }) => event?.object['scores'])).toEqual([
      undefined,
      undefined,
      [],
    ]);
    expect(code).toBe(0);
  });
});

describe('retries', () => {
  test('come on the schedule, each issued anew, and are told as they come', async () => {
    const { url, claims } = await startScripted((turn) =>
      turn < 2 ? { status: 503, body: 'busy\n  \u001B[31mnow\n' } : { status: 202 },
    );
    const { code, stdout } = await send(
      ...[url, '--event', 'checks.finished', '--clock', 'compressed=300x', '--no-payload'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain(String.raw`busy \u{1b}[31mnow`);
    const lines = stdout.split('\n').filter((line) => line.startsWith('+'));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /attempt 1 of 6 {2}503 in \d+ ms {2}1 of 1 failed, headroom 9 {2}again in 30s \(100ms here\)$/,
    );
    expect(lines[1]).toMatch(
      /attempt 2 of 6 {2}503 in \d+ ms {2}2 of 2 failed, headroom 8 {2}again in 2m \(400ms here\)$/,
    );
    expect(lines[2]).toMatch(
      /attempt 3 of 6 {2}202 in \d+ ms {2}2 of 3 failed, headroom 7 {2}delivered$/,
    );
    const [first, , last] = claims();
    expect(last?.events).toEqual(first?.events);
  });

  test('end after the policy’s last, with 1', async () => {
    const folder = await createFolder();
    const policy = join(folder, 'policy.json');
    await writeFile(policy, JSON.stringify({ attemptsMax: 3, delaysMs: [20, 40] }));
    const { url, received } = await startScripted(() => ({ status: 500 }));
    const { code, deliveries, summary } = await sendJson(
      ...[url, '--event', 'checks.finished', '--policy', policy],
    );
    expect(deliveries[0]?.attempts.map(({ failed, status }) => [failed, status])).toEqual(
      Array.from({ length: 3 }, () => ['status', 500]),
    );
    expect(received).toHaveLength(3);
    expect({ code, ...summary }).toMatchObject({ code: 1, exhausted: 1, verdict: 'failed' });
  });

  test('are only told of, where they are not wished for', async () => {
    const { url, received } = await startScripted(() => ({ status: 404 }));
    const { code, stdout } = await send(url, '--event', 'checks.finished', '--no-retry');
    expect(stdout).toMatch(
      /404 in \d+ ms {2}1 of 1 failed, headroom 9 {2}Truora would try again in 30s/,
    );
    expect(stdout).toContain('9 more failures in a row would disable the hook');
    expect([code, received.length]).toEqual([1, 1]);
  });

  test('are dropped with what is left when the rule disables the hook', async () => {
    const { url, received } = await startScripted(() => ({ status: 400 }));
    const { code, disabled, summary, window } = await sendJson(url, '--all', '--no-retry');
    expect(disabled).toMatchObject({ failed: 10, total: 10 });
    expect(window).toEqual({ failed: 10, total: 10, headroom: 0 });
    expect(summary).toMatchObject({ planned: 45, attempts: 10, dropped: 10, verdict: 'failed' });
    expect([code, received.length]).toEqual([1, 10]);
  });

  test('the hook can be kept enabled to see all of the answers', async () => {
    const { url, received } = await startScripted(() => ({ status: 400 }));
    const { code, disabled, summary } = await sendJson(
      ...[url, '--all', '--no-retry', '--stay-enabled'],
    );
    expect(disabled).toMatchObject({ failed: 10, total: 10 });
    expect(summary).toMatchObject({ attempts: 45, open: 45, dropped: 0 });
    expect([code, received.length]).toEqual([1, 45]);
  });

  test('are not waited for after Ctrl-C, which tells what has been', async () => {
    const { url, received } = await startScripted(() => ({ status: 500 }));
    const { child, finished, output } = start(
      ['send', url, '--event', 'checks.finished'],
      WITH_KEY,
    );
    await expect.poll(() => output.stdout, { timeout: 10_000 }).toContain('again in 30s');
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(stdout).toContain('interrupted: 0 of 1 delivered in 1 attempt, 1 not settled');
    expect(stdout).toMatch(/next: #1 checks\.finished, attempt 2, at \d\d:\d\d:\d\d/);
    expect([code, received.length]).toEqual([130, 1]);
  });
});

test.each([['--json'], ['--ndjson'], ['--payload']])(
  'a receiver that is never reached is 3, with %s',
  async (flag) => {
    const url = `http://127.0.0.1:${await closedPort()}/hook`;
    const { code, stdout } = await send(url, '--event', 'checks.finished', '--no-retry', flag);
    expect(stdout).toContain(flag === '--payload' ? 'refused in' : '"unreached"');
    expect(code).toBe(3);
  },
);

test('a receiver that redirects to where nothing listens was reached, and failed', async () => {
  const gone = `http://127.0.0.1:${await closedPort()}/hook`;
  const { origin } = await httpServer((_request, response) => {
    response.writeHead(307, { location: gone }).end();
  });
  const { code, stdout } = await send(origin, '--event', 'checks.finished', '--no-retry', '--json');
  expect(stdout).toContain('"verdict": "failed"');
  expect(code).toBe(1);
});

test('a receiver that does not answer in time has failed', async () => {
  const { origin } = await httpServer(() => undefined);
  const { code, deliveries } = await sendJson(
    ...[`${origin}/hook`, '--event', 'checks.finished', '--no-retry', '--timeout', '100ms'],
  );
  expect(deliveries[0]?.attempts[0]).toMatchObject({ failure: 'timeout', failed: 'timeout' });
  expect(code).toBe(1);
});

test('tells what happens as NDJSON', async () => {
  const { url } = await startScripted((turn) => ({ status: turn === 0 ? 500 : 200 }));
  const { stdout } = await send(
    ...[url, '--event', 'checks.finished', '--clock', 'compressed=1000x', '--ndjson'],
  );
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  expect(rows.map(({ kind, status, outcome }) => [kind, status, outcome])).toEqual([
    ['delivery', undefined, undefined],
    ['attempt', 500, 'open'],
    ['attempt', 200, 'delivered'],
    ['end', undefined, undefined],
  ]);
});

describe('a body', () => {
  const event = { id: 'HKE1', event_type: 'check', event_action: 'finished', object: { a: 1 } };

  test.each([
    [
      'a payload',
      { events: [event], iat: 5, iss: 'X', more: true },
      { iat: 5, iss: 'X', more: true },
    ],
    ['an event', event, { iss: 'Truora' }],
  ])('that is %s is signed', async (_what, document, rest) => {
    const file = join(await createFolder(), 'body.json');
    await writeFile(file, JSON.stringify(document, null, 2));
    const { url, claims } = await startScripted();
    const { code } = await send(url, '--body', file, '--no-retry');
    expect(claims()[0]).toMatchObject({ events: [event], ...rest });
    expect(code).toBe(0);
  });

  test('that is a token goes as it is, without a key', async () => {
    const file = join(await createFolder(), 'body.txt');
    const token = jwt.sign({ events: [event], iat: 5, iss: 'Truora' }, 'another key');
    await writeFile(file, `${token}\n`);
    const { url, received } = await startScripted();
    const { code, stdout } = await hookproof(['send', url, '--body', file]);
    expect(received[0]?.body.toString()).toBe(token);
    expect(stdout).not.toContain(token.split('.')[2]);
    expect(code).toBe(0);
  });

  test('that is a token is signed again when it is changed', async () => {
    const file = join(await createFolder(), 'body.txt');
    await writeFile(file, jwt.sign({ events: [event], iat: 5, iss: 'Truora' }, 'another key'));
    const { url, claims } = await startScripted();
    await send(url, '--body', file, '--set', 'object.a=2');
    expect(claims()[0]).toEqual({
      events: [{ ...event, object: { a: 2 } }],
      iat: 5,
      iss: 'Truora',
    });
  });

  test('comes from standard input for -', async () => {
    const { url, claims } = await startScripted();
    const child = spawn(process.execPath, [binary, 'send', url, '--body', '-'], {
      env: { ...process.env, ...WITH_KEY },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const finished = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end(JSON.stringify({ events: [event] }));
    expect(await finished).toBe(0);
    expect(claims()[0]?.events).toEqual([event]);
  });

  test.each([
    ['empty', ' \n', 'is empty'],
    ['no JSON', '{"events":', 'is neither JSON nor a token'],
    ['bytes', '\u0000\u0001', 'is neither JSON nor a token'],
    ['no payload', '[1]', 'has no list of events'],
    ['a token of something else', 'eyJhIjoxfQ.eyJhIjoxfQ.AAAA', 'has no events'],
    ['too large', `"${'x'.repeat(17 * 1024 * 1024)}"`, 'is larger than 16 MiB'],
    ['no file', undefined, 'cannot read'],
  ])('that is %s is refused', async (_what, text, says) => {
    const file = join(await createFolder(), 'body');
    if (text !== undefined) await writeFile(file, text);
    const { code, stderr, stdout } = await send('http://127.0.0.1:9/hook', '--body', file);
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('nothing tells a secret', () => {
  test.each([['--json'], ['--ndjson'], ['--payload']])('with %s', async (flag) => {
    // The worst of receivers: it answers with the token, the MAC and the key.
    const { url } = await startScripted((_turn, { body }) => ({
      status: 500,
      body: `${body.toString()} ${body.toString().split('.')[2]} ${key} ${Buffer.from(key).toString('base64')}`,
    }));
    const { stdout, stderr } = await send(url, '--event', 'checks.finished', '--no-retry', flag);
    const text = stdout + stderr;
    expect(validTokensIn(text, key)).toEqual([]);
    for (const form of ['utf8', 'base64', 'base64url', 'hex'] as const) {
      expect(text).not.toContain(Buffer.from(key).toString(form));
    }
  });

  test('a password in the URL stays out', async () => {
    const { url } = await startScripted();
    const secret = url.replace('//', '//me:a-password@');
    for (const flag of ['--json', '--curl', '--payload']) {
      const { stdout, stderr } = await send(secret, '--event', 'checks.finished', flag);
      expect(stdout + stderr).not.toContain('a-password');
    }
  });
});

describe('--curl', () => {
  const args = ['--event', 'checks.finished', '--curl', '--header', 'Authorization: Bearer x'];

  test('prints a command without a key, a token or what lets somebody in', async () => {
    const { code, stdout } = await send('http://127.0.0.1:3000/a b', ...args, '--seed', '4');
    expect(stdout).toBe(
      [
        'hookproof send --event checks.finished --seed 4 --print-token |',
        "curl --include 'http://127.0.0.1:3000/a b'",
        "--header 'Content-Type: application/jwt'",
        `--header 'Authorization: '"$AUTHORIZATION"`,
        '--data-binary @- --max-time 3',
        '--location --max-redirs 2\n',
      ].join(' \\\n  '),
    );
    expect(code).toBe(0);
  });

  test('prints a command that delivers', async ({ skip }) => {
    const run = promisify(exec);
    await run('curl --version').catch(() => skip('there is no curl'));
    const folder = await createFolder();
    await symlink(binary, join(folder, 'hookproof'));
    const { url, claims, received } = await startScripted();
    const { stdout } = await send(url, ...args, '--set', "object.first_name=it's");
    const env = {
      ...process.env,
      ...WITH_KEY,
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      AUTHORIZATION: 'Bearer x',
    };
    expect((await run(stdout, { env })).stdout).toContain('HTTP/1.1 200 OK');
    expect(claims()[0]?.events[0]?.object['first_name']).toBe("it's");
    expect(received[0]?.rawHeaders).toEqual(
      expect.arrayContaining(['Authorization', 'Bearer x', 'application/jwt']),
    );
  });
});

describe('wrong usage ends with 2 and one line, and sends nothing', () => {
  const EVENT = ['--event', 'checks.finished'];
  test.each([
    ['nothing to send', [], 'what is to be sent is not clear'],
    ['two things to send', [...EVENT, '--all'], 'what is to be sent is not clear'],
    ['an event beside a body', [...EVENT, '--body', 'x'], '--body is given beside events'],
    ['an unknown event', ['--event', 'checks.finshed'], "did you mean 'checks.finished'?"],
    ['an unknown product', ['--lifecycle', 'chekcs'], "no product named 'chekcs'"],
    ['an unknown action', ['--lifecycle', 'checks', '--actions', 'paused'], 'checks.paused'],
    ['actions without a life', [...EVENT, '--actions', 'created'], '--actions has no lifecycle'],
    [
      'an unknown place',
      [...EVENT, '--set', 'events.0.object.sttus=x'],
      "nothing at 'events.0.object.sttus'; did you mean 'events.0.object.status'?",
    ],
    ['a text for a number', [...EVENT, '--set', 'iat=soon'], 'iat holds a number'],
    ['no place', [...EVENT, '--set', 'status'], 'Expected path=value'],
    ['no JSON', [...EVENT, '--set', 'iat:=x'], 'Expected JSON after :='],
    ['a slow clock', [...EVENT, '--clock', 'compressed=0.5x'], 'Expected real, or compressed=60x'],
    ['an unknown policy', [...EVENT, '--policy', 'litteral'], 'did you mean literal?'],
    ['two formats', [...EVENT, '--json', '--ndjson'], 'both --json and --ndjson'],
    [
      'too many',
      [...EVENT, '--count', '10000', '--duplicate', '100'],
      'that would be 1010000 deliveries',
    ],
    ['curl for many', ['--all', '--curl'], '--curl is about one delivery, and there are 45'],
  ])('for %s', async (_what, args, says) => {
    const { url, received } = await startScripted();
    const { code, stdout, stderr } = await send(url, ...args);
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect([code, stdout, received.length]).toEqual([2, '', 0]);
  });

  test.each([
    ['no URL', [], 'no receiver is named'],
    ['another protocol', ['ftp://x/y'], 'is no http or https URL'],
    ['a public address', ['http://8.8.8.8/x'], 'add --allow-host 8.8.8.8'],
  ])('for %s', async (_what, args, says) => {
    const { code, stderr } = await send(...args, ...EVENT);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });

  test('for no key', async () => {
    const { code, stderr } = await hookproof(['send', 'http://127.0.0.1:9/x', ...EVENT]);
    expect(stderr).toContain('the signing key is missing');
    expect(code).toBe(2);
  });
});
