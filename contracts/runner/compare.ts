/** What changed between two runs. */
import type { CaseResult, RunResult } from './result.js';
import type { Level, Verdict } from './case.js';

/** One case in two runs; null where a run did not have it. */
export interface CaseChange {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  /** What the later run saw; the earlier one where the case is gone. */
  readonly actual: string;
}

/** What two runs of the contract have in common, and what differs. */
export interface Comparison {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** Failed before, passes now. */
  readonly fixed: readonly CaseChange[];
  /** Fails now and did not before; cases that the earlier run did not have are among them. */
  readonly regressed: readonly CaseChange[];
  readonly stillFailing: readonly CaseChange[];
  /** Was judged before and is not any more. */
  readonly noLongerJudged: readonly CaseChange[];
}

type ComparedRun = Pick<RunResult, 'startedAt' | 'seed' | 'target' | 'summary'> & {
  readonly version: string;
};

type Reported = Pick<CaseResult, 'id' | 'level' | 'title' | 'verdict' | 'actual' | 'expectation'>;

/** What of a report is compared. */
export type ComparableRun = Pick<
  RunResult,
  'startedAt' | 'seed' | 'target' | 'summary' | 'tool'
> & {
  readonly cases: readonly Reported[];
};

/** Compares two runs case by case. Expected failures are no regressions. */
export const compareReports = (before: ComparableRun, after: ComparableRun): Comparison => {
  const earlier = new Map(before.cases.map((one) => [one.id, one]));
  const later = new Map(after.cases.map((one) => [one.id, one]));
  const changes = [...new Set([...earlier.keys(), ...later.keys()])].flatMap((id) => {
    const [old, now] = [earlier.get(id), later.get(id)];
    const shown = now ?? old;
    return shown === undefined ? [] : [{ old, now, change: changeOf(shown, old, now) }];
  });
  const having = (
    fits: (old: Reported | undefined, now: Reported | undefined) => boolean,
  ): readonly CaseChange[] =>
    changes.filter(({ old, now }) => fits(old, now)).map(({ change }) => change);
  return {
    before: runOf(before),
    after: runOf(after),
    fixed: having((old, now) => isFailure(old) && now?.verdict === 'passed'),
    regressed: having((old, now) => isFailure(now) && !isFailure(old)),
    stillFailing: having((old, now) => isFailure(old) && isFailure(now)),
    noLongerJudged: having((old, now) => isJudged(old) && !isJudged(now)),
  };
};

const isFailure = (one: Reported | undefined): boolean =>
  one?.verdict === 'failed' && one.expectation === undefined;

const isJudged = (one: Reported | undefined): boolean =>
  one?.verdict === 'failed' || one?.verdict === 'passed';

const changeOf = (
  { id, level, title, actual }: Reported,
  old: Reported | undefined,
  now: Reported | undefined,
): CaseChange => ({
  id,
  level,
  title,
  before: old?.verdict ?? null,
  after: now?.verdict ?? null,
  actual,
});

const runOf = ({ startedAt, seed, target, summary, tool }: ComparableRun): ComparedRun => ({
  startedAt,
  seed,
  target,
  summary,
  version: tool.version,
});
