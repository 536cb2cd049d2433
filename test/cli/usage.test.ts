import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contractCases } from '../../contracts/index.js';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { createFolder, hookproof, start } from './run.js';

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
      'an address that is none',
      ['verify', URL_HERE, ...KEY, '--resolve', 'a.test:80:b'],
      'expected an IP address for a.test:80',
    ],
    [
      'a bad key field',
      ['verify', '--demo', '--idempotency-key', 'event'],
      'Allowed choices are id',
    ],
    [
      'a bad content type',
      ['verify', '--demo', '--content-type', 'jwt'],
      'Expected a media type such as application/jwt',
    ],
    ['no products', ['verify', '--demo', '--products', ','], 'no product is named'],
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
    ['no receiver to look at', ['doctor'], 'no receiver is named'],
    ['a URL without http to look at', ['doctor', 'localhost:3000'], 'is no http or https URL'],
    ['a stranger to look at', ['doctor', 'http://8.8.8.8/x'], 'add --allow-host 8.8.8.8'],
    ['a bad wait', ['doctor', URL_HERE, '--wait', 'long'], 'Expected a duration'],
    ['an unknown list', ['list', 'evnts'], "unknown command 'evnts' (Did you mean events?)"],
  ])('for %s', async (_what, args, says) => {
    const { code, stdout, stderr } = await hookproof(args);
    const lines = stderr.split('\n').filter((line) => line !== '');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^hookproof: /);
    expect(lines[0]).toContain(says);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('for a report below a file, before anything is sent', async () => {
    const folder = await createFolder();
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

describe('a key', () => {
  test.each([
    ['k\r', 'a line end'],
    ['k\n', 'a line end'],
    [' k', 'white space'],
    ['"k"', 'quotation marks'],
  ])('%j is taken as it is, and what is around it told', async (key, around) => {
    const args = ['send', URL_HERE, '--event', 'checks.finished', '--no-retry', '--no-payload'];
    const { stderr } = await hookproof(args, { HOOKPROOF_KEY: key });
    expect(stderr).toContain(`hookproof: the key has ${around} around it, taken as part of it\n`);
    const plain = await hookproof(args, { HOOKPROOF_KEY: "k'ñ k" });
    expect(plain.stderr).not.toContain('around it');
  });
});

describe('a folder for replay files', () => {
  test('is named as a shell takes it', async () => {
    const folder = await createFolder();
    const place = join(folder, 're plays');
    const args = ['verify', '--demo=accepts-alg-none', '--only', 'verification/alg-none'];
    const { stdout } = await hookproof([...args, '--replay-dir', place, '--report', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      cases: [{ reproduce: `hookproof replay '${join(place, 'verification.alg-none.json')}'` }],
    });
  });

  test.each([['verify'], ['fuzz']])('is looked at before %s sends anything', async (command) => {
    const folder = await createFolder();
    await writeFile(join(folder, 'file'), '');
    const place = join(folder, 'file', 'replays');
    const { code, stderr } = await hookproof([command, '--demo', '--replay-dir', place]);
    expect(stderr).toBe(
      `hookproof: cannot keep replay files in ${place} (ENOTDIR); name a folder that can be written to with --replay-dir\n`,
    );
    expect(code).toBe(2);
  });

  test('is not made where nothing fails', async () => {
    const folder = await createFolder();
    const place = join(folder, 'deep', 'er');
    const args = ['verify', '--demo', '--only', 'V001', '--replay-dir', place];
    const { code, stderr } = await hookproof(args);
    expect([stderr, code]).toEqual([expect.not.stringContaining('cannot'), 0]);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('help and lists', () => {
  test.each([
    [[]],
    [['verify']],
    [['doctor']],
    [['forecast']],
    [['fuzz']],
    [['replay']],
    [['serve']],
    [['worker']],
    [['send']],
    [['capture']],
    [['drift']],
    [['compare']],
    [['self-test']],
    [['list']],
    [['list', 'events']],
    [['list', 'cases']],
    [['list', 'mutants']],
  ])('prints help for %j with an example, in 80 columns', async (command) => {
    const { code, stdout, stderr } = await hookproof([...command, '--help']);
    expect(stdout).toMatch(/^ {2}\$ .*hookproof /m);
    expect(stdout.split('\n').filter(({ length }) => length > 80)).toEqual([]);
    expect([code, stderr]).toEqual([0, '']);
  });

  test.each([[[]], [['list']]])(
    'prints help for %j alone, where it does not count',
    async (args) => {
      const { code, stdout, stderr } = await hookproof(args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('Usage: hookproof');
    },
  );

  test.each(['--version', '-V'])('prints the version of the package for %s', async (flag) => {
    const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
    const { code, stdout } = await hookproof([flag]);
    expect(stdout).toBe(`${(JSON.parse(text) as { readonly version: string }).version}\n`);
    expect(code).toBe(0);
  });

  test.each([
    ['events', 46, 'checks.finished'],
    ['cases', contractCases.length, 'verification/alg-none'],
    ['mutants', mutants.length, 'accepts-alg-none'],
  ])('lists %s as text, %i lines long, and as JSON', async (what, length, example) => {
    const text = await hookproof(['list', what]);
    expect(text.stdout.trimEnd().split('\n')).toHaveLength(length);
    expect(text.stdout).toMatch(new RegExp(`^${example} `, 'm'));
    const json = await hookproof(['list', what, '--json']);
    expect(JSON.stringify(JSON.parse(json.stdout))).toContain(`"${example}"`);
    expect([text.code, json.code]).toEqual([0, 0]);
  });

  test('lists each case with its level, row, rule and source', async () => {
    const { stdout } = await hookproof(['list', 'cases', '--json']);
    const listed = JSON.parse(stdout) as readonly (typeof contractCases)[number][];
    expect(listed.map(({ id }) => id)).toEqual(contractCases.map(({ id }) => id));
    for (const { level, catalogue, rule, source } of listed) {
      expect([level, catalogue, rule, source].map((text) => typeof text)).toEqual(
        Array.from({ length: 4 }, () => 'string'),
      );
    }
  });

  test.each([
    ['events', ['list', 'events', '--json']],
    ['a report', ['verify', '--demo', '--only', 'V030', '--report', 'json']],
  ])('takes no offence at a reader that leaves before the end of %s', async (_what, args) => {
    const { child, finished } = start(args);
    child.stdout.destroy();
    const { code, stderr } = await finished;
    expect(stderr).not.toContain('EPIPE');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(0);
  });
});
