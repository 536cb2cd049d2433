/** The last lines: counts of each suite, and the verdict. */
import type { Level } from '../../runner/case.js';
import { plural } from '../../runner/judge.js';
import { fatalLevels } from '../../runner/result.js';
import type { RunResult } from '../../runner/result.js';
import { isExpected, openFindings } from './open.js';
import { beside, section } from './page.js';
import type { Page } from './page.js';

const COLUMNS = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['inconclusive', 'inconclusive'],
  ['notObservable', 'not observable'],
  ['skipped', 'skipped'],
] as const;

/** One row a suite; columns in which nothing happened are left out. */
export const describeCounts = (page: Page, { cases }: RunResult): readonly string[] => {
  const columns = COLUMNS.filter(([verdict]) => cases.some((one) => one.verdict === verdict));
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  const nameWidth = Math.max(0, ...suites.map((suite) => suite.length));
  const row = (name: string, cell: (column: (typeof COLUMNS)[number]) => string): string =>
    columns.reduce(
      (line, column) => line + cell(column).padStart(column[1].length + 2),
      `  ${name.padEnd(nameWidth)}`,
    );
  const count = (suite: string, verdict: string): number =>
    cases.filter((one) => one.suite === suite && one.verdict === verdict).length;
  const rows = suites.map((suite) => row(suite, ([verdict]) => String(count(suite, verdict))));
  const heading = page.colors.dim(row('', ([, title]) => title));
  return section(page, 'COUNTS', rows.length === 0 ? [] : [heading, ...rows]);
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
    [broken, `${plural(graves.length, 'finding')}: ${plural(broken, 'case')} broke the contract`],
    [warnings, plural(warnings, 'warning')],
    [advised, `${advised} advised`],
    [summary.expectedFailures, plural(summary.expectedFailures, 'expected failure')],
    [1, `${summary.passed} passed`],
    [summary.inconclusive, `${summary.inconclusive} inconclusive`],
    [summary.notObservable, `${summary.notObservable} not observable`],
  ] as const;
  const paint = { passed: green, failed: red, inconclusive: yellow }[summary.verdict];
  const said = parts.filter(([count]) => count > 0).map(([, text]) => text);
  return [
    '',
    ...beside(page, `${summary.verdict.toUpperCase()}  `, said.join(', '), {
      label: (text) => bold(paint(text)),
    }),
  ];
};
