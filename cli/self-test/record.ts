import { writeFile } from 'node:fs/promises';
import { contractCases } from '../../contracts/index.js';
import { HookproofError } from '../../simulator/index.js';
import { version } from '../version.js';
import type { MatrixRow } from './row.js';
import { scoreOf } from './score.js';
import type { Score } from './score.js';

/** The result of a self-test, as `--json` writes it. */
export interface SelfTestResult {
  readonly tool: { readonly name: 'hookproof'; readonly version: string };
  readonly seeds: readonly number[];
  readonly quick: boolean;
  /** Whether some receivers only were asked for. */
  readonly partial: boolean;
  /** How many runs there were to do; more than there are rows where it was interrupted. */
  readonly runs: number;
  readonly durationMs: number;
  readonly skipped: readonly { readonly id: string; readonly why: string }[];
  readonly score: Score;
  readonly rows: readonly MatrixRow[];
}

/** Completes a result with its score; the rows stand in the order of `ids`. */
export const resultOf = (
  rows: readonly MatrixRow[],
  ids: readonly string[],
  rest: Omit<SelfTestResult, 'tool' | 'score' | 'rows'>,
): SelfTestResult => {
  const place = new Map(ids.map((id, index) => [id, index]));
  const sorted = rows.toSorted(
    (one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0) || one.seed - other.seed,
  );
  return {
    tool: { name: 'hookproof', version: version() },
    ...rest,
    score: scoreOf(sorted, contractCases),
    rows: sorted,
  };
};

/**
 * Makes sure before the run that its result can be written.
 *
 * @throws {HookproofError} `invalid_argument`
 */
export const prepareFile = async (file: string): Promise<void> => {
  try {
    await writeFile(file, '', { flag: 'a' });
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new HookproofError(
      'invalid_argument',
      `cannot write ${file}${why}`,
      'name a file in a folder that can be written',
    );
  }
};

export const toJson = (result: SelfTestResult): string => `${JSON.stringify(result, null, 2)}\n`;
