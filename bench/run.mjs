// Measures by name: `npm run bench` lists the benches, `npm run bench -- start` runs one.
// Rounds are interleaved, so that a busy minute of the machine slows every candidate alike.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const WARM_UPS = 2;
const ROUNDS = 15;

const cli = fileURLToPath(new URL('../dist/cli/main.cjs', import.meta.url));

const node = (...args) => {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - startMs;
};

/** Schedules of one round of `dedup`. */
const SCHEDULES = 2000;

const library = async () => import('../dist/index.js');

/** A store that is right: a set of keys. */
const trivialStore = {
  create: () => {
    const keys = new Set();
    return {
      claim: (key) => !keys.has(key) && keys.add(key) !== undefined,
      release: async (key) => keys.delete(key),
    };
  },
};

const checkedAll = async (subject, options = {}) => {
  const { checkDedup } = await library();
  const startMs = performance.now();
  const limits = { seed: 1, maxRuns: SCHEDULES, maxMs: 600_000 };
  const { runs } = await checkDedup(subject, { ...limits, ...options });
  if (runs !== SCHEDULES) throw new Error(`only ${runs} schedules were played`);
  return performance.now() - startMs;
};

const benches = {
  start: {
    about: 'start of the command line against an empty Node process (goal: 1.15 times)',
    candidates: {
      'node -e 0': () => node('-e', '0'),
      'hookproof --version': () => node(cli, '--version'),
      'hookproof --help': () => node(cli, '--help'),
    },
  },
  dedup: {
    about: `${SCHEDULES} schedules in process (goal: 2,000 a second for a trivial store)`,
    count: SCHEDULES,
    candidates: {
      'a handler that does nothing': async () =>
        checkedAll(async () => undefined, { count: () => 1 }),
      'a trivial store': async () => checkedAll(trivialStore),
    },
  },
};

const median = (numbers) => {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1];
};

const run = async ({ candidates, count }) => {
  const names = Object.keys(candidates);
  const taken = new Map(names.map((name) => [name, []]));
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    for (const name of names) {
      const tookMs = await candidates[name]();
      if (round >= 0) taken.get(name).push(tookMs);
    }
  }
  const baseMs = median(taken.get(names[0]));
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) {
    const tookMs = median(taken.get(name));
    const ratio = (tookMs / baseMs).toFixed(2);
    const rate = count === undefined ? '' : `  ${Math.round((1000 * count) / tookMs)} a second`;
    console.log(`${name.padEnd(width)}  ${tookMs.toFixed(1).padStart(7)} ms  ${ratio} ×${rate}`);
  }
};

const [name] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name ?? '') ? benches[name] : undefined;
if (bench === undefined) {
  for (const [known, { about }] of Object.entries(benches)) console.log(`${known}  ${about}`);
  if (name !== undefined) process.exitCode = 2;
} else if (existsSync(cli)) {
  console.log(`medians of ${ROUNDS} rounds on Node ${process.version}`);
  await run(bench);
} else {
  console.error('dist/ is missing: run npm run build first');
  process.exitCode = 2;
}
