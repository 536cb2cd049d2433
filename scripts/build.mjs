// Compiles to dist/, builds the stand-in's page there, and makes the binary executable. With --if-stale
// only where a source is newer: npm prepares the package at the first `npx hookproof` of a checkout too.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildPage } from './page.mjs';
import { isStale } from './stale.mjs';

const require = createRequire(import.meta.url);
const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');

if (process.argv.includes('--if-stale') && !isStale()) process.exit(0);

rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
cpSync('fixtures/receivers/variants', 'dist/fixtures/receivers/variants', {
  recursive: true,
  filter: (path) => !path.endsWith('.ts'),
});
for (const folder of ['language/spanish', 'contracts/spanish']) {
  if (existsSync(folder)) cpSync(folder, `dist/${folder}`, { recursive: true });
}
await buildPage('dist/simulator/server/page');
chmodSync('dist/cli/main.cjs', 0o755);
const { status: made } = spawnSync(process.execPath, ['scripts/snapshot.mjs'], {
  stdio: 'inherit',
});
if (made !== 0) process.exit(made ?? 1);
