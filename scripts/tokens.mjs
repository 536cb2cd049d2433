// Writes the token vectors from what the contract's cases send; with --check it only compares.
//   node scripts/tokens.mjs [--check]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

// The cases are TypeScript: the test that compares the files also writes them.
const vitest = dirname(createRequire(import.meta.url).resolve('vitest/package.json'));
const run = [join(vitest, 'vitest.mjs'), 'run', '--project', 'suite', 'test/tokens/files.test.ts'];
const { status } = spawnSync(process.execPath, run, {
  cwd: join(import.meta.dirname, '..'),
  stdio: 'inherit',
  env: values.check ? process.env : { ...process.env, UPDATE_TOKENS: '1' },
});
process.exitCode = status ?? 1;
