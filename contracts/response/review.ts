import type { Attempt, ContractCase, Judgement, ReviewCase } from '../runner/case.js';
import { describeAnswer } from '../runner/judge.js';
import { plural, say } from '../../language/say.js';

type Described = Omit<ReviewCase, 'kind' | 'id' | 'suite' | 'needs'> & {
  readonly slug: string;
};

/** A case of the suite `response` that judges what all the others received. */
export const review = ({ slug, ...described }: Described): ContractCase => ({
  kind: 'reviews',
  id: `response/${slug}`,
  suite: 'response',
  needs: [],
  ...described,
});

export const isGenuine = ({ intent }: Attempt): boolean => intent === 'genuine';

/** Judges by the attempts that break a rule; without any attempt there is nothing to say. */
export const noneOf = (
  judged: readonly Attempt[],
  bad: readonly Attempt[],
  expected: string,
): Judgement => {
  if (judged.length === 0) {
    return { verdict: 'inconclusive', expected, actual: say`nothing to judge` };
  }
  if (bad.length === 0) return { verdict: 'passed', expected, actual: 'none' };
  const [first] = bad;
  const example =
    first === undefined
      ? ''
      : say`, the first: ${first.caseId} (${first.label}), ${describeAnswer(first)}`;
  return {
    verdict: 'failed',
    expected,
    actual: say`${plural(bad.length, 'answer')} of ${judged.length}${example}`,
    shownBy: bad,
  };
};
