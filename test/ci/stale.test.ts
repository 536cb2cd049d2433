/** When the package is built anew as npm prepares it. */
import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isStale } from '../../scripts/stale.mjs';
import { createFolder } from '../cli/run.js';

const BUILT = 2_000_000_000;

/** A package whose sources are older than what was built of them. */
const built = async (): Promise<string> => {
  const root = await createFolder();
  const put = (path: string, atSeconds: number): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
    utimesSync(join(root, path), atSeconds, atSeconds);
  };
  const folders = ['cli', 'contracts', 'fixtures', 'language', 'simulator', 'scripts'];
  for (const folder of folders) put(`${folder}/deep/a.ts`, BUILT - 10);
  for (const name of ['index.ts', 'package.json', 'package-lock.json']) put(name, BUILT - 10);
  for (const name of ['tsconfig.json', 'tsconfig.build.json']) put(name, BUILT - 10);
  put('dist/cli/main.cjs', BUILT);
  put('dist/simulator/server/store/snapshot.tar.gz', BUILT + 30);
  return root;
};

test('not where nothing has changed since', async () => {
  expect(isStale(await built())).toBe(false);
});

test.each([
  ['nothing was built', (root: string) => rmSync(join(root, 'dist'), { recursive: true })],
  [
    'a build was broken off',
    (root: string) => rmSync(join(root, 'dist/simulator'), { recursive: true }),
  ],
  [
    'a source has changed',
    (root: string) => utimesSync(join(root, 'simulator/deep/a.ts'), BUILT + 1, BUILT + 1),
  ],
  [
    'a source was removed',
    (root: string) => {
      rmSync(join(root, 'cli/deep/a.ts'));
      utimesSync(join(root, 'cli/deep'), BUILT + 1, BUILT + 1);
    },
  ],
  [
    'other packages are locked',
    (root: string) => utimesSync(join(root, 'package-lock.json'), BUILT + 1, BUILT + 1),
  ],
])('where %s', async (_what, change) => {
  const root = await built();
  change(root);
  expect(isStale(root)).toBe(true);
});

test('the real build writes first and last what is looked for', () => {
  const dist = new URL('../../dist/', import.meta.url);
  const [first, last] = ['cli/main.cjs', 'simulator/server/store/snapshot.tar.gz'].map((path) =>
    statSync(new URL(path, dist)),
  );
  expect(first?.mtimeMs).toBeLessThan(last?.mtimeMs ?? 0);
});
