import { describe, expect, test } from 'vitest';
import type { Level, Verdict } from '../../contracts/index.js';
import { fatalLevels, summarise } from '../../contracts/runner/result.js';

const casesOf = (...words: readonly `${Level} ${Verdict}`[]) =>
  words.map((word) => {
    const [level, verdict] = word.split(' ') as [Level, Verdict];
    return { level, verdict };
  });

describe('a summary', () => {
  test('counts each verdict', () => {
    const cases = casesOf(
      'must passed',
      'must passed',
      'should failed',
      'must inconclusive',
      'must notObservable',
      'may notObservable',
      'may skipped',
    );
    expect(summarise(cases, { strict: false, stopped: false })).toEqual({
      passed: 2,
      failed: 1,
      inconclusive: 1,
      notObservable: 2,
      skipped: 1,
      expectedFailures: 0,
      verdict: 'passed',
    });
  });

  test.each<readonly [string, readonly `${Level} ${Verdict}`[], string, string]>([
    ['everything passed', ['must passed', 'should passed'], 'passed', 'passed'],
    ['a must failed', ['must failed', 'must passed'], 'failed', 'failed'],
    ['a should failed', ['should failed', 'must passed'], 'passed', 'failed'],
    ['a may failed', ['may failed', 'must passed'], 'passed', 'passed'],
    ['a must is unclear', ['must inconclusive', 'must passed'], 'passed', 'inconclusive'],
    ['a may is unclear', ['may inconclusive', 'must passed'], 'passed', 'inconclusive'],
    ['a must cannot be seen', ['must notObservable', 'must passed'], 'passed', 'passed'],
    ['a must was skipped', ['must skipped', 'must passed'], 'passed', 'passed'],
    ['nothing passed', ['must notObservable'], 'inconclusive', 'inconclusive'],
    ['all was skipped', ['must skipped', 'may skipped'], 'inconclusive', 'inconclusive'],
    ['nothing passed and a may failed', ['may failed'], 'inconclusive', 'inconclusive'],
    ['nothing passed and a must failed', ['must failed'], 'failed', 'failed'],
    ['failure beside doubt', ['must failed', 'must inconclusive'], 'failed', 'failed'],
    ['there is nothing', [], 'inconclusive', 'inconclusive'],
  ])('where %s (%j): %s, and %s when strict', (_what, words, verdict, strictly) => {
    const cases = casesOf(...words);
    expect(summarise(cases, { strict: false, stopped: false }).verdict).toBe(verdict);
    expect(summarise(cases, { strict: true, stopped: false }).verdict).toBe(strictly);
  });

  test.each<readonly [`${Level} ${Verdict}`, string]>([
    ['must passed', 'inconclusive'],
    ['should failed', 'inconclusive'],
    ['must failed', 'failed'],
  ])('of a run that was stopped after %s is %s', (word, verdict) => {
    const cases = casesOf('must passed', word);
    expect(summarise(cases, { strict: false, stopped: true }).verdict).toBe(verdict);
  });
});

test('a should is fatal only when strict, a may never', () => {
  expect([...fatalLevels(false)]).toEqual(['must']);
  expect([...fatalLevels(true)]).toEqual(['must', 'should']);
});
