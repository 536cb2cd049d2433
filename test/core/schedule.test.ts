import { expect, test } from 'vitest';
import { type DeliveryPolicy, createPolicy, policies } from '../../simulator/core/policy.js';
import { type AttemptsSoFar, addAttempt, nextDueMs } from '../../simulator/core/schedule.js';

/** When each attempt starts if every one fails after `durationMs`. */
const startsOf = (policy: DeliveryPolicy, durationMs: number): readonly number[] => {
  const starts: number[] = [];
  let soFar: AttemptsSoFar | undefined;
  for (let dueMs: number | undefined = 0; dueMs !== undefined; dueMs = nextDueMs(policy, soFar)) {
    starts.push(dueMs);
    soFar = addAttempt(soFar, { startedAtMs: dueMs, endedAtMs: dueMs + durationMs });
  }
  return starts;
};

const seconds = (starts: readonly number[]): readonly number[] => starts.map((ms) => ms / 1000);

test('retries wait 30 s × 4^(n−1), 170.5 minutes in all', () => {
  const starts = startsOf(policies.documented, 0);
  const waits = starts.slice(1).map((startMs, index) => startMs - (starts[index] ?? 0));
  expect(waits).toEqual([1, 2, 3, 4, 5].map((retry) => 30_000 * 4 ** (retry - 1)));
  expect(starts.at(-1)).toBe(170.5 * 60_000);
});

test.each([
  ['previous-end', [0, 33, 156, 639, 2562, 10_245]],
  ['previous-start', [0, 30, 150, 630, 2550, 10_230]],
  ['first-start', [0, 30, 120, 480, 1920, 7680]],
] as const)('counts delays of attempts that take 3 s from the %s', (delayFrom, starts) => {
  expect(seconds(startsOf(createPolicy({ delayFrom }), 3000))).toEqual(starts);
});

test.each([
  ['previous-start', [0, 50]],
  ['first-start', [0, 50]],
  ['previous-end', [0, 80]],
] as const)('never begins a retry during an attempt, from the %s', (delayFrom, starts) => {
  expect(seconds(startsOf(createPolicy({ delayFrom, attemptsMax: 2 }), 50_000))).toEqual(starts);
});

test.each([
  ['documented', 6],
  ['literal', 6],
  ['five', 5],
] as const)('%s allows %i attempts', (name, attempts) => {
  expect(startsOf(policies[name], 0)).toHaveLength(attempts);
});

test('a policy of one attempt never retries', () => {
  expect(startsOf(createPolicy({ attemptsMax: 1, delaysMs: [] }), 0)).toEqual([0]);
});
