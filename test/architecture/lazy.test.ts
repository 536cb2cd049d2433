/** What loads at a start: only what every command needs. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const STATIC = /^(?:import|export)\s+(?!type\s)(?:[^'"`;]*?\sfrom\s+)?'(?<from>[^']+)'/gm;

/** Every file and package that a file loads before its first line runs. */
const loadedBy = (entry: string): ReadonlySet<string> => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    if (!file.endsWith('.ts')) return;
    const text = readFileSync(new URL(file, root), 'utf8');
    for (const { groups } of text.matchAll(STATIC)) {
      const from = groups?.['from'] ?? '';
      const isFile = from.startsWith('.');
      visit(isFile ? posix.join(posix.dirname(file), from).replace(/\.js$/, '.ts') : from);
    }
  };
  visit(entry);
  return seen;
};

test.each(['cli/program.ts', 'index.ts', 'contracts/vitest/index.ts', 'contracts/msw/index.ts'])(
  '%s loads nothing of the stand-in',
  (entry) => {
    const loaded = [...loadedBy(entry)];
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded.filter((one) => one.startsWith('simulator/server/'))).toEqual([]);
    expect(loaded).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:pg|pino|hono)/)]),
    );
  },
);

test('a worker loads no HTTP and no page', () => {
  const loaded = [...loadedBy('simulator/server/index.ts')];
  expect(loaded).toContain('pino');
  expect(loaded.filter((one) => /^simulator\/server\/(?:api|page)\//.test(one))).toEqual([]);
});
