// Whether what is in dist/ was built from other sources than those that are there.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['cli', 'contracts', 'fixtures', 'language', 'simulator', 'scripts'];
const FILES = [
  'index.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
/** What a build writes first, and what it writes last: one that was broken off left no such file. */
const FIRST = 'dist/cli/main.cjs';
const LAST = 'dist/simulator/server/store/snapshot.tar.gz';

const changedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** A folder changes when something in it is removed. */
const newestMs = (path) => {
  const ownMs = changedMs(path) ?? Number.POSITIVE_INFINITY;
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return ownMs;
  return Math.max(ownMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
};

/** @param root the folder of the package */
export const isStale = (root = '.') => {
  const builtMs = changedMs(join(root, FIRST));
  if (builtMs === undefined || changedMs(join(root, LAST)) === undefined) return true;
  return [...FOLDERS, ...FILES].some((source) => newestMs(join(root, source)) > builtMs);
};
