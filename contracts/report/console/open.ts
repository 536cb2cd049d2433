/** Findings as they stand without the failures that the user expects. */
import type { Level } from '../../runner/case.js';
import type { CaseResult, Finding, RunResult } from '../../runner/result.js';

/** A finding with the cases that nobody expects to fail. */
export interface OpenFinding extends Omit<Finding, 'cases'> {
  readonly cases: readonly CaseResult[];
}

const LEVELS: readonly Level[] = ['must', 'should', 'may'];

export const isExpected = ({ verdict, expectation }: CaseResult): boolean =>
  verdict === 'failed' && expectation !== undefined;

/** A finding is as grave as what is left of it; where nothing is, it is left out. */
export const openFindings = (result: RunResult): readonly OpenFinding[] => {
  const cases = new Map(result.cases.map((one) => [one.id, one]));
  return result.findings.flatMap((finding) => {
    const known = finding.cases.flatMap((id) => cases.get(id) ?? []);
    const open = known.filter((one) => !isExpected(one));
    if (open.length === known.length) return [{ ...finding, cases: open }];
    const level = LEVELS.find((one) => open.some((left) => left.level === one));
    return level === undefined ? [] : [{ ...finding, level, cases: open }];
  });
};
