// Two threads against one, over more than a hundred hooks, after both found the same.
import { deepStrictEqual } from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { interleave, judge, medianRatio } from '../measure.mjs';
import { scenarioOf } from './workload.mjs';

const GOAL = 1.7;
const HOOKS = 1000;
const EVENTS = 25_000;

const scenario = scenarioOf({ kind: 'failing', events: EVENTS, accounts: HOOKS }, true);

const taking = (play) => async () => {
  const startMs = performance.now();
  await play();
  return performance.now() - startMs;
};

export const section = async ({ quick }) => {
  const { simulate } = await import('../../dist/simulator/virtual/simulate.js');
  const { simulateInThreads } = await import('../../dist/simulator/threads/simulate-in-threads.js');
  const alone = async () => simulate(scenario);
  const together = async () => simulateInThreads(scenario, { threads: 2 });
  console.log(`\n${HOOKS} hooks of ${EVENTS} events, on ${availableParallelism()} processors`);
  deepStrictEqual(await together(), await alone());
  console.log('  one thread and two found the same');
  const taken = await interleave(
    { 'one thread': taking(alone), 'two threads': taking(together) },
    { rounds: quick ? 1 : 5, warmUps: 1, label: 'threads:' },
  );
  judge(
    'two threads against one',
    medianRatio(taken['one thread'], taken['two threads']),
    '>=',
    GOAL,
  );
};
