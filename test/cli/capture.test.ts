import { spawn } from 'node:child_process';
import { appendFile, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CapturedDelivery } from '../../simulator/index.js';
import { createRandom, pairs, signDelivery } from '../../simulator/index.js';
import { makeEvent } from '../capture/deliveries.js';
import { closedPort } from '../sender/servers.js';
import { validTokensIn } from '../verify/check.js';
import { key, startReal, startScripted } from './receivers.js';
import { createFolder, hookproof, start } from './run.js';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const WITH_KEY = { HOOKPROOF_KEY: key };

/** The built binary, capturing on a free port into a folder of its own. */
const capture = async (...args: readonly string[]) => {
  const out = join(await createFolder(), 'captures');
  const running = start(['capture', '--port', '0', '--out', out, ...args], WITH_KEY);
  onTestFinished(() => void running.child.kill('SIGKILL'));
  await expect.poll(() => running.output.stdout, { timeout: 10_000 }).toContain('\n');
  const { ready, url } = JSON.parse(running.output.stdout) as {
    readonly ready: boolean;
    readonly url: string;
  };
  expect(ready).toBe(true);
  return { ...running, url: `${url}/hook`, out };
};

const filesIn = async (folder: string): Promise<readonly string[]> =>
  Promise.all(
    (await readdir(folder)).toSorted().map(async (name) => readFile(join(folder, name), 'utf8')),
  );

const linesIn = async (folder: string): Promise<readonly CapturedDelivery[]> =>
  (await filesIn(folder)).flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as CapturedDelivery),
  );

const { event } = makeEvent('checks.finished');
const token = (events: readonly object[] = [event]): string =>
  signDelivery(
    { events, iat: 1_767_323_046, iss: 'Truora' } as Parameters<typeof signDelivery>[0],
    key,
  );

const post = async (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/jwt', ...headers } });

test('what is captured has no drift, and is replayed to a real receiver', async () => {
  const { child, finished, url, out } = await capture();
  const sent = await hookproof(['send', url, '--all', '--json'], WITH_KEY);
  expect(sent.code).toBe(0);
  child.kill('SIGINT');
  const { code, stderr } = await finished;
  expect(stderr).toContain('45 captured, the last into');
  expect(code).toBe(0);

  const drift = await hookproof(['drift', out]);
  expect(drift).toMatchObject({
    code: 0,
    stdout: 'The catalogue models all of 45 captured deliveries.\n',
  });

  const receiver = await startReal('express');
  const file = join(out, 'capture-000001.ndjson');
  const replay = await hookproof(['replay', file, '--url', receiver.url, '--json'], WITH_KEY);
  const { deliveries } = JSON.parse(replay.stdout) as {
    readonly deliveries: readonly { readonly name: string; readonly eventIds: readonly string[] }[];
  };
  expect(replay.code).toBe(0);
  expect(deliveries.map(({ name }) => name)).toEqual(pairs.map(({ name }) => name));
  for (const { eventIds } of deliveries)
    expect(await receiver.recordsOf(eventIds[0] ?? '')).toBe(1);
});

test('a capture is a body of send, issued anew', async () => {
  const { url, out } = await capture();
  await post(url, token());
  await post(url, token([]));
  const receiver = await startScripted();
  const { code } = await hookproof(
    ['send', receiver.url, '--body', join(out, 'capture-000001.ndjson'), '--set', 'iss=Me'],
    WITH_KEY,
  );
  const [claims] = receiver.claims();
  expect(claims?.events[0]).toMatchObject({ id: event.id, object: { status: 'completed' } });
  expect(claims?.iss).toBe('Me');
  expect(Math.abs((claims?.iat ?? 0) - Date.now() / 1000)).toBeLessThan(60);
  expect(code).toBe(0);
});

test('tells drift as a table and as JSON, with 1', async () => {
  const { url, out } = await capture();
  await post(url, token(), { 'X-Truora-Signature': 'abc' });
  await post(url, token([{ ...event, object: { ...event.object, status: 'blocked' } }]));
  const table = await hookproof(['drift', join(out, 'capture-000001.ndjson')]);
  expect(table.code).toBe(1);
  expect(table.stdout).toMatch(/^EVENT +KIND +WHERE +WHAT +TIMES +FOR EXAMPLE\n/);
  expect(table.stdout).toMatch(/^- +header +X-Truora-Signature +not modelled +1 /m);
  expect(table.stdout).toMatch(
    new RegExp(`^checks.finished +value +object.status +"blocked", .* +1 +${event.id}$`, 'm'),
  );
  expect(table.stdout).toContain('2 differences in 2 captured deliveries.');
  const json = await hookproof(['drift', out, '--json']);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    schemaVersion: 1,
    deliveries: 2,
    drift: [
      { event: null, kind: 'header', where: 'X-Truora-Signature', times: 1 },
      { event: 'checks.finished', kind: 'value', where: 'object.status', firstEventId: event.id },
    ],
  });
});

describe('secrets', () => {
  test.each([[[]], [['--full']]])('are in no file and no line, with %j', async (args) => {
    const { url, out, child, finished } = await capture(...args);
    const body = token();
    await post(url, body, { Authorization: 'Bearer a-password', Cookie: 'session=a-password' });
    await post(`${url}?secret=a-password`, JSON.stringify({ jwt: body, key }));
    child.kill('SIGINT');
    const { stdout, stderr } = await finished;
    const text = [stdout, stderr, ...(await filesIn(out))].join('\n');
    expect(validTokensIn(text, key)).toEqual([]);
    for (const secret of [key, body.split('.')[2], 'a-password'])
      expect(text).not.toContain(secret);
  });

  test('payloads are kept whole only where that is wished for', async () => {
    const names = [];
    for (const args of [[], ['--full']]) {
      const { url, out } = await capture(...args);
      await post(url, token());
      const [line] = await linesIn(out);
      const { events } = Object(line?.payload) as { readonly events: readonly (typeof event)[] };
      names.push(events[0]?.object['national_id']);
    }
    expect(names[1]).toBe(event.object['national_id']);
    expect(names[0]).toMatch(/^[1X-]+$/);
  });
});

describe('files', () => {
  test('are whole lines when the process is killed', async () => {
    const { child, finished, url, out } = await capture('--rotate-size', '20kB', '--keep', '100');
    const random = createRandom(1);
    let answered = 0;
    const flood = Array.from({ length: 8 }, async () => {
      const body = (): string => token([{ ...event, id: `HKE${random.hex(40)}` }]);
      while (
        await post(url, body()).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        answered += 1;
    });
    await expect.poll(() => answered, { timeout: 20_000 }).toBeGreaterThan(60);
    child.kill('SIGKILL');
    await finished;
    await Promise.all(flood);
    const files = await filesIn(out);
    expect(files.length).toBeGreaterThan(2);
    for (const text of files) expect(text === '' || text.endsWith('\n')).toBe(true);
    const ids = new Set((await linesIn(out)).map((line) => JSON.stringify(line.payload)));
    // All that was answered was written before.
    expect(ids.size).toBeGreaterThanOrEqual(answered);
  });

  test('may end in half a line, which is passed over', async () => {
    const { url, out } = await capture();
    await post(url, token());
    const file = join(out, 'capture-000001.ndjson');
    await appendFile(file, '{"hookproof":"capture","schema');
    expect((await hookproof(['drift', file])).code).toBe(0);
    await appendFile(file, '\n{}\n');
    const { code, stderr } = await hookproof(['drift', file]);
    expect(stderr).toContain('capture-000001.ndjson:2 is no captured delivery');
    expect(code).toBe(2);
  });

  test('that the disk has no room for end it with 2 and one line, and the delivery comes again', async () => {
    const out = await createFolder();
    // Files may have 4 kB here: the write fails as it does on a full disk.
    const command = `ulimit -f 4; exec "${process.execPath}" "${binary}" capture --port 0 --out "${out}"`;
    const child = spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const finished = new Promise((resolve) => child.once('close', resolve));
    await expect.poll(() => output.stdout, { timeout: 10_000 }).toContain('\n');
    const { url } = JSON.parse(output.stdout) as { readonly url: string };
    let status = 200;
    let answered = -1;
    for (; status === 200; answered++) status = (await post(url, token())).status;
    expect(status).toBe(503);
    expect(await finished).toBe(2);
    expect(output.stderr).toMatch(
      /^hookproof: cannot write captures into .* \(E\w+\); give --out/m,
    );
    // The part of a line that still had room is gone again.
    expect(await linesIn(out)).toHaveLength(answered);
  });
});

describe('answers', () => {
  test('with the status that is wished for, so much later', async () => {
    const { url, out } = await capture('--status', '503', '--latency', '300ms');
    const before = performance.now();
    const { status } = await post(url, token());
    expect(status).toBe(503);
    expect(performance.now() - before).toBeGreaterThanOrEqual(295);
    expect((await linesIn(out))[0]?.answered).toBe(503);
  });

  test('as the receiver behind it does', async () => {
    const behind = await startScripted((turn) => ({
      status: turn === 0 ? 202 : 409,
      body: 'said',
    }));
    const { url, out } = await capture('--forward', behind.url);
    const body = token();
    const first = await post(url, body, { 'X-Trace': '7' });
    expect([first.status, await first.text()]).toEqual([202, 'said']);
    expect((await post(url, body)).status).toBe(409);
    expect(behind.received[0]?.body.toString()).toBe(body);
    expect(behind.received[0]?.rawHeaders).toEqual(expect.arrayContaining(['X-Trace', '7']));
    expect((await linesIn(out)).map(({ answered }) => answered)).toEqual([202, 409]);
  });

  test('502 where there is no receiver behind it', async () => {
    const { url, out } = await capture('--forward', `http://127.0.0.1:${await closedPort()}/`);
    const response = await post(url, token());
    expect([response.status, await response.text()]).toEqual([502, 'no answer: refused\n']);
    expect(await linesIn(out)).toHaveLength(1);
  });
});

test('ends by itself after so many', async () => {
  const { url, finished, output } = await capture('--count', '2');
  await post(url, token());
  await post(url, 'no token');
  expect(await finished).toMatchObject({ code: 0 });
  const [, first, second] = output.stderr.split('\n');
  expect(first).toMatch(
    /POST \/hook {2}\d+ bytes {2}check finished {2}signature fits {2}answered 200$/,
  );
  expect(second).toMatch(/POST \/hook {2}8 bytes {2}other {2}answered 200$/);
});

describe('wrong usage ends with 2 and one line', () => {
  test('for a port in use', async () => {
    const { url } = await capture();
    const args = ['capture', '--port', new URL(url).port, '--out', await createFolder()];
    const { code, stderr } = await hookproof(args);
    expect(stderr).toMatch(
      /^hookproof: cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\); [^\n]*\n$/,
    );
    expect(code).toBe(2);
  });

  test.each([
    [
      'a folder that cannot be',
      ['capture', '--out', '/proc/no/captures'],
      'cannot write captures into',
    ],
    ['a host that is refused', ['capture', '--forward', 'http://8.8.8.8/'], '--allow-host 8.8.8.8'],
    ['a bad size', ['capture', '--rotate-size', 'big'], 'Expected a size such as 512kB'],
    ['a bad status', ['capture', '--status', '99'], 'Expected a whole number from 200 to 599'],
    ['no file', ['drift'], "missing required argument 'file'"],
    ['a file that is not there', ['drift', '/no/such/file'], 'cannot read /no/such/file (ENOENT)'],
    ['a file of something else', ['drift', 'package.json'], 'package.json is no capture'],
  ])('for %s', async (_what, args, says) => {
    const { code, stdout, stderr } = await hookproof(args);
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('for a folder without captures, and a replay without a receiver', async () => {
    const folder = await createFolder();
    expect((await hookproof(['drift', folder])).stderr).toContain('nothing was captured');
    const file = join(folder, 'capture-000001.ndjson');
    await writeFile(file, '{"hookproof":"capture","schemaVersion":1,"headers":[]}\n');
    const { code, stderr } = await hookproof(['replay', file], WITH_KEY);
    expect(stderr).toContain('give the receiver with --url');
    expect(code).toBe(2);
  });
});
