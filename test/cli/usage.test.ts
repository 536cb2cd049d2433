import { readFile, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hookproof } from './run.js';

const KEY = ['--key', 'a-key-of-the-tests'];
const URL_HERE = 'http://127.0.0.1:9/hook';

describe('wrong usage ends with 2 and one line', () => {
  test.each([
    ['no receiver', ['verify'], 'no receiver is named'],
    ['no key', ['verify', URL_HERE], 'the signing key is missing'],
    ['an empty key', ['verify', URL_HERE, '--key', ''], 'the signing key is missing'],
    ['an unknown command', ['verfy'], "unknown command 'verfy' (Did you mean verify?)"],
    ['an unknown option', ['verify', '--demo', '--prob', 'x'], "unknown option '--prob'"],
    [
      'an unknown case',
      ['verify', '--demo', '--only', 'verification/alg-noen'],
      'did you mean verification/alg-none?',
    ],
    [
      'an unknown slug',
      ['verify', '--demo', '--skip', 'identical-copi'],
      'did you mean idempotency/identical-copy?',
    ],
    [
      'nothing left',
      ['verify', '--demo', '--only', 'V030', '--skip', 'verification/*'],
      'no case is left',
    ],
    ['an unknown format', ['verify', '--demo', '--report', 'juni'], 'did you mean junit?'],
    [
      'a report without a file',
      ['verify', '--demo', '--report', 'json='],
      'Expected <format>=<file>',
    ],
    [
      'two reports on standard output',
      ['verify', '--demo', '--report', 'json', '--report', 'junit'],
      'two reports want standard output',
    ],
    [
      'a folder that is not there',
      ['verify', '--demo', '--report', 'json=/no/such/folder/x.json'],
      'cannot write a report into',
    ],
    ['a bad duration', ['verify', '--demo', '--timeout', 'soon'], 'Expected a duration'],
    ['a bad seed', ['verify', '--demo', '--seed', '-1'], 'Expected a whole number'],
    ['a bad concurrency', ['verify', '--demo', '--concurrency', '0'], 'Expected a whole number'],
    [
      'a bad header',
      ['verify', URL_HERE, ...KEY, '--header', 'no colon'],
      "Expected 'Name: value'",
    ],
    [
      'a bad resolution',
      ['verify', URL_HERE, ...KEY, '--resolve', 'a:b'],
      'Expected host:port:address',
    ],
    [
      'a bad key field',
      ['verify', '--demo', '--idempotency-key', 'event'],
      'Allowed choices are id',
    ],
    ['another protocol', ['verify', 'ftp://127.0.0.1/x', ...KEY], 'is no http or https URL'],
    ['no URL at all', ['verify', 'localhost:3000', ...KEY], 'is no http or https URL'],
    ['a public address', ['verify', 'http://8.8.8.8/x', ...KEY], 'add --allow-host 8.8.8.8'],
    ['an unknown product', ['verify', '--demo', '--products', 'check'], 'did you mean checks?'],
    [
      'an unknown mutant',
      ['verify', '--demo=accepts-alg-nome'],
      'did you mean --demo=accepts-alg-none?',
    ],
    [
      'a URL beside the demo',
      ['verify', URL_HERE, '--demo', '--seed', '1'],
      'both a URL and --demo',
    ],
    [
      'two probes',
      ['verify', URL_HERE, ...KEY, '--probe', 'http://127.0.0.1:9', '--probe-cmd', 'x'],
      'both --probe and --probe-cmd',
    ],
    [
      'a probe that is no URL',
      ['verify', URL_HERE, ...KEY, '--probe', 'records'],
      "--probe 'records' is no URL",
    ],
    [
      'a count without a probe',
      ['verify', URL_HERE, ...KEY, '--probe-count', '$.n'],
      '--probe-count has no probe',
    ],
    [
      'a bad JSONPath',
      ['verify', URL_HERE, ...KEY, '--probe', 'http://127.0.0.1:9', '--probe-count', '$['],
      'JSONPath',
    ],
    ['an unknown list', ['list', 'evnts'], "unknown command 'evnts' (Did you mean events?)"],
  ])('for %s', async (_what, args, says) => {
    const { code, stdout, stderr } = await hookproof(args);
    const lines = stderr
      .split('\n')
      .filter((line) => line !== '' && !/^hookproof \d+\.\d+\.\d+ {2}seed /.test(line));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^hookproof: /);
    expect(lines[0]).toContain(says);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('for a report below a file, before anything is sent', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hookproof-usage-'));
    await writeFile(join(folder, 'file'), '');
    const { code, stderr } = await hookproof([
      'verify',
      '--demo',
      '--report',
      `json=${join(folder, 'file', 'x.json')}`,
    ]);
    expect(stderr).toContain('cannot write a report into');
    expect(code).toBe(2);
  });
});

describe('help and lists', () => {
  test.each([[[]], [['verify']], [['list', 'events']], [['list', 'cases']], [['list', 'mutants']]])(
    'prints help for %j with an example, in 80 columns',
    async (command) => {
      const { code, stdout } = await hookproof([...command, '--help']);
      expect(stdout).toContain('$ ');
      expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(110);
      expect(code).toBe(0);
    },
  );

  test.each(['--version', '-V'])('prints the version of the package for %s', async (flag) => {
    const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
    const { code, stdout } = await hookproof([flag]);
    expect(stdout).toBe(`${(JSON.parse(text) as { readonly version: string }).version}\n`);
    expect(code).toBe(0);
  });

  test.each([
    ['events', 45, 'checks.finished'],
    ['cases', 200, 'verification/alg-none'],
    ['mutants', 80, 'accepts-alg-none'],
  ])('lists %s as text and as JSON', async (what, least, example) => {
    const text = await hookproof(['list', what]);
    expect(text.stdout.split('\n').length).toBeGreaterThan(least);
    expect(text.stdout).toContain(example);
    const json = await hookproof(['list', what, '--json']);
    expect(JSON.stringify(JSON.parse(json.stdout))).toContain(example);
    expect([text.code, json.code]).toEqual([0, 0]);
  });
});
