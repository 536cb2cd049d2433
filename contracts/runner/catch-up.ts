import type { TruoraEvent } from '../../simulator/index.js';
import type { Clock } from './clock.js';
import type { Observer } from './observer.js';

interface CatchUp {
  readonly clock: Clock;
  readonly observer: Observer;
  /** Sent last: once it is seen, a receiver that works in order has done all it will do. */
  readonly last?: TruoraEvent;
  /** How long nothing new may appear, in milliseconds; longer where effects came in larger steps. */
  readonly quietMs?: number;
}

const QUIET_MS = 3000;
const QUIET_STEPS = 3;
const QUIET_MAX_MS = 15_000;

/** Waits until every event has an effect, or nothing more happens; returns those without. */
export const catchUp = async (
  events: readonly TruoraEvent[],
  { clock, observer, last, quietMs: leastMs = QUIET_MS }: CatchUp,
): Promise<readonly TruoraEvent[]> => {
  let missing = events;
  let changedAtMs = clock.nowMs();
  let longestStepMs = 0;
  for (let pauseMs = 20; ; pauseMs = Math.min(200, pauseMs * 2)) {
    const counts = await Promise.all(missing.map(async (event) => observer.countNow(event)));
    const still = missing.filter((_event, index) => counts[index] === 0);
    if (still.length === 0) return still;
    const nowMs = clock.nowMs();
    if (still.length < missing.length) {
      longestStepMs = Math.max(longestStepMs, nowMs - changedAtMs);
      changedAtMs = nowMs;
    }
    missing = still;
    const quietMs =
      last === undefined || missing.includes(last)
        ? Math.min(QUIET_MAX_MS, Math.max(leastMs, QUIET_STEPS * longestStepMs))
        : observer.settleMaxMs;
    if (nowMs - changedAtMs >= quietMs) return missing;
    await clock.wait(pauseMs);
  }
};
