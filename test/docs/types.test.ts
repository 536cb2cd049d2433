/** Snippets of TypeScript are compiled against the build, in strict mode, as a reader's project would. */
import { spawnSync } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFolder } from '../cli/run.js';
import { pages, root } from './pages.js';
import { NOT_COMPILED, PRELUDE } from './typed.js';

const tsc = createRequire(import.meta.url)
  .resolve('typescript/package.json')
  .replace('package.json', 'bin/tsc');

const CONFIG = {
  compilerOptions: {
    ...{ target: 'es2023', lib: ['es2023'], module: 'nodenext', strict: true, noEmit: true },
    ...{ types: ['node'], skipLibCheck: true },
    paths: {
      hookproof: [`${root}dist/index.d.ts`],
      'hookproof/vitest': [`${root}dist/contracts/vitest/index.d.ts`],
      'hookproof/fast-check': [`${root}dist/contracts/arbitraries/index.d.ts`],
      'hookproof/msw': [`${root}dist/contracts/msw/index.d.ts`],
    },
  },
  include: ['*.ts'],
};

/** Imports come first in a module, before what the prelude declares. */
const moduleOf = (code: string): string => {
  const lines = code.split('\n');
  const last = lines.findLastIndex((line) => line.startsWith('import '));
  return [...lines.slice(0, last + 1), PRELUDE, ...lines.slice(last + 1)].join('\n');
};

test('snippets of TypeScript compile', { timeout: 60_000 }, async () => {
  const folder = await createFolder();
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const snippets = pages
    .filter(({ path }) => !path.startsWith('examples/'))
    .flatMap(({ path, blocks }) => blocks.map((block) => ({ path, ...block })))
    .filter(({ language }) => language === 'ts');
  const compiled = snippets.filter(
    ({ path, code }) => !NOT_COMPILED.some(([page, word]) => page === path && code.includes(word)),
  );
  expect(compiled.length).toBeGreaterThan(5);
  expect(snippets.length - compiled.length).toBe(NOT_COMPILED.length);
  for (const { path, line, code } of compiled) {
    const name = `${path.replaceAll(/\W/g, '-')}-${line}.ts`;
    await writeFile(join(folder, name), moduleOf(code));
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
