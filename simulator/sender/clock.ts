import { setTimeout } from 'node:timers/promises';
import { TIMER_MAX_MS } from '../core/times.js';

/** Time as a driver of deliveries uses it. */
export interface DeliveryClock {
  /** Whole milliseconds since 1970; they do not run backwards. */
  readonly nowMs: () => number;
  /** Resolves after so long, or as soon as the signal says so. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * The clock on the wall, or one that begins there and runs `speed` times as fast, so that a retry
 * that is due in a minute is due in a second. What it measures is stretched alike.
 */
export const createClock = (speed = 1): DeliveryClock => {
  const beginMs = Date.now();
  const since = performance.now();
  return {
    nowMs: () => Math.round(beginMs + (performance.now() - since) * speed),
    wait: async (ms, signal) => {
      const untilMs = performance.now() + ms / speed;
      for (;;) {
        const leftMs = untilMs - performance.now();
        if (leftMs <= 0 || signal?.aborted === true) return;
        await setTimeout(Math.min(leftMs, TIMER_MAX_MS), undefined, { signal }).catch(
          () => undefined,
        );
      }
    },
  };
};
