import { expect, test } from 'vitest';
import type { Probe } from '../../contracts/probe/probe.js';
import { createStillClock } from '../../contracts/runner/clock.js';
import { createLimit } from '../../contracts/runner/limit.js';
import { createObserver } from '../../contracts/runner/observer.js';
import { HookproofError } from '../../simulator/index.js';
import { eventOf } from './attempts.js';

const TIMEOUT_MS = 10_000;

/** Counts so many events, by a probe that fails for some of them; `failsAfterMs` each time. */
const countMany = async (
  length: number,
  fails: (question: number) => boolean,
  failsAfterMs = TIMEOUT_MS,
) => {
  const clock = createStillClock(0);
  let questions = 0;
  const probe: Probe = {
    name: 'a probe',
    ask: async () => {
      if (!fails(questions++)) return { effects: 1, text: '' };
      await clock.wait(failsAfterMs);
      throw new HookproofError('probe_failed', 'no answer', 'start it');
    },
  };
  const observer = createObserver({ probe, clock, settleMaxMs: 1000, limit: createLimit(4) });
  const events = Array.from({ length }, (_, index) => eventOf(`event ${index}`));
  const counts = await observer.countEach(events);
  return { counts, questions, tookMs: clock.nowMs(), problem: observer.problem() };
};

test('asks a probe no further that let question after question wait in vain', async () => {
  const { counts, questions, problem } = await countMany(700, (question) => question >= 100);
  expect(counts).toEqual(Array.from({ length: 700 }, (_, index) => (index < 100 ? 1 : undefined)));
  expect(questions).toBeLessThan(115);
  expect(problem?.code).toBe('probe_failed');
});

test.each<readonly [string, (question: number) => boolean, number | undefined]>([
  ['answers between its failures', (question) => question % 5 === 0, undefined],
  ['fails at once', (question) => question < 690, 5],
])('asks a probe for each event that %s', async (_what, fails, failsAfterMs) => {
  const { counts, questions } = await countMany(700, fails, failsAfterMs);
  expect(questions).toBe(700);
  expect(counts).toHaveLength(700);
  expect(counts.at(-1)).toBe(fails(699) ? undefined : 1);
});
