/** Figures in the documents: those of the contract are counted, those of speed have a command that measures them. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contractCases, pairs, products } from '../../index.js';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { pages, root } from './pages.js';

const rows = JSON.parse(readFileSync(`${root}test/matrix/expected.json`, 'utf8')) as readonly {
  readonly wanted: string;
  readonly told: boolean;
}[];
const right = rows.filter(({ wanted }) => wanted === 'correct');
const broken = rows.filter(({ wanted }) => wanted !== 'correct');
const told = (some: typeof rows): number => some.filter((row) => row.told).length;

const textOf = (path: string): string =>
  (pages.find((page) => page.path === path)?.text ?? '').replaceAll(/\s+/g, ' ');

describe('the score of README.md', () => {
  test('is that of the record', () => {
    const [, all, judged, correct] =
      /of (\d+) \[broken receivers\]\S+, each with one defect, (\d+) were judged as wanted, and of (\d+) correct ones .* none was accused/.exec(
        textOf('README.md'),
      ) ?? [];
    expect([all, judged, correct].map(Number)).toEqual([broken.length, told(broken), right.length]);
    expect(broken).toHaveLength(mutants.length);
    expect(told(right)).toBe(right.length);
  });

  test('counts cases and events as they are', () => {
    const counts = pages
      .filter(({ path }) => path === 'README.md' || path.startsWith('docs/'))
      .flatMap(({ text }) => [...text.matchAll(/\b(\d+) (cases in|events of) (\d+) (\w+)/g)])
      .map(([, many, kind, groups, of]) => `${many} ${kind} ${groups} ${of}`);
    expect(new Set(counts)).toEqual(
      new Set([
        `${contractCases.length} cases in 5 suites`,
        `${pairs.length} events of ${products.length} products`,
      ]),
    );
    expect(textOf('README.md')).toContain(`[${contractCases.length} cases]`);
  });
});

/** A rate or a ratio: what differs between machines. Durations are rules, options or shown output. */
const SPEED =
  /\b\d[\d.,]* ?(?:×|times as fast|(?:k|M)?\/s\b|(?:deliveries|events|schedules) (?:a|per) second|MB of memory)/g;
const COMMAND = /`[^`]*npm run bench[^`]*`|`?npx hookproof [^`\n]+/;

test('a figure of speed stands on a page that names the command which measures it', () => {
  const bare = pages
    .filter(({ path }) => path === 'README.md' || /^docs\/[\w-]+\.md$/.test(path))
    .filter(({ prose }) => prose.replaceAll(/`[^`]*`/g, '').match(SPEED) !== null)
    .filter(({ text }) => !COMMAND.test(text))
    .map(({ path }) => path);
  expect(bare).toEqual([]);
});
