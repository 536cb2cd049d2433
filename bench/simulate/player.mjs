// A process of its own for a candidate that runs on Node, so that none spoils what the compiler knows
// of another. Told {parts, hasLatency}, it answers {attempts, ms, digest}; the time is of playing.
import { performance } from 'node:perf_hooks';
import { createDigest, scenarioOf } from './workload.mjs';

const ours = async (parts, hasLatency, digest) => {
  const { simulate } = await import('../../dist/simulator/virtual/simulate.js');
  const startMs = performance.now();
  let attempts = 0;
  for (const part of parts) {
    const { hooks, totals } = await simulate(scenarioOf(part, hasLatency));
    attempts += totals.attempts;
    for (const hook of hooks) {
      digest.hook(
        hook,
        hook.disabled.map(({ atMs }) => atMs),
      );
    }
  }
  return { attempts, ms: performance.now() - startMs };
};

const timers = (how) => async (parts, hasLatency, digest) => {
  const { playAll } = await import('./fake-timers.mjs');
  const startMs = performance.now();
  const attempts = await playAll(parts, hasLatency, how, digest);
  return { attempts, ms: performance.now() - startMs };
};

const candidates = {
  ours,
  callbacks: timers({ isAsync: false, isTogether: true }),
  'async loop': timers({ isAsync: true, isTogether: true }),
  'callbacks, hook by hook': timers({ isAsync: false, isTogether: false }),
  'async loop, hook by hook': timers({ isAsync: true, isTogether: false }),
};

const play = candidates[process.argv[2]];
const answer = async ({ parts, hasLatency }) => {
  const digest = createDigest();
  const played = await play(parts, hasLatency, digest);
  process.send({ ...played, digest: digest.value() });
};

process.on('message', (order) => void answer(order));
