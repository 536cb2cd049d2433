/** Where what is printed or written finds no room: Linux has a device that is always full. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, open, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createFolder, hookproof } from './run.js';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const FULL = '/dev/full';

describe.skipIf(!existsSync(FULL))('a full device', () => {
  test.each([
    ['simulate', 'total-outage', '--json'],
    ['simulate', 'total-outage', '--ndjson'],
    ['simulate', 'total-outage'],
    ['forecast', '--rate', '1/min', '--runs', '2'],
    ['list', 'events'],
  ])('as standard output of %s %s %s is one line and 2', async (...args) => {
    const full = await open(FULL, 'w');
    const env = { ...process.env, HOOKPROOF_LANG: 'en' };
    const { status, stderr } = spawnSync(process.execPath, [binary, ...args], {
      stdio: ['ignore', full.fd, 'pipe'],
      encoding: 'utf8',
      env,
    });
    await full.close();
    expect(stderr).toContain('hookproof: cannot write standard output (ENOSPC); make room there\n');
    expect(stderr).not.toMatch(/^\s+at |fault/m);
    expect(status).toBe(2);
  });

  test.each(['html', 'ndjson', 'json'])(
    'stays one when the report %s goes there',
    async (format) => {
      const folder = await createFolder();
      const link = join(folder, 'full');
      await symlink(FULL, link);
      const args = ['simulate', 'total-outage', '--report', `${format}=${link}`];
      const { code, stderr } = await hookproof(args);
      const words = `cannot write ${link} (ENOSPC); make room there, or name another file`;
      expect(stderr).toContain(words);
      expect(code).toBe(2);
      expect((await lstat(link)).isSymbolicLink()).toBe(true);
      expect(await readdir(folder)).toEqual(['full']);
    },
  );
});

test.each(['html', 'csv'])('a link stays a link to the new report %s', async (format) => {
  const folder = await createFolder();
  const [file, link] = [join(folder, 'report'), join(folder, 'link')];
  await writeFile(file, 'old');
  await symlink(file, link);
  const { code } = await hookproof(['simulate', 'poison-event', '--report', `${format}=${link}`]);
  expect(code).toBe(0);
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect((await readFile(file, 'utf8')).length).toBeGreaterThan(100);
});
