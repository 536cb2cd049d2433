import { createDriver, createPolicy } from '../../simulator/index.js';
import type { Attempt } from './case.js';
import type { Clock } from './clock.js';
import { isBusy, retryAfterMs } from './judge.js';

/**
 * The longest that a busy receiver is waited for. Truora comes back after 30 s at the earliest (DOC), so
 * that one who asks for a second or two loses nothing.
 */
export const PATIENCE_MS = 2000;

const DELAYS_MS = [150, 600];

/**
 * The documented retries, compressed: a receiver that is only briefly busy gets its second chance
 * as it would from Truora, and a run stays short. The rule that disables a hook is off.
 */
const compressedPolicy = (timeoutMs: number) =>
  createPolicy({
    attemptsMax: 3,
    delaysMs: DELAYS_MS,
    timeoutMs,
    threshold: { numerator: 1, denominator: 1 },
  });

/** Delivers once, with retries, and returns the attempts in order. */
export const deliverWithRetries = async (delivery: {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly attempt: (number: number) => Promise<Attempt>;
}): Promise<readonly Attempt[]> => {
  const attempts: Attempt[] = [];
  const driver = createDriver({
    policy: compressedPolicy(delivery.timeoutMs),
    clock: delivery.clock,
    attempt: async (_id, number) => {
      const last = attempts.at(-1);
      if (last !== undefined && isBusy(last)) {
        const askedMs = Math.min(retryAfterMs(last) ?? 0, PATIENCE_MS);
        await delivery.clock.wait(Math.max(0, askedMs - (DELAYS_MS[number - 2] ?? 0)));
      }
      const attempt = await delivery.attempt(number);
      attempts.push(attempt);
      return attempt.exchange.outcome;
    },
  });
  driver.enqueue({ id: 'delivery', eventKeys: [] });
  await driver.settled();
  return attempts;
};
