/** How a request of a load run can end: exactly one of these, whatever happens to its connection. */
import type { FailureKind, Outcome } from '../core/outcome.js';

/**
 * Why a request got no answer. Beside what can befall a single delivery: `abandoned` was written
 * behind one that failed on the same connection; `unsent` was due and never found a free place.
 */
export const loadFailures = [
  'refused',
  'reset',
  'dns',
  'tls',
  'connect-timeout',
  'timeout',
  'protocol',
  'abandoned',
  'unsent',
] as const;

export type LoadFailure = (typeof loadFailures)[number];

/** `unwritten`: nothing of it left; `unknown`: it left, and nobody knows what came of it. */
export type LoadEnd = 'answered' | 'unwritten' | 'unknown';

const KIND_OF: Partial<Record<LoadFailure, FailureKind>> = {
  abandoned: 'reset',
  // It would have waited for longer than a receiver may take.
  unsent: 'timeout',
};

/** The same end as the policy's conditions know it. */
export const outcomeOfFailure = (failure: LoadFailure): Outcome => ({
  kind: 'failure',
  failure: KIND_OF[failure] ?? (failure as FailureKind),
  detail: failure,
});

/** The class of an error that ended a connection. */
export const toLoadFailure = (failure: FailureKind): LoadFailure =>
  failure === 'redirects' ? 'protocol' : failure;
