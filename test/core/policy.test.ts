import { describe, expect, test } from 'vitest';
import { HookproofError } from '../../simulator/core/errors.js';
import { createPolicy, policies } from '../../simulator/core/policy.js';

const refusalOf = (overrides: object): HookproofError => {
  try {
    createPolicy(overrides);
  } catch (error) {
    if (error instanceof HookproofError) return error;
    throw error;
  }
  throw new Error('the policy was accepted');
};

test('the documented policy prints every choice', () => {
  expect(policies.documented).toEqual({
    attemptsMax: 6,
    delaysMs: [30_000, 120_000, 480_000, 1_920_000, 7_680_000],
    delayFrom: 'previous-end',
    failureConditions: ['status', 'timeout', 'connection', 'dns', 'tls', 'redirects'],
    timeoutMs: 3000,
    redirectsMax: 2,
    window: 'rolling',
    windowMs: 3_600_000,
    threshold: { numerator: 4, denominator: 5 },
    attemptsMin: 10,
    counted: 'attempts',
    resendsCounted: false,
    onDisable: 'drop',
    onEnable: 'clear',
    scope: 'hook',
  });
});

test.each([
  ['literal', { attemptsMin: 1 }],
  ['five', { attemptsMax: 5 }],
] as const)('%s differs from the documented policy in one field', (name, difference) => {
  expect(policies[name]).toEqual({ ...policies.documented, ...difference });
});

test.each(Object.entries(policies))('%s survives JSON and cannot be changed', (_name, policy) => {
  expect(createPolicy(JSON.parse(JSON.stringify(policy)) as object)).toEqual(policy);
  expect([policy, policy.delaysMs, policy.failureConditions, policy.threshold]).toSatisfy(
    (parts: readonly object[]) => parts.every((part) => Object.isFrozen(part)),
  );
});

test('keeps no hold on the lists it is given', () => {
  const delaysMs = [1, 2, 3, 4, 5];
  const policy = createPolicy({ delaysMs });
  delaysMs.push(6);
  expect(policy.delaysMs).toEqual([1, 2, 3, 4, 5]);
});

test.each([
  { attemptsMax: 1, delaysMs: [] },
  { redirectsMax: 0 },
  { failureConditions: [] },
  { threshold: { numerator: 0, denominator: 1 } },
  { threshold: { numerator: 1, denominator: 1 } },
  { window: 'tumbling', counted: 'events', onDisable: 'send', onEnable: 'keep', scope: 'account' },
] as const)('accepts %j', (overrides) => {
  expect(createPolicy(overrides)).toMatchObject(overrides);
});

describe('refuses', () => {
  const ratio = 'whole numbers {numerator, denominator}, 0 ≤ numerator ≤ denominator ≤ 1000000';
  const condition =
    "'status' or 'timeout' or 'connection' or 'dns' or 'tls' or 'redirects', none twice";

  test.each<[object, string]>([
    [{ attemptsMax: 0 }, 'attemptsMax: expected a whole number of at least 1, got 0 (number)'],
    [{ attemptsMax: '6' }, 'attemptsMax: expected a whole number of at least 1, got "6" (string)'],
    [
      { attemptsMax: Number.NaN },
      'attemptsMax: expected a whole number of at least 1, got NaN (number)',
    ],
    [
      { attemptsMax: undefined },
      'attemptsMax: expected a whole number of at least 1, got undefined',
    ],
    [{ attemptsMax: 7 }, 'delaysMs: expected at least 6 delays for attemptsMax 7, got 5'],
    [{ delaysMs: [30_000] }, 'delaysMs: expected at least 5 delays for attemptsMax 6, got 1'],
    [
      { delaysMs: [-1] },
      'delaysMs: expected a list, each item a whole number of at least 0, got [-1] (list)',
    ],
    [
      { delaysMs: null },
      'delaysMs: expected a list, each item a whole number of at least 0, got null',
    ],
    [
      { delayFrom: 'end' },
      `delayFrom: expected 'previous-end' or 'previous-start' or 'first-start', got "end" (string)`,
    ],
    [
      { failureConditions: ['dns', 'dns'] },
      `failureConditions: expected a list, each item ${condition}, got ["dns","dns"] (list)`,
    ],
    [
      { failureConditions: 'dns' },
      `failureConditions: expected a list, each item ${condition}, got "dns" (string)`,
    ],
    [
      { timeoutMs: 0.5 },
      'timeoutMs: expected a whole number from 1 to 2147483647, got 0.5 (number)',
    ],
    [{ redirectsMax: -1 }, 'redirectsMax: expected a whole number of at least 0, got -1 (number)'],
    [{ window: 'sliding' }, `window: expected 'rolling' or 'tumbling', got "sliding" (string)`],
    [{ windowMs: 0 }, 'windowMs: expected a whole number of at least 1, got 0 (number)'],
    [{ threshold: 0.8 }, `threshold: expected ${ratio}, got 0.8 (number)`],
    [{ threshold: null }, `threshold: expected ${ratio}, got null`],
    [
      { threshold: { numerator: 6, denominator: 5 } },
      `threshold: expected ${ratio}, got {"numerator":6,"denominator":5} (object)`,
    ],
    [{ attemptsMin: 0 }, 'attemptsMin: expected a whole number of at least 1, got 0 (number)'],
    [{ counted: 'all' }, `counted: expected 'attempts' or 'events', got "all" (string)`],
    [{ resendsCounted: 1 }, 'resendsCounted: expected true or false, got 1 (number)'],
    [{ onDisable: 'keep' }, `onDisable: expected 'drop' or 'hold' or 'send', got "keep" (string)`],
    [{ onEnable: 'drop' }, `onEnable: expected 'clear' or 'keep', got "drop" (string)`],
    [{ scope: 'all' }, `scope: expected 'hook' or 'account', got "all" (string)`],
  ])('%j', (overrides, words) => {
    const refusal = refusalOf(overrides);
    expect(refusal.code).toBe('invalid_argument');
    expect(refusal.message).toBe(`policy.${words}`);
  });

  test('a field it does not know, naming those it does', () => {
    const refusal = refusalOf({ retries: 5 });
    expect(refusal.code).toBe('invalid_argument');
    expect(refusal.message).toMatch(
      /^policy\.retries: expected a field among attemptsMax, delaysMs, .*, scope, got "retries" \(string\)$/,
    );
    expect(refusal.remedy).toBe('Correct or remove retries: what is left out keeps its default.');
  });

  test('more attempts than there are delays for, and how both fit again', () => {
    const { remedy } = refusalOf({ attemptsMax: 30 });
    expect(remedy).toBe('add the delays that attemptsMax 30 needs to delaysMs, or lower it');
  });
});
