import type { Level } from '../../contracts/index.js';
import type { MatrixRow } from './row.js';

/** A case of the contract, as far as the score goes. */
export interface ScoredCase {
  readonly id: string;
  readonly level: Level;
  readonly hygiene?: true;
}

/** What all runs together say about the contract. */
export interface Score {
  /** Mutants judged as wanted, by where they come from. */
  readonly groups: readonly { readonly name: string; readonly told: number; readonly of: number }[];
  /** Mutants that were not judged as wanted. */
  readonly survivors: readonly string[];
  /** Mutants that no present case can tell. */
  readonly outOfReach: readonly { readonly id: string; readonly why: string }[];
  /** Mutants told only by rows that are not listed for them. */
  readonly byOtherRows: readonly string[];
  /** Mutants that a single case tells. */
  readonly toldByOne: readonly { readonly mutant: string; readonly by: string }[];
  /** Cases that told no mutant, of those that judged one and are no mere hygiene. */
  readonly idle: readonly string[];
  /** Cases that judged no mutant and are no mere hygiene. */
  readonly unasked: readonly string[];
  readonly correct: number;
  /** Correct receivers that did not pass. */
  readonly falseAlarms: readonly { readonly id: string; readonly failed: readonly string[] }[];
  /** Runs that went wrong themselves. */
  readonly faults: readonly { readonly id: string; readonly fault: string }[];
}

/** By the first letter of a mutant's number; the last takes those of any other. */
const groups: readonly (readonly [letter: string, name: string])[] = [
  ['M', 'verification'],
  ['N', 'idempotency'],
  ['H', 'http'],
  ['W', 'seen in real receivers'],
  ['', 'our own'],
];

const groupOf = ({ first }: Receiver): string | undefined =>
  groups.find(([letter]) => (first.catalogue ?? '').startsWith(letter))?.[1];

interface Receiver {
  readonly id: string;
  /** One row a seed. */
  readonly rows: readonly MatrixRow[];
  readonly first: MatrixRow;
}

const receiversOf = (rows: readonly MatrixRow[]): readonly Receiver[] =>
  rows
    .filter(({ id }, index) => rows.findIndex((row) => row.id === id) === index)
    .map((first) => ({ id: first.id, first, rows: rows.filter(({ id }) => id === first.id) }));

const isRight = ({ rows }: Receiver): boolean => rows.every(({ right }) => right);

const isReachable = ({ first }: Receiver): boolean => first.outOfReach === undefined;

/** A mutant that has to fail is told by `must` cases only; any finding tells the others. */
const tellingCases = ({ first, rows }: Receiver, levelOf: (id: string) => Level | undefined) => {
  const mustFail = first.wanted === 'fail' || first.wanted === 'fail-or-no-verdict';
  const failed = [...new Set(rows.flatMap((row) => row.failed))];
  return failed.filter((id) => !mustFail || levelOf(id) === 'must');
};

/** A receiver counts as judged rightly if it is with every seed. */
export const scoreOf = (rows: readonly MatrixRow[], cases: readonly ScoredCase[]): Score => {
  const receivers = receiversOf(rows);
  const mutants = receivers.filter(({ first }) => first.wanted !== 'correct');
  const correct = receivers.filter(({ first }) => first.wanted === 'correct');
  const reachable = mutants.filter((one) => isRight(one) || isReachable(one));
  const levels = new Map(cases.map(({ id, level }) => [id, level]));
  const told = new Set(mutants.flatMap((one) => one.rows.flatMap(({ failed }) => failed)));
  const asked = new Set(mutants.flatMap((one) => one.rows.flatMap(({ judged }) => judged)));
  return {
    groups: groups.map(([, name]) => {
      const members = reachable.filter((one) => groupOf(one) === name);
      return { name, told: members.filter(isRight).length, of: members.length };
    }),
    survivors: reachable.filter((one) => !isRight(one)).map(({ id }) => id),
    outOfReach: mutants
      .filter((one) => !reachable.includes(one))
      .map(({ id, first }) => ({ id, why: first.outOfReach ?? '' })),
    byOtherRows: reachable
      .filter((one) => isRight(one) && one.rows.every(({ byListedRow }) => byListedRow === false))
      .map(({ id }) => id),
    toldByOne: reachable.filter(isRight).flatMap((one) => {
      const [by, ...others] = tellingCases(one, (id) => levels.get(id));
      return by === undefined || others.length > 0 ? [] : [{ mutant: one.id, by }];
    }),
    idle: cases
      .filter(({ id, hygiene }) => hygiene !== true && asked.has(id) && !told.has(id))
      .map(({ id }) => id),
    unasked: cases
      .filter(({ id, hygiene }) => hygiene !== true && !asked.has(id))
      .map(({ id }) => id),
    correct: correct.length,
    falseAlarms: correct
      .filter((one) => !isRight(one))
      .map((one) => ({
        id: one.id,
        failed: tellingCases({ ...one, first: { ...one.first, wanted: 'fail' } }, (id) =>
          levels.get(id),
        ),
      })),
    faults: rows.flatMap(({ id, fault }) => (fault === undefined ? [] : [{ id, fault }])),
  };
};

/** Whether every mutant in reach was judged as wanted and no correct receiver was accused. */
export const isClean = ({ survivors, falseAlarms, faults }: Score): boolean =>
  survivors.length + falseAlarms.length + faults.length === 0;
