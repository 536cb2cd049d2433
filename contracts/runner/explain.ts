import type { CaseResult } from './result.js';

/** All there is to say of a case that did not pass, a line for each kind of thing. */
export const explain = (one: CaseResult): string =>
  [
    `Expected: ${one.expected}`,
    `Actual: ${one.actual}`,
    `Rule: ${one.rule}`,
    `Source: ${one.source}`,
    `Why: ${one.why}`,
    `Fix: ${one.fix}`,
    `Again: ${one.reproduce}`,
  ].join('\n');
