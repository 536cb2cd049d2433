/** Results made by hand, from the cases of the contract. */
import { contractCases } from '../../contracts/index.js';
import type { CaseResult, ContractCase } from '../../contracts/index.js';

const toResult = (one: ContractCase, changes: Partial<CaseResult>): CaseResult => ({
  id: one.id,
  catalogue: one.catalogue,
  suite: one.suite,
  family: one.family,
  level: one.level,
  severity: one.severity,
  verdict: 'passed',
  title: one.title,
  rule: one.rule,
  source: one.source,
  needs: one.needs,
  expected: 'as it should be',
  actual: 'as it is',
  why: one.why,
  fix: one.fix,
  reproduce: `hookproof verify --demo --only ${one.id}`,
  durationMs: 1,
  attempts: [],
  ...changes,
});

/** The whole contract's results, of which those that `fails` picks have failed. */
export const resultsWhere = (
  fails: (one: ContractCase) => boolean,
  changes: Partial<CaseResult> = {},
): readonly CaseResult[] =>
  contractCases.map((one) =>
    fails(one) ? toResult(one, { verdict: 'failed', ...changes }) : toResult(one, {}),
  );

/** The same, by ids. */
export const resultsOf = (
  failed: readonly string[],
  changes: Partial<CaseResult> = {},
): readonly CaseResult[] => {
  const unknown = failed.filter((id) => !contractCases.some((one) => one.id === id));
  if (unknown.length > 0) throw new Error(`no case is called ${unknown.join()}`);
  return resultsWhere(({ id }) => failed.includes(id), changes);
};
