import { describe, expect, test } from 'vitest';
import { circles, fileGraph, folderGraph } from './architecture/circles.js';
import { parseModule, readModules } from './architecture/modules.js';
import { impurities, strayPackages, wrongArrows } from './architecture/rules.js';

describe('the sources', () => {
  const modules = readModules([
    'index.ts',
    'simulator',
    'contracts',
    'cli',
    'language',
    'fixtures/receivers',
  ]);

  test('are read', () => {
    expect(modules.length).toBeGreaterThan(100);
    expect(modules.flatMap(({ imports }) => imports).length).toBeGreaterThan(400);
  });

  test('import along the arrows only', () => {
    expect(wrongArrows(modules)).toEqual([]);
  });

  test('import each package in the one folder that owns it', () => {
    expect(strayPackages(modules)).toEqual([]);
  });

  test('take time, chance and I/O as arguments where they decide', () => {
    expect(impurities(modules)).toEqual([]);
  });

  test('have no circles between files', () => {
    expect(circles(fileGraph(modules))).toEqual([]);
  });

  test('have no circles between folders', () => {
    expect(circles(folderGraph(modules))).toEqual([]);
  });
});

describe('the reader of imports', () => {
  test.each([
    ["import { a } from './a.js';", 'cli/a.ts', false],
    ["import {\n  a,\n  b,\n} from '../b.js';", 'b.ts', false],
    ["import type { A } from './a.js';", 'cli/a.ts', true],
    ["import './a.js';", 'cli/a.ts', false],
    ["export * from './a.js';", 'cli/a.ts', false],
    ["export type { A } from './a.js';", 'cli/a.ts', true],
    ["const a = await import('./a.js');", 'cli/a.ts', false],
    ["type A = typeof import('./a.js');", 'cli/a.ts', true],
    ['const a = await import(path);', '?', false],
    ["import { z } from 'zod/mini';", 'zod', false],
    ["import { serve } from '@hono/node-server/serve';", '@hono/node-server', false],
    ["import { on } from 'node:events';", 'node:events', false],
  ])('finds %j', (text, to, typeOnly) => {
    expect(parseModule('cli/main.ts', text).imports).toEqual([{ to, typeOnly }]);
  });

  test.each([
    "// import { a } from './a.js';",
    "/**\n * ```ts\nimport { a } from './a.js';\n * ```\n */",
    "export const text = 'import(x)';",
    "export const parts = Array.from('abc');",
    "export const url = 'https://a.test'; // import('./b.js')",
  ])('finds nothing in %j', (text) => {
    expect(parseModule('cli/main.ts', text).imports.filter(({ to }) => to !== '?')).toEqual([]);
  });
});

describe('the rules', () => {
  const violations = (
    check: typeof wrongArrows,
    file: string,
    ...lines: readonly string[]
  ): readonly string[] => check([parseModule(file, lines.join('\n'))]);

  test.each([
    ['simulator/core/a.ts', '../sender/http.js'],
    ['simulator/catalog/a.ts', '../token/sign.js'],
    ['simulator/sender/a.ts', '../catalog/index.js'],
    ['simulator/token/a.ts', '../catalog/index.js'],
    ['simulator/index.ts', '../contracts/index.js'],
    ['contracts/probe/a.ts', '../../simulator/core/random.js'],
    ['contracts/verify.ts', '../cli/main.js'],
    ['contracts/verify.ts', '../fixtures/receivers/reference/index.js'],
    ['contracts/verify.ts', '../test/tools.js'],
    ['cli/a.ts', '../contracts/runner/run.js'],
    ['cli/a.ts', '../test/matrix/record.js'],
    ['index.ts', './cli/main.js'],
    ['fixtures/receivers/reference/a.ts', '../../../simulator/index.js'],
    ['fixtures/receivers/reference/a.ts', '../mutants/index.js'],
    ['fixtures/receivers/variants/a.ts', '../mutants/index.js'],
  ])('%s may not import %s', (file, from) => {
    expect(violations(wrongArrows, file, `import { a } from '${from}';`)).toHaveLength(1);
  });

  test('allow what is gone at run time where only that is meant', () => {
    const line = "import type { A } from '../catalog/event.js';";
    expect(violations(wrongArrows, 'simulator/token/a.ts', line)).toEqual([]);
  });

  test('ask for a rule for each new folder', () => {
    expect(violations(wrongArrows, 'simulator/new/a.ts')).toEqual([
      'simulator/new/a.ts is in a folder without a rule',
    ]);
  });

  test.each([
    ['contracts/verify.ts', "import { z } from 'zod';", 'simulator/catalog/'],
    ['cli/a.ts', "const undici = await import('undici');", 'simulator/sender/'],
    ['cli/a.ts', "import left from 'left-pad';", 'no folder'],
    ['cli/a.ts', 'await import(name);', 'no folder'],
  ])('%s may not hold %s', (file, line, owner) => {
    expect(violations(strayPackages, file, line).join()).toContain(`belongs to ${owner}`);
  });

  test.each([
    "import { hash } from 'node:crypto';",
    'const at = Date.now();',
    'const at = new Date();',
    'const drawn = Math.random();',
    'const at = performance.now();',
    'setTimeout(done, 5);',
    'const { env } = process.release;',
    'await fetch(url);',
  ])('what decides may not hold %s', (line) => {
    expect(violations(impurities, 'simulator/core/a.ts', line)).toHaveLength(1);
    expect(violations(impurities, 'simulator/sender/a.ts', line)).toEqual([]);
  });

  test('take no offence at comments, quotes and dates that were given', () => {
    const lines = ['// not Date.now', "const fix = 'use Date.now()';", 'new Date(atMs);'];
    expect(violations(impurities, 'contracts/report/a.ts', ...lines)).toEqual([]);
  });
});

describe('the search for circles', () => {
  const graph = (arrows: readonly string[]) =>
    arrows.map((arrow) => {
      const [file = '', from = ''] = arrow.split(' → ');
      return parseModule(file, `import type { A } from '${from}';`);
    });

  test('finds those between files', () => {
    const modules = graph(['a/1.ts → ./2.js', 'a/2.ts → ./3.js', 'a/3.ts → ./1.js']);
    expect(circles(fileGraph(modules))).toEqual(['a/1.ts ↔ a/2.ts ↔ a/3.ts']);
    expect(circles(folderGraph(modules))).toEqual([]);
  });

  test('finds those between folders whose files have none', () => {
    const modules = graph(['a/1.ts → ../b/1.js', 'b/1.ts → ./3.js', 'b/2.ts → ../a/2.js']);
    const all = [...modules, parseModule('a/2.ts', ''), parseModule('b/3.ts', '')];
    expect(circles(fileGraph(all))).toEqual([]);
    expect(circles(folderGraph(all))).toEqual(['a ↔ b']);
  });

  test('takes the folders of the command line for one', () => {
    const modules = graph(['cli/main.ts → ./commands/list.js', 'cli/commands/list.ts → ../key.js']);
    expect(circles(folderGraph([...modules, parseModule('cli/key.ts', '')]))).toEqual([]);
  });

  test('finds a file that imports itself', () => {
    expect(circles(fileGraph(graph(['a/1.ts → ./1.js'])))).toEqual(['a/1.ts']);
  });

  test('finds nothing in a diamond', () => {
    const modules = graph(['a.ts → ./b.js', 'a.ts → ./c.js', 'b.ts → ./d.js', 'c.ts → ./d.js']);
    expect(circles(fileGraph(modules))).toEqual([]);
  });
});
