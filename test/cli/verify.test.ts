import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunResult } from '../../contracts/index.js';
import { createFolder, hookproof, start } from './run.js';
import { validTokensIn } from '../verify/check.js';

const KEY = '77f1c0a2b95e4d68'.repeat(4);
const FAST = ['--only', 'verification/alg-none*', '--seed', '7'];
const servers: ReturnType<typeof createServer>[] = [];

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`;
};

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const withStatus =
  (status: number): RequestListener =>
  (request, response) => {
    request.resume();
    request.once('end', () => response.writeHead(status).end());
  };

describe('exit codes', () => {
  test('is 0 for a right receiver', async () => {
    const { code, stdout, stderr } = await hookproof(['verify', '--demo', ...FAST]);
    expect(stdout).toMatch(/PASSED/);
    expect(stderr).toContain('seed 7');
    expect(code).toBe(0);
  });

  test('is 1 for a broken one, with the finding', async () => {
    const { code, stdout } = await hookproof(['verify', '--demo=accepts-alg-none', ...FAST]);
    expect(stdout).toContain('Unsigned tokens are taken');
    expect(stdout).toContain('FAILED');
    expect(code).toBe(1);
  });

  test('is 3 where nothing listens, and says what to do', async () => {
    const { code, stdout } = await hookproof(['verify', 'http://127.0.0.1:9/x', '--key', KEY]);
    expect(stdout).toContain('start the receiver');
    expect(code).toBe(3);
  });

  test('is 3 where every genuine delivery is refused', async () => {
    const url = await serve(withStatus(401));
    const { code, stdout } = await hookproof(['verify', url, ...FAST], { HOOKPROOF_KEY: KEY });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('check that --key is the receiver’s key');
    expect(code).toBe(3);
  });

  test('is 3 where the host is not found', async () => {
    const { code, stdout } = await hookproof(['verify', 'http://nowhere.invalid/', '--key', KEY]);
    expect(stdout).toContain('dns');
    expect(code).toBe(3);
  });
});

describe('reports', () => {
  test('prints JSON that its schema describes, and nothing else, on standard output', async () => {
    const schemaFile = new URL('../../contracts/report/report.schema.json', import.meta.url);
    const schema = JSON.parse(await readFile(schemaFile, 'utf8')) as object;
    const args = [
      'verify',
      '--demo=no-deduplication',
      '--only',
      'idempotency/*copy',
      '--report',
      'json',
    ];
    const { code, stdout } = await hookproof(args);
    const validate = new Ajv2020({
      allErrors: true,
      strict: false,
      validateFormats: false,
    }).compile(schema);
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
    expect(code).toBe(1);
  });

  test('writes files beside the console', async () => {
    const folder = await createFolder();
    const { code, stdout } = await hookproof([
      'verify',
      '--demo',
      ...FAST,
      '--report',
      `junit=${join(folder, 'out.xml')}`,
      '--report',
      `json=${join(folder, 'out.json')}`,
    ]);
    expect(stdout).toContain('PASSED');
    expect((await readdir(folder)).toSorted()).toEqual(['out.json', 'out.xml']);
    expect(await readFile(join(folder, 'out.xml'), 'utf8')).toContain('<testsuite');
    expect(code).toBe(0);
  });

  test('prints the seed on standard error and in each of them', async () => {
    const args = ['verify', '--demo', '--only', 'V030', '--seed', '4242'];
    const [people, json, junit] = await Promise.all([
      hookproof(args),
      hookproof([...args, '--report', 'json']),
      hookproof([...args, '--report', 'junit']),
    ]);
    for (const { stderr } of [people, json, junit]) expect(stderr).toContain('seed 4242');
    expect(people.stdout).toMatch(/seed +4242/);
    expect((JSON.parse(json.stdout) as RunResult).seed).toBe(4242);
    expect(junit.stdout).toContain('4242');
  });

  test('has colour only where it is asked for', async () => {
    const escapes = (text: string): boolean => text.includes('\u001B[');
    const runs = await Promise.all(
      [
        {},
        { FORCE_COLOR: '1' },
        { FORCE_COLOR: '1', NO_COLOR: '1' },
        { FORCE_COLOR: '1', NO_COLOR: '' },
      ].map(async (env) => hookproof(['verify', '--demo', '--only', 'V030'], env)),
    );
    expect(runs.map(({ stdout }) => escapes(stdout))).toEqual([false, true, false, true]);
    expect(runs.map(({ stderr }) => escapes(stderr))).toEqual([false, false, false, false]);
  });
});

describe('secrets', () => {
  test.each<readonly [string, readonly string[], RequestListener]>([
    // The others are told of their first deliveries, or of one suite: only an echo is asked everything.
    ['that takes everything', ['--only', 'verification/*'], withStatus(200)],
    ['that refuses everything', [], withStatus(401)],
    ['that fails', [], withStatus(500)],
    ['that answers with what it was sent', [], (request, response) => void request.pipe(response)],
  ])('tells neither the key nor a token of a receiver %s', async (_what, only, listener) => {
    const url = await serve(listener);
    const folder = await createFolder();
    const files = ['json', 'junit', 'console'].map((format) => join(folder, format));
    const { stdout, stderr } = await hookproof(
      ['verify', url, '--key', KEY, ...only, '--skip', '*thousands', '--skip', 'response/burst*']
        .concat(['json', 'junit'].flatMap((one) => ['--report', `${one}=${join(folder, one)}`]))
        .concat(['--report', `console=${join(folder, 'console')}`]),
    );
    const written = await Promise.all(files.map(async (file) => readFile(file, 'utf8')));
    for (const text of [stdout, stderr, ...written]) {
      expect(text).not.toContain(KEY);
      expect(validTokensIn(text, KEY)).toEqual([]);
    }
  });
});

describe('a dry run', () => {
  test('prints the same plan for the same seed, and sends nothing', async () => {
    let requests = 0;
    const url = await serve((_request, response) => {
      requests++;
      response.end();
    });
    const args = ['verify', url, '--key', KEY, '--dry-run', '--seed', '5'];
    const [first, second, other] = await Promise.all([
      hookproof(args),
      hookproof(args),
      hookproof([...args.slice(0, -1), '6']),
    ]);
    expect(first.stdout).toContain('verification/alg-none');
    expect(second.stdout).toBe(first.stdout);
    expect(other.stdout).not.toBe(first.stdout);
    expect([first.code, requests]).toEqual([0, 0]);
    expect(first.stdout).not.toContain('eyJ');
  });
});

describe('a request to end', () => {
  test.each<readonly [NodeJS.Signals, string, () => Promise<readonly string[]>]>([
    ['SIGINT', 'the demo', async () => ['--demo']],
    ['SIGTERM', 'the demo', async () => ['--demo']],
    [
      'SIGINT',
      'a receiver that does not answer',
      async () => [await serve((request) => void request.resume()), '--key', KEY],
    ],
  ])('by %s ends a run of %s at once, without half a report', async (signal, _what, target) => {
    const folder = await createFolder();
    const report = ['--report', `json=${join(folder, 'out.json')}`];
    const { child, finished, output } = start(['verify', ...(await target()), ...report]);
    while (!output.stderr.includes('seed') && child.exitCode === null) {
      await Promise.race([once(child.stderr, 'data'), finished]);
    }
    const asked = performance.now();
    child.kill(signal);
    const { code, stdout, stderr } = await finished;
    expect(performance.now() - asked).toBeLessThan(2000);
    expect(code).toBe(130);
    expect(stdout).toBe('');
    const [announcement, ...lines] = stderr.trim().split('\n');
    expect(announcement).toMatch(/^hookproof \S+ {2}seed \d+ {2}http:/);
    expect(lines).toEqual(['hookproof: interrupted; there is no verdict']);
    expect(await readdir(folder)).toEqual([]);
  });
});
