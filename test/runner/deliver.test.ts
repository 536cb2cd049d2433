import { describe, expect, test } from 'vitest';
import { createStillClock } from '../../contracts/runner/clock.js';
import { deliverWithRetries } from '../../contracts/runner/deliver.js';
import { attemptOf } from './attempts.js';
import type { Answer } from './attempts.js';

const START_MS = Date.parse('2026-01-02T03:04:05Z');

/** Plays a delivery whose attempts are answered like this, each after so long. */
const deliver = async (answers: readonly Answer[], latencyMs = 0, headers = {}) => {
  const clock = createStillClock(START_MS);
  const begunMs: number[] = [];
  const attempts = await deliverWithRetries({
    clock,
    timeoutMs: 3000,
    attempt: async (number) => {
      begunMs.push(clock.nowMs() - START_MS);
      await clock.wait(latencyMs);
      const answer = answers[number - 1];
      if (answer === undefined) throw new Error(`attempt ${number} was not expected`);
      const attempt = attemptOf(answer, { label: `attempt ${number}` });
      return { ...attempt, exchange: { ...attempt.exchange, headers } };
    },
  });
  return { begunMs, labels: attempts.map(({ label }) => label) };
};

describe('a delivery', () => {
  test.each<readonly [readonly Answer[], readonly number[]]>([
    [[200], [0]],
    [[204], [0]],
    [
      [500, 200],
      [0, 150],
    ],
    [
      [404, 201],
      [0, 150],
    ],
    [
      [302, 503, 200],
      [0, 150, 750],
    ],
    [
      [503, 503, 503],
      [0, 150, 750],
    ],
    [
      ['refused', 'reset', 'timeout'],
      [0, 150, 750],
    ],
    [
      ['timeout', 200],
      [0, 150],
    ],
  ])('answered %j is tried at %j ms', async (answers, begunMs) => {
    const delivery = await deliver(answers);
    expect(delivery.begunMs).toEqual(begunMs);
    expect(delivery.labels).toEqual(answers.map((_answer, index) => `attempt ${index + 1}`));
  });

  test.each<readonly [Answer, string, number]>([
    [429, '1', 1000],
    [503, '1', 1000],
    [503, '0', 150],
    [429, '3600', 2000],
    [429, 'Thu, 26 Nov 2026 11:41:38 GMT', 150],
    [500, '1', 150],
  ])('answered %j with Retry-After: %s is tried again after %i ms', async (answer, after, ms) => {
    const { begunMs } = await deliver([answer, 200], 0, { 'retry-after': after });
    expect(begunMs).toEqual([0, ms]);
  });

  test.each([1, 40, 3000])(
    'waits from the end of an attempt that took %i ms',
    async (latencyMs) => {
      const { begunMs } = await deliver([500, 500, 200], latencyMs);
      expect(begunMs).toEqual([0, latencyMs + 150, 2 * latencyMs + 750]);
    },
  );

  test('ends with an attempt that throws', async () => {
    await expect(deliver([500])).rejects.toThrow('attempt 2 was not expected');
  });
});
