/** Every block of code in the documents is run, compiled or read by some test, or excused with a reason. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pages, root } from './pages.js';

/** Which test runs the commands of a page. */
const RUN_BY: Readonly<Record<string, string>> = {
  'README.md': 'test/docs/shell.test.ts',
  'docs/capture.md': 'test/cli/docs.test.ts',
  'docs/ci.md': 'test/docs/shell.test.ts',
  'docs/disable-rule.md': 'test/docs/shell.test.ts',
  'docs/doctor.md': 'test/docs/shell.test.ts',
  'docs/forecast.md': 'test/docs/shell.test.ts',
  'docs/fuzz.md': 'test/docs/shell.test.ts',
  'docs/getting-started.md': 'test/docs/shell.test.ts',
  'docs/load.md': 'test/load/docs.test.ts',
  'docs/send.md': 'test/cli/docs.test.ts',
  'docs/serve.md': 'test/cli/serve-docs.test.ts',
  'docs/simulate.md': 'test/docs/shell.test.ts',
  'docs/verify.md': 'test/docs/shell.test.ts',
};

/** Languages that another test looks at, wherever they stand. */
const READ_BY: Readonly<Record<string, string>> = {
  ts: 'test/docs/types.test.ts',
  json: 'test/docs/snippets.test.ts',
  yaml: 'test/docs/snippets.test.ts',
};

/** Pages whose code has tests of its own. */
const OTHERS: Readonly<Record<string, string>> = {
  'docs/ci.md': 'test/docs/shell.test.ts',
  'docs/effects.md': 'test/docs/effects.test.ts',
  'docs/deduplication.md': 'test/docs/deduplication.test.ts',
  'docs/reference/mends.md': 'test/causes',
  'docs/getting-started.md': 'test/docs/shell.test.ts',
};

const written = pages.filter(({ path }) => !path.startsWith('examples/'));

describe('blocks of code', () => {
  test('of a shell are run, each page by a test that names it', () => {
    const shown = written.filter(({ blocks }) => blocks.some(({ language }) => language === 'sh'));
    expect(shown.length).toBeGreaterThan(10);
    for (const { path } of shown) {
      const by = RUN_BY[path] ?? OTHERS[path] ?? 'no test';
      expect([path, by, existsSync(`${root}${by}`)]).toEqual([path, by, true]);
      const name = path.split('/').at(-1) ?? path;
      expect([by, readFileSync(`${root}${by}`, 'utf8').includes(name)]).toEqual([by, true]);
    }
  });

  test('of other languages have a test too', () => {
    const unread = written.flatMap(({ path, blocks }) =>
      blocks
        .filter(({ language }) => language !== '' && language !== 'sh')
        .filter(({ language }) => READ_BY[language] === undefined && OTHERS[path] === undefined)
        .map(({ language, line }) => `${path}:${line} ${language}`),
    );
    expect(unread).toEqual([]);
  });

  test('of JSON are JSON', () => {
    const blocks = written
      .flatMap((page) => page.blocks)
      .filter(({ language }) => language === 'json');
    expect(blocks.length).toBeGreaterThan(1);
    for (const { code } of blocks) expect(JSON.parse(code)).toBeTypeOf('object');
  });
});

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly 'runs-on': string;
        readonly steps: readonly {
          readonly uses?: string;
          readonly with?: Readonly<Record<string, string>>;
        }[];
      }
    >
  >;
}

describe('the workflow of README.md', () => {
  const [block] = pages[0]?.blocks.filter(({ language }) => language === 'yaml') ?? [];
  const { jobs } = parse(block?.code ?? '') as Workflow;
  const step = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(({ uses }) => uses?.includes('hookproof'));

  test('gives the action what it takes', () => {
    const given = Object.keys(step?.with ?? {});
    expect(given).toEqual(['url', 'key', 'probe']);
    if (!existsSync(`${root}action.yml`)) return;
    const { inputs } = parse(readFileSync(`${root}action.yml`, 'utf8')) as {
      readonly inputs: Readonly<Record<string, unknown>>;
    };
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(given));
  });
});
