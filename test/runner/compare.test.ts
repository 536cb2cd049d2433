import { expect, test } from 'vitest';
import { compareReports } from '../../contracts/index.js';
import type { CaseResult, RunResult } from '../../contracts/index.js';

const report = (verdicts: Readonly<Record<string, CaseResult['verdict']>>): RunResult =>
  ({
    tool: { name: 'hookproof', version: '1.0.0' },
    startedAt: '2026-11-23T10:00:00.000Z',
    seed: 1,
    target: 'http://127.0.0.1:3000/hook',
    summary: { verdict: 'passed' },
    cases: Object.entries(verdicts).map(([id, verdict]) => ({
      id,
      verdict,
      level: 'must',
      title: id,
      actual: verdict,
    })),
  }) as unknown as RunResult;

test('two reports differ by what was fixed, what broke, what stayed and what is not judged', () => {
  const before = report({
    fixed: 'failed',
    broke: 'passed',
    stayed: 'failed',
    fine: 'passed',
    lost: 'passed',
    gone: 'failed',
  });
  const after = report({
    fixed: 'passed',
    broke: 'failed',
    stayed: 'failed',
    fine: 'passed',
    lost: 'inconclusive',
    added: 'failed',
    addedFine: 'passed',
  });
  const comparison = compareReports(before, after);
  const ids = (changes: readonly { readonly id: string }[]) => changes.map(({ id }) => id);
  expect(ids(comparison.fixed)).toEqual(['fixed']);
  expect(ids(comparison.regressed)).toEqual(['broke', 'added']);
  expect(ids(comparison.stillFailing)).toEqual(['stayed']);
  expect(ids(comparison.noLongerJudged)).toEqual(['lost', 'gone']);
  expect(comparison.regressed[1]).toMatchObject({ before: null, after: 'failed' });
});

test('an expected failure is no regression', () => {
  const after = report({ one: 'failed' });
  const expected = after.cases.map((one) => ({
    ...one,
    expectation: { reason: 'known', expires: '2026-12-31' },
  }));
  expect(
    compareReports(report({ one: 'passed' }), { ...after, cases: expected }).regressed,
  ).toEqual([]);
});
