/**
 * The rule that disables a hook, over millions of attempts in constant memory. A run that is shorter
 * than the window is judged exactly; a longer one leaves it by whole seconds.
 */
import type { DeliveryPolicy } from '../core/policy.js';
import { headroomOf } from '../core/window.js';

/** When the rule would have disabled the hook, had the run been its only traffic. */
export interface Tripped {
  /** Milliseconds since the run began. */
  readonly atMs: number;
  readonly failed: number;
  readonly total: number;
}

export interface Judge {
  /** Counts attempts that ended at `atMs` since the run began; in time order. */
  readonly count: (atMs: number, failed: boolean) => void;
  readonly tripped: () => Tripped | null;
}

const SECOND_MS = 1000;

export const createJudge = (policy: DeliveryPolicy): Judge => {
  const seconds = Math.ceil(policy.windowMs / SECOND_MS);
  const totals = new Float64Array(seconds);
  const failures = new Float64Array(seconds);
  const { numerator, denominator } = policy.threshold;
  const isRolling = policy.window === 'rolling';
  let second = 0;
  let failed = 0;
  let total = 0;
  let tripped: Tripped | null = null;

  const moveTo = (later: number): void => {
    if (!isRolling) {
      if (Math.floor(later / seconds) === Math.floor(second / seconds)) return;
      failed = 0;
      total = 0;
      return;
    }
    for (let step = 1; step <= Math.min(seconds, later - second); step++) {
      const place = (second + step) % seconds;
      total -= totals[place] as number;
      failed -= failures[place] as number;
      totals[place] = 0;
      failures[place] = 0;
    }
  };

  return {
    count: (atMs, isFailed) => {
      const now = Math.max(second, Math.floor(atMs / SECOND_MS));
      if (now > second) {
        moveTo(now);
        second = now;
      }
      const place = now % seconds;
      total += 1;
      totals[place] = (totals[place] as number) + 1;
      if (isFailed) {
        failed += 1;
        failures[place] = (failures[place] as number) + 1;
      }
      if (tripped !== null || denominator * failed <= numerator * total) return;
      if (headroomOf(policy, failed, total) === 0) tripped = { atMs, failed, total };
    },
    tripped: () => tripped,
  };
};
