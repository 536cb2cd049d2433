// How many schedules `checkDedup` plays in process.
import { performance } from 'node:perf_hooks';
import { compare } from './measure.mjs';

const ROUNDS = 15;

/** Schedules of one round. */
const SCHEDULES = 2000;

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
  const { checkDedup } = await import('../dist/index.js');
  const startMs = performance.now();
  const limits = { seed: 1, maxRuns: SCHEDULES, maxMs: 600_000 };
  const { runs } = await checkDedup(subject, { ...limits, ...options });
  if (runs !== SCHEDULES) throw new Error(`only ${runs} schedules were played`);
  return performance.now() - startMs;
};

export const run = async () =>
  compare(
    {
      'a handler that does nothing': async () =>
        checkedAll(async () => undefined, { count: () => 1 }),
      'a trivial store': async () => checkedAll(trivialStore),
    },
    { rounds: ROUNDS, count: SCHEDULES },
  );
