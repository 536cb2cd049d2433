import { contractCases } from '../../contracts/index.js';
import type { CaseResult, RunResult } from '../../contracts/index.js';
import type { Symptom } from '../../contracts/causes/symptom.js';
import type { Mutant } from '../../fixtures/receivers/mutants/index.js';

/** What the harness made of one receiver. */
export interface MatrixRow {
  readonly id: string;
  /** Its number in the list of mutants; null for a correct receiver. */
  readonly catalogue: string | null;
  readonly seed: number;
  readonly wanted: Mutant['wanted'] | 'correct';
  readonly verdict: RunResult['summary']['verdict'];
  /** Whether the harness said what was wanted. */
  readonly right: boolean;
  /** Why no case of the contract can tell this mutant yet; absent when one can. */
  readonly outOfReach?: string;
  /** What went wrong with the run itself. */
  readonly fault?: string;
  /** Catalogue rows of the failed cases, by level. */
  readonly must: readonly string[];
  readonly should: readonly string[];
  readonly may: readonly string[];
  /** Ids of the cases that failed, and of all that passed or failed. */
  readonly failed: readonly string[];
  readonly judged: readonly string[];
  /** How those failed that showed it. */
  readonly symptoms: Readonly<Record<string, Symptom>>;
  /** Whether one of the rows that should tell it did; absent where none is listed. */
  readonly byListedRow?: boolean;
  readonly causes: readonly string[];
  readonly durationMs: number;
}

type Wanted = MatrixRow['wanted'];

/** A mutant that only rows tell which have no case. */
const outOfReach = (mutant: Mutant | undefined): { outOfReach?: string } => {
  if (mutant === undefined || mutant.killedBy.length === 0) return {};
  const rows = new Set(contractCases.map(({ catalogue }) => catalogue));
  if (mutant.killedBy.some((row) => rows.has(row))) return {};
  return { outOfReach: `only ${mutant.killedBy.join(', ')} would tell` };
};

const isRight = (wanted: Wanted, result: RunResult, failed: readonly CaseResult[]): boolean => {
  const { verdict } = result.summary;
  const right: Readonly<Record<Wanted, boolean>> = {
    correct: verdict === 'passed',
    pass: verdict === 'passed',
    fail: verdict === 'failed',
    'fail-or-no-verdict': verdict !== 'passed',
    'should-finding': failed.some(({ level }) => level !== 'may'),
    finding: failed.length > 0 || verdict === 'inconclusive',
    advice: failed.length > 0,
  };
  return right[wanted];
};

/** Where no genuine delivery is taken, every row would tell it: there is no verdict instead. */
const byListedRow = (
  mutant: Mutant | undefined,
  result: RunResult,
  failed: readonly CaseResult[],
): { byListedRow?: boolean } => {
  const listed = mutant?.killedBy ?? [];
  if (listed.length === 0 || result.summary.verdict === 'inconclusive') return {};
  return { byListedRow: failed.some(({ catalogue }) => listed.includes(catalogue)) };
};

/** Sums a run up. */
export const rowOf = (id: string, mutant: Mutant | undefined, result: RunResult): MatrixRow => {
  const judged = result.cases.filter(({ verdict }) => verdict === 'passed' || verdict === 'failed');
  const failed = judged.filter(({ verdict }) => verdict === 'failed');
  const rows = (wanted: string): readonly string[] => [
    ...new Set(failed.filter(({ level }) => level === wanted).map(({ catalogue }) => catalogue)),
  ];
  const wanted = mutant?.wanted ?? 'correct';
  return {
    id,
    catalogue: mutant?.catalogue ?? null,
    seed: result.seed,
    wanted,
    verdict: result.summary.verdict,
    right: isRight(wanted, result, failed),
    ...outOfReach(mutant),
    must: rows('must'),
    should: rows('should'),
    may: rows('may'),
    failed: failed.map((one) => one.id),
    judged: judged.map((one) => one.id),
    symptoms: Object.fromEntries(
      failed.flatMap(({ id: one, symptom }) => (symptom === undefined ? [] : [[one, symptom]])),
    ),
    ...byListedRow(mutant, result, failed),
    causes: result.findings.map(({ cause }) => cause),
    durationMs: result.durationMs,
  };
};

/** The row of a receiver whose process ended, or threw, before there was a result. */
export const faultRow = (
  id: string,
  mutant: Mutant | undefined,
  { seed, fault }: { readonly seed: number; readonly fault: string },
): MatrixRow => ({
  id,
  catalogue: mutant?.catalogue ?? null,
  seed,
  wanted: mutant?.wanted ?? 'correct',
  verdict: 'inconclusive',
  right: false,
  fault,
  must: [],
  should: [],
  may: [],
  failed: [],
  judged: [],
  symptoms: {},
  causes: [],
  durationMs: 0,
});
