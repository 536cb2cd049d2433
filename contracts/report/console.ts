/** The report for people: what is wrong and what to do about it, the verdict on the last line. */
import type { RunResult } from '../runner/result.js';
import { describeFindings } from './console/findings.js';
import { describeHeader } from './console/header.js';
import { beside, createPage } from './console/page.js';
import type { Page } from './console/page.js';
import { describeCounts, describeVerdict } from './console/totals.js';
import { describeUnproven } from './console/unproven.js';
import type { Reporter } from './report.js';
import { say } from '../../language/say.js';

export const consoleReporter: Reporter = {
  format: 'console',
  render: (result, options) => {
    const page = createPage(options);
    const lines = [
      ...describeProblem(page, result),
      ...describeHeader(page, result),
      ...describeFindings(page, result),
      // A run that was stopped proves nothing, for the one reason at the top.
      ...(result.problem === null ? describeUnproven(page, result.cases) : []),
      ...describeCounts(page, result),
      ...describeVerdict(page, result),
    ];
    return `${lines.join('\n')}\n`;
  },
};

const describeProblem = (page: Page, { problem }: RunResult): readonly string[] => {
  if (problem === null) return [];
  const { bold, red } = page.colors;
  return [
    red(bold(say`STOPPED: the cases could not be judged`)),
    '',
    ...beside(page, '  ', problem.message, { text: bold }),
    ...beside(page, say`  What to do: `, problem.remedy),
    '',
  ];
};
