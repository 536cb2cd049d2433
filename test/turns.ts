/**
 * Where HOOKPROOF_TURNS=1, as in CI, what takes long is tested in turns: a share of it at each commit.
 * Without it everything is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const takesTurns = process.env['HOOKPROOF_TURNS'] === '1';

const commit = (): number => {
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  return Number.parseInt(stdout?.slice(0, 8) ?? '', 16) || 0;
};

/** Each `shares`-th of them, beginning at one that the commit chooses. */
export const shareOf = <Item>(items: readonly Item[], shares: number): readonly Item[] => {
  if (!takesTurns) return items;
  const first = commit() % shares;
  return items.filter((_item, place) => place % shares === first);
};

/** The files that take longest, from half a minute up on two cores; neighbours are much alike. */
const LONG = [
  'cli/serve',
  'server/deliveries',
  'cli/verify',
  'verify/misbehaving',
  'load/command',
  'cli/send',
  'docs/effects',
  'docs/deduplication',
  'server/crash/postgres',
  'server/crash/embedded',
  'server/same-ledger',
  'virtual/engine.property',
  'cli/usage',
  'cli/simulate',
  'docs/shell',
  'cli/serve-docs',
  'runner/plan',
  'cli/secrets',
  'cli/self-test',
  'cli/fuzz',
  'doctor/broken',
  'cli/doctor',
  'dedup/check',
  'schedule/fuzz',
  'cli/capture',
  'verify/http',
  'page/access',
  'page/browser',
  'virtual/picture/browser',
  'server/fuzz',
  'ci/action',
  'report/real-runs',
  'verify/bodies',
  'report/html',
  'verify/probes',
].map((name) => `test/${name}.test.ts`);

/** The files whose turn it is not: all but a quarter of the long ones. */
export const resting = (): readonly string[] => {
  const missing = LONG.filter((file) => !existsSync(file));
  if (missing.length > 0)
    throw new Error(`test/turns.ts names what is not there: ${missing.join(', ')}`);
  const chosen = new Set(shareOf(LONG, 4));
  return LONG.filter((file) => !chosen.has(file));
};
