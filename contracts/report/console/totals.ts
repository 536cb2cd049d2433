/** The last lines: counts of each suite, and the verdict. */
import type { Level } from '../../runner/case.js';
import { fatalLevels } from '../../runner/result.js';
import type { RunResult } from '../../runner/result.js';
import { isExpected, openFindings } from './open.js';
import { beside, section } from './page.js';
import type { Page } from './page.js';
import { later, plural, say, translate } from '../../../language/say.js';

const COLUMNS = [
  ['passed', later('passed')],
  ['failed', later('failed')],
  ['inconclusive', later('inconclusive')],
  ['notObservable', later('not observable')],
  ['skipped', later('skipped')],
] as const;

const VERDICTS: Readonly<Record<RunResult['summary']['verdict'], string>> = {
  passed: later('PASSED  '),
  failed: later('FAILED  '),
  inconclusive: later('INCONCLUSIVE  '),
};

/** One row a suite; columns in which nothing happened are left out. */
export const describeCounts = (page: Page, { cases }: RunResult): readonly string[] => {
  const columns = COLUMNS.filter(([verdict]) => cases.some((one) => one.verdict === verdict));
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  const nameWidth = Math.max(0, ...suites.map((suite) => suite.length));
  const row = (name: string, cell: (column: (typeof COLUMNS)[number]) => string): string =>
    columns.reduce(
      (line, column) => line + cell(column).padStart(translate(column[1]).length + 2),
      `  ${name.padEnd(nameWidth)}`,
    );
  const count = (suite: string, verdict: string): number =>
    cases.filter((one) => one.suite === suite && one.verdict === verdict).length;
  const factsOf = (suite: string): string => {
    const facts = columns.map(([verdict, title]) => `${translate(title)} ${count(suite, verdict)}`);
    return `${suite}: ${facts.join(', ')}`;
  };
  if (page.plain) {
    return section(
      page,
      say`COUNTS`,
      suites.map((suite) => factsOf(suite)),
    );
  }
  const rows = suites.map((suite) => row(suite, ([verdict]) => String(count(suite, verdict))));
  const heading = page.colors.dim(row('', ([, title]) => translate(title)));
  return section(page, say`COUNTS`, rows.length === 0 ? [] : [heading, ...rows]);
};

export const describeVerdict = (page: Page, result: RunResult): readonly string[] => {
  const { cases, summary, strict } = result;
  const { green, red, yellow, bold } = page.colors;
  const fatal = fatalLevels(strict);
  const open = cases.filter((one) => one.verdict === 'failed' && !isExpected(one));
  const failed = (counts: (level: Level) => boolean): number =>
    open.filter(({ level }) => counts(level)).length;
  const broken = failed((level) => fatal.has(level));
  const warnings = failed((level) => level === 'should' && !fatal.has(level));
  const advised = open.length - broken - warnings;
  const graves = openFindings(result).filter(({ level }) => fatal.has(level));
  const parts = [
    [
      broken,
      say`${plural(graves.length, 'finding')}: ${plural(broken, 'case')} broke the contract`,
    ],
    [warnings, plural(warnings, 'warning')],
    [advised, say`${advised} advised`],
    [summary.expectedFailures, plural(summary.expectedFailures, 'expected failure')],
    [1, say`${summary.passed} passed`],
    [summary.inconclusive, say`${summary.inconclusive} inconclusive`],
    [summary.notObservable, say`${summary.notObservable} not observable`],
  ] as const;
  const paint = { passed: green, failed: red, inconclusive: yellow }[summary.verdict];
  const said = parts.filter(([count]) => count > 0).map(([, text]) => text);
  return [
    '',
    ...beside(page, translate(VERDICTS[summary.verdict]), said.join(', '), {
      label: (text) => bold(paint(text)),
    }),
  ];
};
