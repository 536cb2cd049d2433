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
  if (pace.get() === pace.most || !isAcknowledged(first)) return;
  for (let proven = 1; proven < pace.most;) {
    const tried = Math.min(2 * proven, pace.most);
    pace.set(tried);
    if (!(await takesTogether(context, tried, latencyMs))) {
      pace.set(Math.max(proven, inTurn));
      return;
    }
    proven = tried;
  }
};

/**
 * Whether so many deliveries at a time are acknowledged at their first attempt, each about as soon as
 * one alone. Who works on them in turn is waited for: it tells what he bears, not what he does wrong.
 */
const takesTogether = async (
  context: CaseContext,
  count: number,
  aloneMs: number,
): Promise<boolean> => {
  const timeoutMs = context.timeoutMs + 2 * aloneMs;
  const deliveries = await Promise.all(
    Array.from({ length: count }, async () =>
      context.deliver([context.event()], { label: `one of ${count} at a time`, timeoutMs }),
    ),
  );
  return deliveries.every(([attempt, ...retries]) => {
    if (attempt === undefined || retries.length > 0) return false;
    return isAcknowledged(attempt) && attempt.exchange.latencyMs <= AS_SOON * aloneMs;
  });
};
