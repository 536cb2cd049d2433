/** Failures that a team knows of and accepts until a day. */
import { HookproofError, jsonPlace } from '../../simulator/index.js';
import type { CaseResult } from './result.js';
import { matcher } from './select.js';
import { say } from '../../language/say.js';

/** A failure that is known, and fails no run until its day. */
export interface ExpectedFailure {
  /** A glob on case ids, or a catalogue row. */
  readonly case: string;
  readonly reason: string;
  /** The last day on which it is accepted: `2026-12-31`, UTC. */
  readonly expires: string;
}

const wrong = (where: string, what: string): HookproofError =>
  new HookproofError(
    'invalid_argument',
    `${where}: ${what}`,
    say`write [{ "case": "transport/body-limit", "reason": "…", "expires": "2026-12-31" }]`,
  );

const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/**
 * Reads an expectations file: a list, or an object with a list `expectations`.
 *
 * @throws {HookproofError} `invalid_argument`, naming the entry
 */
export const readExpectations = (text: string, file: string): readonly ExpectedFailure[] => {
  const list = listIn(text, file);
  return list.map((entry: unknown, index) => {
    const { case: pattern, reason, expires } = (entry ?? {}) as Partial<ExpectedFailure>;
    const where = say`${file}, entry ${index + 1}`;
    if (typeof pattern !== 'string' || pattern === '') throw wrong(where, say`no case is named`);
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw wrong(where, say`there is no reason`);
    }
    if (!isDay(expires)) throw wrong(where, say`expires is no day such as 2026-12-31`);
    return { case: pattern, reason, expires };
  });
};

const listIn = (text: string, file: string): readonly unknown[] => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw wrong(file, say`it is not JSON at ${jsonPlace(text)}`);
  }
  const list: unknown =
    typeof document === 'object' && document !== null && 'expectations' in document
      ? document.expectations
      : document;
  if (!Array.isArray(list)) throw wrong(file, say`it holds no list of expectations`);
  return list;
};

/**
 * Marks failures that are expected on a day (`2026-11-23`). An expectation that is met by none of
 * its cases while one of them passed fails the run: it hides the next failure. Expired ones count
 * for nothing.
 */
export const applyExpectations = (
  cases: readonly CaseResult[],
  expectations: readonly ExpectedFailure[],
  today: string,
): readonly CaseResult[] =>
  expectations.reduce((soFar, expectation) => applyOne(soFar, expectation, today), cases);

const applyOne = (
  cases: readonly CaseResult[],
  { case: pattern, reason, expires }: ExpectedFailure,
  today: string,
): readonly CaseResult[] => {
  const matches = matcher(pattern);
  const isFailure = (one: CaseResult): boolean => matches(one) && one.verdict === 'failed';
  if (expires < today) {
    return cases.map((one) =>
      isFailure(one)
        ? { ...one, actual: say`${one.actual}; it was expected until ${expires}: ${reason}` }
        : one,
    );
  }
  if (cases.some(isFailure)) {
    return cases.map((one) =>
      isFailure(one) ? { ...one, expectation: { reason, expires } } : one,
    );
  }
  const stale = cases.find((one) => matches(one) && one.verdict === 'passed');
  return cases.map((one) => (one === stale ? unexpected(one, { reason, expires }) : one));
};

const unexpected = (
  one: CaseResult,
  { reason, expires }: { readonly reason: string; readonly expires: string },
): CaseResult => ({
  ...one,
  level: 'must',
  verdict: 'failed',
  family: 'expectation-not-met',
  expected: say`a failure, until ${expires}: ${reason}`,
  actual: say`it passed`,
  why: say`An expectation that is no longer met hides the next failure of this case.`,
  fix: say`Take the entry out of the expectations file.`,
});
