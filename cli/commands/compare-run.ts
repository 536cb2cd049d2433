import { compareReports, contractCases } from '../../contracts/index.js';
import type { CaseChange, Comparison, RunResult } from '../../contracts/index.js';
import { HookproofError } from '../../simulator/index.js';
import { readJsonFile } from '../replays.js';
import { say, translate } from '../../language/say.js';

export interface CompareFlags {
  readonly json: boolean;
}

/** Runs `hookproof compare` and tells its exit code. */
export const runCompare = async (
  before: string,
  after: string,
  flags: CompareFlags,
): Promise<number> => {
  const comparison = compareReports(await readReport(before), await readReport(after));
  process.stdout.write(
    flags.json ? `${JSON.stringify(comparison, null, 2)}\n` : describe(comparison),
  );
  return comparison.regressed.length > 0 ? 1 : 0;
};

const readReport = async (file: string): Promise<RunResult> => {
  const document = await readJsonFile(file);
  const isReport =
    typeof document === 'object' &&
    document !== null &&
    'schemaVersion' in document &&
    document.schemaVersion === 1 &&
    'cases' in document &&
    Array.isArray(document.cases) &&
    'summary' in document &&
    'tool' in document;
  if (isReport) return document as unknown as RunResult;
  throw new HookproofError(
    'invalid_argument',
    say`${file} is no JSON report of hookproof verify`,
    say`write one with --report json=<file>`,
  );
};

const describe = (comparison: Comparison): string => {
  const { before, after, fixed, regressed, stillFailing, noLongerJudged } = comparison;
  return [
    say`${translate(before.summary.verdict)} (${before.startedAt.slice(0, 16)}, seed ${before.seed}) -> ` +
      say`${translate(after.summary.verdict)} (${after.startedAt.slice(0, 16)}, seed ${after.seed})`,
    ...(before.target === after.target
      ? []
      : [say`targets differ: ${before.target}, ${after.target}`]),
    ...section(say`REGRESSED`, regressed, true),
    ...section(say`FIXED`, fixed, false),
    ...section(say`STILL FAILING`, stillFailing, false),
    ...section(say`NO LONGER JUDGED`, noLongerJudged, true),
    '',
    say`${fixed.length} fixed, ${regressed.length} regressed, ${stillFailing.length} still failing, ` +
      say`${noLongerJudged.length} no longer judged`,
    '',
  ].join('\n');
};

/** In the present language, whatever the reports are in; a case that is gone keeps its words. */
const titleOf = (id: string, recorded: string): string =>
  translate(contractCases.find((one) => one.id === id)?.title ?? recorded);

const section = (
  name: string,
  changes: readonly CaseChange[],
  withActual: boolean,
): readonly string[] =>
  changes.length === 0
    ? []
    : [
        '',
        name,
        ...changes.flatMap(({ id, level, title, actual }) => [
          `  ${translate(level).padEnd(6)}  ${id}  ${titleOf(id, title)}`,
          ...(withActual ? [`          ${actual}`] : []),
        ]),
      ];
