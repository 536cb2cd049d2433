import { reproducedOf, summaryOf, testOf } from './report.js';
import type { RenderFuzz } from './report.js';
import { say, translate } from '../../../language/say.js';

export const renderConsole: RenderFuzz = ({ result, replay }) => {
  const { counterexample, problem } = result;
  const head = summaryOf(result);
  if (counterexample === null) {
    return problem === null
      ? say`PASSED  ${head}: none of them broke the receiver\n`
      : say`INCONCLUSIVE  ${head}\n\n  ${problem.message}\n  What to do: ${problem.remedy}\n`;
  }
  const { invariant, rule, sentence } = counterexample;
  return [
    say`FAILED  ${invariant}: ${translate(rule)}`,
    '',
    `  ${sentence}`,
    `  ${reproducedOf(counterexample)}`,
    '',
    say`  As a test:`,
    ...testOf(counterexample)
      .split('\n')
      .map((line) => `    ${line}`.trimEnd()),
    ...(replay === null ? [] : ['', say`  Again  hookproof replay ${replay}`]),
    '',
    head,
    '',
  ].join('\n');
};
