import { describe, expect, test } from 'vitest';
import { applyExpectations, readExpectations } from '../../contracts/runner/expectations.js';
import type { CaseResult } from '../../contracts/index.js';
import { summarise } from '../../contracts/runner/result.js';

const today = '2026-11-23';

const result = (id: string, verdict: CaseResult['verdict']): CaseResult =>
  ({ id, catalogue: 'P38', level: 'must', verdict, actual: 'seen', family: 'x' }) as CaseResult;

const expectation = (pattern: string, expires = '2026-12-31') => ({
  case: pattern,
  reason: 'the gateway does it',
  expires,
});

const verdictOf = (cases: readonly CaseResult[]): string =>
  summarise(cases, { strict: false, stopped: false }).verdict;

describe('an expected failure', () => {
  const failing = [result('transport/body-limit', 'failed'), result('a/b', 'passed')];

  test('does not fail the run, and is counted', () => {
    const cases = applyExpectations(failing, [expectation('transport/*')], today);
    expect(cases[0]?.expectation).toEqual({ reason: 'the gateway does it', expires: '2026-12-31' });
    expect(verdictOf(cases)).toBe('passed');
    expect(summarise(cases, { strict: false, stopped: false })).toMatchObject({
      failed: 1,
      expectedFailures: 1,
    });
  });

  test('is accepted on its last day and not on the next', () => {
    const last = [expectation('transport/body-limit', today)];
    expect(verdictOf(applyExpectations(failing, last, today))).toBe('passed');
    const after = applyExpectations(failing, last, '2026-11-24');
    expect(verdictOf(after)).toBe('failed');
    expect(after[0]?.actual).toContain('it was expected until 2026-11-23: the gateway does it');
  });

  test('that does not happen fails the run', () => {
    const cases = applyExpectations(failing, [expectation('a/b')], today);
    expect(cases[1]).toMatchObject({ verdict: 'failed', level: 'must', actual: 'it passed' });
    expect(verdictOf(cases)).toBe('failed');
  });

  test('of several cases is met by one of them', () => {
    const cases = [result('a/b', 'failed'), result('a/c', 'passed')];
    expect(verdictOf(applyExpectations(cases, [expectation('a/*')], today))).toBe('passed');
  });

  test('of a case that was not judged changes nothing', () => {
    const cases = [result('a/b', 'notObservable'), result('a/c', 'passed')];
    expect(applyExpectations(cases, [expectation('a/b')], today)).toEqual(cases);
  });
});

describe('an expectations file', () => {
  test('is a list, or an object with one', () => {
    const list = [expectation('a/b')];
    expect(readExpectations(JSON.stringify(list), 'x.json')).toEqual(list);
    expect(readExpectations(JSON.stringify({ expectations: list }), 'x.json')).toEqual(list);
  });

  test.each([
    ['{', 'x.json: it is not JSON at line 1, column 2'],
    ['{}', 'x.json: it holds no list of expectations'],
    ['[{}]', 'x.json, entry 1: no case is named'],
    ['[null]', 'x.json, entry 1: no case is named'],
    ['[{"case":"a/b","reason":" "}]', 'x.json, entry 1: there is no reason'],
    ['[{"case":"a/b","reason":"r","expires":"soon"}]', 'x.json, entry 1: expires is no day'],
  ])('that reads %s is refused', (text, message) => {
    expect(() => readExpectations(text, 'x.json')).toThrow(message);
  });
});
