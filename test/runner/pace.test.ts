import { describe, expect, test } from 'vitest';
import type { CaseContext } from '../../contracts/runner/case.js';
import { fitPace } from '../../contracts/runner/pace.js';
import { attemptOf, eventOf } from './attempts.js';
import type { Answer } from './attempts.js';

const MOST = 16;

/** A receiver that works on so many deliveries at a time, each for so long; the others wait. */
const paceOf = async (latencyMs: number, together: number, answer: Answer = 200) => {
  let atOnce = MOST;
  let asked = 0;
  let sent = 0;
  const slow = (rounds: number) => {
    const attempt = attemptOf(answer);
    return { ...attempt, exchange: { ...attempt.exchange, latencyMs: latencyMs * rounds } };
  };
  const context: Pick<CaseContext, 'deliver' | 'event' | 'timeoutMs'> = {
    timeoutMs: 3000,
    event: () => eventOf(`${asked}`),
    deliver: async (_events, options) => {
      const place = asked++ % atOnce;
      sent++;
      const attempt = slow(Math.ceil((place + 1) / together));
      expect(attempt.exchange.latencyMs).toBeLessThan(options?.timeoutMs ?? 0);
      return [attempt];
    },
  };
  const pace = {
    most: MOST,
    get: () => atOnce,
    set: (count: number) => {
      atOnce = Math.max(1, Math.min(count, MOST));
      asked = 0;
    },
  };
  await fitPace({ context: context as CaseContext, pace }, slow(1));
  return { atOnce, sent };
};

describe('the pace', () => {
  test.each([
    ['a fast one', 5, 1, 16, 0],
    ['one that takes a tenth of a second', 100, 1000, 16, 30],
    ['one that works in turn, and is not that slow', 300, 1, 5, 2],
    ['a slow one that waits', 800, 1000, 16, 30],
    ['a slow one that waits for four at a time', 800, 4, 4, 14],
    ['a slow one that works', 800, 1, 1, 2],
    ['a very slow one that waits', 2900, 1000, 16, 30],
    ['a very slow one that works, where two would be too late', 2900, 1, 1, 2],
  ])('for %s is found out', async (_what, latencyMs, together, atOnce, sent) => {
    expect(await paceOf(latencyMs, together)).toEqual({ atOnce, sent });
  });

  test('is not tried out on a receiver that refuses', async () => {
    expect(await paceOf(800, 1000, 401)).toEqual({ atOnce: 1, sent: 0 });
  });
});
