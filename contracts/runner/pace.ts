import type { Attempt, CaseContext } from './case.js';
import { isAcknowledged } from './judge.js';

/** How many deliveries are sent at a time. */
export interface Pace {
  readonly get: () => number;
  readonly set: (atOnce: number) => void;
  readonly most: number;
}

/** So many times the latency of one delivery, and they were worked on together. */
const AS_SOON = 1.5;
/** Which share of the time-out an answer may take at the most, should only half of them be. */
const IN_TIME = 0.8;

/** As many deliveries at once as a receiver of this latency can answer in half its time. */
const bearable = (latencyMs: number, timeoutMs: number): number =>
  Math.floor(timeoutMs / 2 / Math.max(1, latencyMs));

/**
 * Fits the pace to a receiver that acknowledged the first delivery: as many at a time as it could answer
 * one after the other. One that is slow, since it waits for something, may take more of them together:
 * twice as many are tried for as long as that takes no longer.
 */
export const fitPace = async (
  { context, pace }: { readonly context: CaseContext; readonly pace: Pace },
  first: Attempt,
): Promise<void> => {
  const { latencyMs } = first.exchange;
  const inTurn = bearable(latencyMs, context.timeoutMs);
  pace.set(inTurn);
  const isSlow = pace.get() < pace.most;
  if (!isSlow || !isAcknowledged(first) || 2 * latencyMs > IN_TIME * context.timeoutMs) return;
  // From one on: who works on them in turn is not brought near the time-out by the first trial.
  for (let proven = 1; proven < pace.most;) {
    const tried = Math.min(2 * proven, pace.most);
    pace.set(tried);
    if (!(await takesTogether(context, tried, AS_SOON * latencyMs))) {
      pace.set(Math.max(proven, inTurn));
      return;
    }
    proven = tried;
  }
};

/** Whether so many deliveries at a time are acknowledged at their first attempt, each soon enough. */
const takesTogether = async (
  context: CaseContext,
  count: number,
  withinMs: number,
): Promise<boolean> => {
  const deliveries = await Promise.all(
    Array.from({ length: count }, async () =>
      context.deliver([context.event()], { label: `one of ${count} at a time` }),
    ),
  );
  return deliveries.every(([attempt, ...retries]) => {
    if (attempt === undefined || retries.length > 0) return false;
    return isAcknowledged(attempt) && attempt.exchange.latencyMs <= withinMs;
  });
};
