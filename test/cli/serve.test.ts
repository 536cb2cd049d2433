import { spawn, spawnSync } from 'node:child_process';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startReceiver } from '../../fixtures/receivers/reference/index.js';
import { deferred } from '../../simulator/index.js';
import { createFolder, hookproof } from './run.js';
import { KEY, TOKEN, startRecorder, startServe } from './serving.js';

// A start takes seconds where others keep the machine busy.
vi.setConfig({ testTimeout: 120_000 });

const HOOK = 'http://127.0.0.1:9/webhooks/truora';

interface Entry {
  readonly kind: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly attempt: number;
  readonly next: string;
}

interface Rows<Row> {
  readonly rows: readonly Row[];
}

describe('from nothing', () => {
  test('one command brings a first signed delivery to a receiver', async () => {
    const folder = await createFolder();
    const receiver = await startReceiver({ key: KEY, dataDirectory: join(folder, 'receiver') });
    onTestFinished(receiver.close);
    const startedMs = performance.now();
    const { control } = await startServe([
      ...['--data', join(folder, 'data'), '--hook', receiver.url, '--key', KEY],
    ]);
    const readyMs = performance.now();
    const { events } = await control<{ readonly events: readonly { readonly id: string }[] }>(
      '/emit',
      { event: 'checks.finished' },
    );
    const probe = receiver.probeUrl.replace('{eventId}', events[0]?.id ?? '');
    await expect
      .poll(async () => (await fetch(probe)).text(), { interval: 5, timeout: 60_000 })
      .toContain('HKE');
    const seenMs = performance.now();
    process.stdout.write(
      `ready after ${Math.round(readyMs - startedMs)} ms, first delivery after ${Math.round(seenMs - startedMs)} ms\n`,
    );
  });

  test('it prints one line for programs, and logs JSON lines until Ctrl-C', async () => {
    const { url, output, stop } = await startServe(['--data', await createFolder()]);
    expect(output.stdout).toBe(`{"ready":true,"url":"${url}"}\n`);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${url}/`)).text()).toContain('<html');
    const { code, stderr } = await stop('SIGINT');
    const lines = stderr.trimEnd().split('\n');
    const said = lines.map((line) => JSON.parse(line) as { level: string; msg: string });
    expect(said.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['takes requests', 'stopped']),
    );
    expect(said.filter(({ level }) => level === 'error')).toEqual([]);
    expect(code).toBe(0);
  });
});

describe('on a test clock', () => {
  test('two hours hold the documented schedule', async () => {
    const receiver = await startRecorder();
    receiver.answer(503);
    const { control } = await startServe([
      ...['--data', await createFolder(), '--clock', 'test'],
      ...['--hook', receiver.url, '--key', KEY],
    ]);
    await control('/emit', { event: 'checks.finished' });
    expect(receiver.taken).toHaveLength(1);
    const { attempts } = await control<{ readonly attempts: number }>('/clock/advance', {
      by: '2h',
    });
    expect(attempts).toBe(4);
    const { rows } = await control<Rows<Entry>>('/ledger');
    const tries = rows.filter(({ kind }) => kind === 'attempt');
    const waits = tries
      .slice(1)
      .map(({ startedMs }, index) => startedMs - (tries[index]?.endedMs ?? 0));
    expect(waits).toEqual([30_000, 120_000, 480_000, 1_920_000]);
    expect(tries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(receiver.taken.map(({ eventId }) => eventId)).size).toBe(1);
    expect(receiver.taken.every(({ genuine }) => genuine)).toBe(true);
  });
});

describe('a restart on the same folder', () => {
  test('keeps hooks, events and retries, and asks for no second hook', async () => {
    const data = await createFolder();
    const receiver = await startRecorder();
    receiver.answer(503);
    const args = ['--data', data, '--clock', 'test', '--hook', receiver.url, '--key', KEY];
    const first = await startServe(args);
    await first.control('/emit', { event: 'checks.finished' });
    const hooksBefore = await first.control<Rows<{ readonly id: string }>>('/hooks');
    expect((await first.stop()).code).toBe(0);
    const second = await startServe(args);
    const hooks = await second.control<Rows<{ readonly id: string }>>('/hooks');
    expect(hooks.rows.map(({ id }) => id)).toEqual(hooksBefore.rows.map(({ id }) => id));
    receiver.answer(200);
    await second.control('/clock/advance', { by: '30s' });
    const { rows } = await second.control<Rows<Entry>>('/ledger');
    expect(rows.map(({ attempt, next }) => [attempt, next])).toEqual([
      [1, 'retry'],
      [2, 'delivered'],
    ]);
  });

  test('brings the key of the hook up to date', async () => {
    const data = await createFolder();
    const receiver = await startRecorder();
    const args = ['--data', data, '--hook', receiver.url];
    const first = await startServe([...args, '--key', 'ab'.repeat(32)]);
    await first.stop();
    const second = await startServe([...args, '--key', KEY]);
    await second.control('/emit', { event: 'checks.finished' });
    await receiver.count(1);
    expect(receiver.taken[0]?.genuine).toBe(true);
  });

  test('keeps the control token that it drew, in a file for its owner alone', async () => {
    const data = join(await createFolder(), 'data');
    const file = join(data, 'control-token');
    const first = await startServe(['--data', data], { token: '' });
    const token = (await readFile(file, 'utf8')).trim();
    expect(token.length).toBeGreaterThan(30);
    expect([(await stat(file)).mode & 0o777, (await stat(data)).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
    expect(first.output.stderr).toContain(file);
    const ask = async (url: string): Promise<number> =>
      (await fetch(`${url}/_hookproof/state`, { headers: { authorization: `Bearer ${token}` } }))
        .status;
    expect(await ask(first.url)).toBe(200);
    await first.stop();
    const second = await startServe(['--data', data], { token: '' });
    expect(await ask(second.url)).toBe(200);
    expect(first.output.stderr + second.output.stderr).not.toContain(token);
  });
});

const hasScript = spawnSync('script', ['--version']).status === 0;

describe.skipIf(!hasScript)('on a terminal', () => {
  /** `script` gives it one, and shows what it prints there. */
  const startOnTerminal = async (data: string, env: NodeJS.ProcessEnv = {}) => {
    const command = `exec "${process.execPath}" dist/cli/main.cjs serve --port 0 --data "${data}"`;
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      env: { ...process.env, DATABASE_URL: '', HOOKPROOF_CONTROL_TOKEN: '', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    let said = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.includes('"ready":true')) resolve();
      });
    });
    return said;
  };

  test('it shows the link that opens the page, and lines for people', async () => {
    const data = await createFolder();
    const said = await startOnTerminal(data);
    const token = (await readFile(join(data, 'control-token'), 'utf8')).trim();
    expect(said).toMatch(new RegExp(`Open http://127\\.0\\.0\\.1:\\d+/#token=${token}\\r?\\n`));
    expect(said).toMatch(/^\d\d:\d\d:\d\d info {2}takes requests/m);
  });

  test('it does not show a token that it was given', async () => {
    const said = await startOnTerminal(await createFolder(), { HOOKPROOF_CONTROL_TOKEN: TOKEN });
    expect(said).toContain('takes requests');
    expect(said).not.toContain(TOKEN);
  });
});

describe('the end', () => {
  test('what is in the air ends first', async () => {
    const data = await createFolder();
    const receiver = await startRecorder();
    const args = ['--data', data, '--hook', receiver.url, '--key', KEY];
    const { control, stop, child } = await startServe(args);
    const gate = deferred<void>();
    receiver.holdUntil(gate.promise);
    await control('/emit', { event: 'checks.finished' });
    await receiver.count(1);
    const ended = stop();
    await new Promise((resolve) => child.stderr.once('data', resolve));
    gate.resolve();
    expect((await ended).code).toBe(0);
    const again = await startServe(args);
    const { rows } = await again.control<Rows<Entry>>('/ledger');
    expect(rows.map(({ attempt, next }) => [attempt, next])).toEqual([[1, 'delivered']]);
    expect(receiver.taken).toHaveLength(1);
  });

  test('a second request ends it at once', async () => {
    const receiver = await startRecorder();
    receiver.holdUntil(new Promise(() => undefined));
    const { control, stop, child } = await startServe([
      ...['--data', await createFolder(), '--hook', receiver.url, '--key', KEY],
    ]);
    await control('/emit', { event: 'checks.finished' });
    await receiver.count(1);
    const ended = stop('SIGINT');
    await new Promise((resolve) => child.stderr.once('data', resolve));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
  });
});

describe('secrets', () => {
  test('are in no output and in no error', async () => {
    const receiver = await startRecorder();
    const env = {
      SMTP_URL: 'smtp://me:smtp-password@127.0.0.1:9',
      HOOKPROOF_SECRET: 'at-rest-secret',
      HOOKPROOF_API_KEY: 'api-key-of-the-tests',
    };
    const args = [
      ...['--data', await createFolder(), '--clock', 'test', '--log-level', 'debug'],
      ...['--hook', receiver.url, '--key', KEY],
    ];
    const { control, output, stop, url } = await startServe(args, { env });
    receiver.answer(500);
    await control('/emit', { event: 'checks.finished', count: 12 });
    await control('/clock/advance', { by: '10m' });
    await fetch(`${url}/v1/hooks`, { headers: { 'truora-api-key': 'api-key-of-the-tests' } });
    await stop();
    const said = output.stdout + output.stderr;
    for (const secret of [KEY, TOKEN, 'smtp-password', 'at-rest-secret', 'api-key-of-the-tests']) {
      expect(said).not.toContain(secret);
    }
    expect(said).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/);
  });
});

test('in Spanish it says in Spanish why it cannot start, and keeps and answers in English', async () => {
  const data = await createFolder();
  const env = { HOOKPROOF_LANG: 'es' };
  const { control } = await startServe(['--data', data, '--clock', 'test'], { env });
  await control('/hooks', {
    eventType: 'all',
    subscriberType: 'web',
    subscriberUrl: 'http://8.8.8.8/hook',
  });
  await control('/emit', { event: 'checks.finished' });
  const { rows } =
    await control<Rows<{ readonly outcome: { readonly detail: string } }>>('/ledger');
  expect(rows[0]?.outcome.detail).toBe(
    'not sent: 8.8.8.8 is outside the loopback and private ranges; if this receiver is yours, add --allow-host 8.8.8.8',
  );
  await expect(control('/emit', { event: 'checks.finishd' })).rejects.toThrow('did you mean');
  const second = await hookproof(['serve', '--port', '0', '--data', data], env);
  expect(second.stderr).toMatch(/en uso por el proceso \d+; detener ese proceso/);
});

describe('wrong usage ends with 2 and one line', () => {
  const policyFile = async (): Promise<string> => {
    const file = join(await createFolder(), 'policy.json');
    await writeFile(file, '{"attemptsMin": 0}');
    return file;
  };

  test.each([
    ['a hook without a key', ['--hook', HOOK], 'the signing key is missing'],
    ['a hook that is no URL', ['--hook', 'localhost', '--key', KEY], 'is no http or https URL'],
    ['a public hook', ['--hook', 'http://8.8.8.8/x', '--key', KEY], 'add --allow-host 8.8.8.8'],
    ['a key without a hook', ['--key', KEY], '--key has no hook'],
    ['an event type without a hook', ['--event-type', 'check'], '--event-type has no hook'],
    ['an unknown policy', ['--policy', 'documentd'], 'did you mean documented?'],
    ['a policy that cannot be', ['--policy', policyFile], 'policy.attemptsMin'],
    ['an unknown clock', ['--clock', 'fast'], 'Allowed choices are real, test'],
    ['a bad port', ['--port', '70000'], 'Expected a whole number'],
    ['a bad concurrency', ['--concurrency', '-1'], 'Expected a whole number'],
    ['another host without a token', ['--host', '0.0.0.0'], 'no control token is given'],
    ['an empty token', ['--control-token', ''], '--control-token is empty'],
    ['a page that is no URL', ['--public-url', 'shop'], '--public-url'],
    ['an argument too many', ['http://127.0.0.1:9'], 'too many arguments'],
  ] as const)('for %s', async (_what, args, says) => {
    const given = await Promise.all(
      args.map(async (arg) => (typeof arg === 'string' ? arg : arg())),
    );
    const data = await createFolder();
    const { code, stdout, stderr } = await hookproof(['serve', '--data', data, ...given]);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(says)]);
    expect(stderr).not.toContain(KEY);
    expect([code, stdout]).toEqual([2, '']);
    expect(await readdir(data)).toEqual([]);
  });

  test.each([
    ['DATABASE_URL', 'mysql://me:hunter2@127.0.0.1/x', 'DATABASE_URL is no address'],
    ['SMTP_URL', 'http://me:hunter2@127.0.0.1/x', 'SMTP_URL is no URL of an SMTP server'],
  ])('for a wrong %s, which is not shown', async (name, value, says) => {
    const data = await createFolder();
    const { code, stderr } = await hookproof(['serve', '--data', data], { [name]: value });
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(says)]);
    expect(stderr).not.toContain('hunter2');
    expect(code).toBe(2);
  });

  test('for a port, and for a data folder, that another serve uses', async () => {
    const data = await createFolder();
    const { url, control } = await startServe(['--data', data]);
    const { port } = new URL(url);
    const quiet = ['serve', '--log-level', 'silent'];
    const other = await createFolder();
    const onPort = await hookproof([...quiet, '--port', port, '--data', other]);
    expect(onPort.stderr).toMatch(new RegExp(`^hookproof: .*${port}.*\n$`));
    const onFolder = await hookproof([...quiet, '--port', '0', '--data', data]);
    expect(onFolder.stderr).toMatch(/^hookproof: .*in use by process.*\n$/);
    expect([onPort.code, onFolder.code]).toEqual([2, 2]);
    await control('/state');
  });

  test.each([
    ['a file in its place', (folder: string) => join(folder, 'file')],
    ['a file on the way to it', (folder: string) => join(folder, 'file', 'data')],
    ['a folder that not even root may write to', () => '/proc'],
  ] as const)('for %s', async (_what, place) => {
    const folder = await createFolder();
    await writeFile(join(folder, 'file'), '');
    const { code, stderr } = await hookproof(['serve', '--data', place(folder)]);
    expect(stderr).toMatch(/^hookproof: cannot write into the data folder .*--data\n$/);
    expect(code).toBe(2);
  });
});
