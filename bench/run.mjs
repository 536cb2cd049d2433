// Measures by name: `npm run bench` lists the benches, `npm run bench -- start` runs one.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cli } from './measure.mjs';

const benches = {
  start: {
    about: 'start of the command line against an empty Node process (goal: 1.15 times)',
    load: async () => import('./start.mjs'),
  },
  dedup: {
    about: '2000 schedules in process (goal: 2,000 a second for a trivial store)',
    load: async () => import('./dedup.mjs'),
  },
  simulate: {
    about: 'virtual time beside C, fake timers and SimPy, by the goals (--quick: fewer rounds)',
    load: async () => import('./simulate/run.mjs'),
  },
  workers: {
    about:
      'the stand-in on PostgreSQL: 3 workers against 1, late retries, pages (--quick: smaller)',
    load: async () => import('./workers/run.mjs'),
  },
  load: {
    about: 'deliveries a second beside wrk, undici, http and fetch, with zero loss (--quick)',
    load: async () => import('./load/run.mjs'),
  },
  tokens: {
    about: 'tokens signed and verified beside fast-jwt, jsonwebtoken and jose (--quick)',
    load: async () => import('./tokens.mjs'),
  },
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const [name] = positionals;
const bench = Object.hasOwn(benches, name ?? '') ? benches[name] : undefined;
if (bench === undefined) {
  for (const [known, { about }] of Object.entries(benches)) console.log(`${known}  ${about}`);
  if (name !== undefined) process.exitCode = 2;
} else if (existsSync(cli)) {
  const { run } = await bench.load();
  await run(values);
} else {
  console.error('dist/ is missing: run npm run build first');
  process.exitCode = 2;
}
