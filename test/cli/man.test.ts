/** The man page is that of the present help, and man can read it. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { manualPage } from '../../scripts/man-page.mjs';

const page = fileURLToPath(new URL('../../man/hookproof.1', import.meta.url));
const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined;

test('is current: npm run build && npm run man writes it', async () => {
  expect(await readFile(page, 'utf8')).toBe(await manualPage());
});

test.skipIf(!has('groff'))('groff warns of nothing', () => {
  const { stdout, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-ww', page], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toContain('verify');
});

test.skipIf(!has('mandoc'))('mandoc finds no error', () => {
  const { stdout, status } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', page], {
    encoding: 'utf8',
  });
  expect([stdout, status]).toEqual(['', 0]);
});
