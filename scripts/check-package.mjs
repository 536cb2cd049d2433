// Packs what is built, and looks at it as a stranger would: what is shipped, how it is imported, and its types.
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { emptyFolder, install, pack } from './package/packed.mjs';
import { printSize } from './package/size.mjs';

const wanted = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'contracts/report/report.schema.json',
  'dist/cli/main.cjs',
  'dist/contracts/arbitraries/index.js',
  'dist/contracts/msw/index.js',
  'dist/contracts/vitest/index.js',
  'dist/fixtures/receivers/mutants/index.js',
  'dist/fixtures/receivers/reference/index.js',
  'dist/index.d.ts',
  'dist/index.js',
  'dist/language/spanish/help.json',
  'dist/simulator/server/page/index.html',
  'fixtures/events.json',
  'fixtures/events/checks/finished.json',
  'fixtures/scenarios/total-outage.json',
  'fixtures/tokens/alg-none.json',
  'man/hookproof.1',
  'package.json',
  'simulator/virtual/scenario.schema.json',
];
const allowed =
  /^(?:dist\/(?:index|simulator|contracts|cli|language|fixtures\/receivers\/(?:reference|mutants|variants))\b|fixtures\/(?:events|scenarios|tokens)\b)/;

const require = createRequire(import.meta.url);
const attw = join(require.resolve('@arethetypeswrong/cli/package.json'), '../dist/index.js');
const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc');

/** Runs a program of the development dependencies; tells whether it was content. */
const check = (args, cwd = '.') =>
  spawnSync(process.execPath, args, { cwd, stdio: 'inherit' }).status === 0;

const folder = emptyFolder('package');
const { tarball, files } = pack(folder);
const missing = wanted.filter((path) => !files.includes(path));
const strays = files.filter((path) => !wanted.includes(path) && !allowed.test(path));
for (const path of missing) console.error(`the package lacks ${path}`);
for (const path of strays) console.error(`the package ships ${path}`);
if (missing.length + strays.length > 0) process.exitCode = 1;
else console.log(`the package ships the right ${files.length} files`);

if (!check([attw, tarball, '--profile', 'esm-only'])) process.exitCode = 1;

const project = emptyFolder('stranger');
printSize(project, install(project, tarball));
cpSync('test/types', project, { recursive: true });
for (const resolution of ['nodenext', 'bundler']) {
  if (check([tsc, '-p', `tsconfig.${resolution}.json`], project)) {
    console.log(`its types are as test/types says, by ${resolution}`);
  } else process.exitCode = 1;
}
