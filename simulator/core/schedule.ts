/** When the next attempt of a delivery is due, by the policy's table of delays. */
import type { DeliveryPolicy } from './policy.js';

/** What the schedule needs to know of the attempts a delivery has had; times in milliseconds. */
export interface AttemptsSoFar {
  /** Attempts ended, from 1. */
  readonly count: number;
  readonly firstStartedAtMs: number;
  readonly lastStartedAtMs: number;
  readonly lastEndedAtMs: number;
}

/** The attempts so far with one more, which has just ended. */
export const addAttempt = (
  soFar: AttemptsSoFar | undefined,
  attempt: { readonly startedAtMs: number; readonly endedAtMs: number },
): AttemptsSoFar => ({
  count: (soFar?.count ?? 0) + 1,
  firstStartedAtMs: soFar?.firstStartedAtMs ?? attempt.startedAtMs,
  lastStartedAtMs: attempt.startedAtMs,
  lastEndedAtMs: attempt.endedAtMs,
});

/**
 * The instant in milliseconds at which a delivery that keeps failing is tried again, or undefined
 * when the policy allows no more attempts. Under the defaults the retries wait 30 s, 2, 8, 32 and
 * 128 minutes, 170.5 minutes in all (DOC).
 *
 * Never earlier than the end of the last attempt: one delivery has one attempt at a time (INF).
 */
export const nextDueMs = (policy: DeliveryPolicy, soFar: AttemptsSoFar): number | undefined => {
  const { count, firstStartedAtMs, lastStartedAtMs, lastEndedAtMs } = soFar;
  const dueMs = retryDueMs(policy, count, firstStartedAtMs, lastStartedAtMs, lastEndedAtMs);
  return dueMs === Number.POSITIVE_INFINITY ? undefined : dueMs;
};

/** `nextDueMs` without an object, for runs of millions of attempts: Infinity for no more of them. */
export const retryDueMs = (
  { attemptsMax, delaysMs, delayFrom }: DeliveryPolicy,
  count: number,
  firstStartedAtMs: number,
  lastStartedAtMs: number,
  lastEndedAtMs: number,
): number => {
  // Before the table is read: what once read beyond the end of a list is slow ever after.
  if (count >= attemptsMax || count > delaysMs.length) return Number.POSITIVE_INFINITY;
  const delayMs = delaysMs[count - 1] as number;
  if (delayFrom === 'previous-end') return lastEndedAtMs + delayMs;
  const fromMs = delayFrom === 'previous-start' ? lastStartedAtMs : firstStartedAtMs;
  return Math.max(fromMs + delayMs, lastEndedAtMs);
};
