/** What the shells complete, asked of the shells themselves. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFolder, hookproof } from './run.js';

const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

const scriptFor = async (shell: string): Promise<string> => {
  const { stdout, code } = await hookproof(['completion', shell]);
  expect(code).toBe(0);
  const file = join(await createFolder(), 'completion');
  await writeFile(file, stdout);
  return file;
};

describe.skipIf(!has('bash'))('bash', () => {
  /** The last of the words is the one that is begun. */
  const completed = (file: string, words: readonly string[]): readonly string[] => {
    const line = words.map((word) => `'${word}'`).join(' ');
    const code = `source '${file}'; COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _hookproof; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr, status } = spawnSync('bash', ['-c', code], { encoding: 'utf8' });
    expect([stderr, status]).toEqual(['', 0]);
    return stdout.split('\n').filter((word) => word !== '');
  };

  test.each([
    [['hookproof', 've'], ['verify']],
    [['hookproof', 'list', 'ca'], ['cases']],
    [
      ['hookproof', 'verify', '--rep'],
      ['--report', '--replay-dir'],
    ],
    [['hookproof', 'verify', '--report', 'ju'], ['junit']],
    [['hookproof', 'verify', '--only', 'response/refuses'], ['response/refuses-with-4xx']],
    [['hookproof', 'verify', '--only', 'idempotency/*'], ['idempotency/*']],
    [['hookproof', 'verify', '--demo', '=', 'no-body'], ['no-body-limit']],
    [['hookproof', 'send', '--event', 'checks.fin'], ['checks.finished']],
    [
      ['hookproof', 'send', '--policy', ''],
      ['documented', 'literal', 'five'],
    ],
    [['hookproof', 'simulate', 'depl'], ['deploy-every-10-min']],
    [
      ['hookproof', 'serve', '--lang', ''],
      ['en', 'es'],
    ],
    [
      ['hookproof', '--lang', 'es', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['hookproof', 'verify', '--key', 'x'], []],
  ])('%j becomes %j', async (words, wanted) => {
    const found = completed(await scriptFor('bash'), words);
    expect(found).toHaveLength(wanted.length);
    expect(found).toEqual(expect.arrayContaining(wanted));
  });

  test('offers every command and global option', async () => {
    const file = await scriptFor('bash');
    expect(completed(file, ['hookproof', '']).length).toBeGreaterThanOrEqual(16);
    expect(completed(file, ['hookproof', 'doctor', '--'])).toEqual(
      expect.arrayContaining(['--lang', '--plain', '--help', '--wait']),
    );
  });
});

test.skipIf(!has('zsh'))('zsh takes its script', async () => {
  const file = await scriptFor('zsh');
  const load = `autoload -Uz compinit; compinit -D -u; source '${file}'; print $_comps[hookproof]`;
  const { stdout, stderr } = spawnSync('zsh', ['-fc', load], { encoding: 'utf8' });
  expect([stdout.trim(), stderr]).toEqual(['_hookproof', '']);
});

test.skipIf(!has('fish'))('fish completes with its script', async () => {
  const file = await scriptFor('fish');
  const ask = `source '${file}'; complete -C 'hookproof verify --report ju'; complete -C 'hookproof list ca'`;
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', ask], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(
    expect.arrayContaining(['junit', 'cases']),
  );
});

test('refuses a shell that it does not know', async () => {
  const { code, stderr } = await hookproof(['completion', 'tcsh']);
  expect(stderr).toContain('Allowed choices are bash, zsh, fish.');
  expect(code).toBe(2);
});
