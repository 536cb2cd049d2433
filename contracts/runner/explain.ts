import type { CaseResult } from './result.js';
import { say } from '../../language/say.js';

/** All there is to say of a case that did not pass, a line for each kind of thing. */
export const explain = (one: CaseResult): string =>
  [
    say`Expected: ${one.expected}`,
    say`Actual: ${one.actual}`,
    say`Rule: ${one.rule}`,
    say`Source: ${one.source}`,
    say`Why: ${one.why}`,
    say`Fix: ${one.fix}`,
    say`Again: ${one.reproduce}`,
  ].join('\n');
