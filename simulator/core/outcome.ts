/** What came of an attempt, and whether a policy calls it a failure. */
import type { DeliveryPolicy, FailureCondition } from './policy.js';

/** How an attempt ended without a usable answer. */
export type FailureKind =
  'refused' | 'reset' | 'dns' | 'tls' | 'connect-timeout' | 'timeout' | 'redirects' | 'protocol';

/**
 * The observable end of an attempt: an answer with its final status and the redirects followed on
 * the way to it, or a failure with words for people (never a key or a token).
 */
export type Outcome =
  | { readonly kind: 'response'; readonly status: number; readonly redirects: number }
  | { readonly kind: 'failure'; readonly failure: FailureKind; readonly detail: string };

const conditionOf: Readonly<Record<FailureKind, FailureCondition>> = {
  refused: 'connection',
  reset: 'connection',
  protocol: 'connection',
  dns: 'dns',
  tls: 'tls',
  // Slack's words are "no answer within 3 seconds", whatever was being waited for (INF).
  'connect-timeout': 'timeout',
  timeout: 'timeout',
  redirects: 'redirects',
};

const conditionsMet = (policy: DeliveryPolicy, outcome: Outcome): readonly FailureCondition[] => {
  if (outcome.kind === 'failure') return [conditionOf[outcome.failure]];
  const met: FailureCondition[] = [];
  if (outcome.redirects > policy.redirectsMax) met.push('redirects');
  if (outcome.status < 200 || outcome.status > 299) met.push('status');
  return met;
};

/**
 * The condition by which an attempt failed, or undefined if it did not. Too many redirects come
 * before the status they led to. A condition the policy does not list fails nothing: such an
 * attempt ends its delivery like a 2xx.
 */
export const failedUnder = (
  policy: DeliveryPolicy,
  outcome: Outcome,
): FailureCondition | undefined =>
  conditionsMet(policy, outcome).find((condition) => policy.failureConditions.includes(condition));
