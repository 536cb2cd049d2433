/**
 * The rule that disables a hook and the schedule of its retries, a second time: slow, obvious and
 * written from the words of Truora's page, to hold the fast ones to. Nothing is remembered but a
 * plain list of attempts, and every judgement filters it anew.
 */
import type { Outcome } from '../../simulator/core/outcome.js';
import type { DeliveryPolicy, FailureCondition } from '../../simulator/core/policy.js';

/** An attempt that counts; instants in milliseconds. */
export interface Counted {
  readonly atMs: number;
  readonly failed: boolean;
  readonly event: number;
}

/** One attempt of a delivery. */
export interface Tried {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

const CONDITIONS: Readonly<Record<string, FailureCondition>> = {
  timeout: 'timeout',
  'connect-timeout': 'timeout',
  refused: 'connection',
  reset: 'connection',
  protocol: 'connection',
  dns: 'dns',
  tls: 'tls',
  redirects: 'redirects',
};

/** "Any combination of these failure conditions": whether one of those that the policy lists is met. */
export const hasFailed = (policy: DeliveryPolicy, outcome: Outcome): boolean => {
  const lists = (condition: FailureCondition | undefined): boolean =>
    condition !== undefined && policy.failureConditions.includes(condition);
  if (outcome.kind === 'failure') return lists(CONDITIONS[outcome.failure]);
  const isOutside2xx = Math.floor(outcome.status / 100) !== 2;
  const isLed = outcome.redirects > policy.redirectsMax;
  return (isOutside2xx && lists('status')) || (isLed && lists('redirects'));
};

/** "Within 60 minutes": the attempts that the window holds at an instant, in the order they ended. */
export const insideAt = (
  policy: DeliveryPolicy,
  log: readonly Counted[],
  atMs: number,
): readonly Counted[] => {
  const { windowMs } = policy;
  if (policy.window === 'rolling') {
    return log.filter((one) => one.atMs > atMs - windowMs && one.atMs <= atMs);
  }
  const firstMs = log[0]?.atMs ?? atMs;
  const spanOf = (ms: number): number => Math.floor((ms - firstMs) / windowMs);
  return log.filter((one) => spanOf(one.atMs) === spanOf(atMs));
};

/** How many of what the window holds have failed, and how many there are. */
export const figuresAt = (
  policy: DeliveryPolicy,
  log: readonly Counted[],
  atMs: number,
): { readonly failed: number; readonly total: number } => {
  const inside = insideAt(policy, log, atMs);
  const counted =
    policy.counted === 'attempts'
      ? inside
      : inside.filter((one, index) => !inside.slice(index + 1).some((o) => o.event === one.event));
  return { failed: counted.filter(({ failed }) => failed).length, total: counted.length };
};

/** "More than 80% of delivery attempts", of at least so many. */
export const trips = (policy: DeliveryPolicy, failed: number, total: number): boolean => {
  const { numerator, denominator } = policy.threshold;
  return total >= policy.attemptsMin && failed * denominator > total * numerator;
};

/** Failures in a row that would trip the rule, found by trying; Infinity where none ever can. */
export const missingToTrip = (policy: DeliveryPolicy, failed: number, total: number): number => {
  if (policy.threshold.numerator === policy.threshold.denominator) return Infinity;
  let more = 0;
  while (!trips(policy, failed + more, total + more)) more += 1;
  return more;
};

/** When a delivery whose attempts have all failed is tried again; undefined for never again. */
export const triedAgainAt = (
  policy: DeliveryPolicy,
  attempts: readonly Tried[],
): number | undefined => {
  const [first] = attempts;
  const last = attempts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (attempts.length === policy.attemptsMax) return undefined;
  const from = {
    'previous-end': last.endedAtMs,
    'previous-start': last.startedAtMs,
    'first-start': first.startedAtMs,
  };
  const dueMs = from[policy.delayFrom] + policy.delaysMs[attempts.length - 1]!;
  return dueMs < last.endedAtMs ? last.endedAtMs : dueMs;
};
