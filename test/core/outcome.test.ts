import { expect, test } from 'vitest';
import { type FailureKind, failedUnder } from '../../simulator/core/outcome.js';
import { createPolicy, policies } from '../../simulator/core/policy.js';

test.each([
  [199, 'status'],
  [200, undefined],
  [204, undefined],
  [299, undefined],
  [300, 'status'],
  [404, 'status'],
  [503, 'status'],
] as const)('status %i: %s', (status, condition) => {
  const outcome = { kind: 'response', status, redirects: 0 } as const;
  expect(failedUnder(policies.documented, outcome)).toBe(condition);
});

test.each([
  [1, 200, undefined],
  [2, 200, undefined],
  [3, 200, 'redirects'],
  [3, 500, 'redirects'],
  [2, 500, 'status'],
] as const)('%i redirects to a %i: %s', (redirects, status, condition) => {
  const outcome = { kind: 'response', status, redirects } as const;
  expect(failedUnder(policies.documented, outcome)).toBe(condition);
});

const failures = [
  ['refused', 'connection'],
  ['reset', 'connection'],
  ['protocol', 'connection'],
  ['dns', 'dns'],
  ['tls', 'tls'],
  ['connect-timeout', 'timeout'],
  ['timeout', 'timeout'],
  ['redirects', 'redirects'],
] as const satisfies readonly (readonly [FailureKind, string])[];

test.each(failures)('failure %s: %s', (failure, condition) => {
  const outcome = { kind: 'failure', failure, detail: '' } as const;
  expect(failedUnder(policies.documented, outcome)).toBe(condition);
});

test.each(failures)('failure %s is none when %s is not a condition', (failure, condition) => {
  const failureConditions = policies.documented.failureConditions.filter(
    (listed) => listed !== condition,
  );
  const outcome = { kind: 'failure', failure, detail: '' } as const;
  expect(failedUnder(createPolicy({ failureConditions }), outcome)).toBeUndefined();
});

test('a status counts where too many redirects do not', () => {
  const policy = createPolicy({ failureConditions: ['status'] });
  expect(failedUnder(policy, { kind: 'response', status: 500, redirects: 9 })).toBe('status');
  expect(failedUnder(policy, { kind: 'response', status: 200, redirects: 9 })).toBeUndefined();
});
