import type { CauseBook, CauseMatch } from '../causes/index.js';
import type { Level, Severity } from './case.js';
import type { CaseResult, Finding } from './result.js';
import { say, translate } from '../../language/say.js';

const LEVELS: readonly Level[] = ['must', 'should', 'may'];
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

const rank = (one: { readonly level: Level; readonly severity: Severity }): number =>
  LEVELS.indexOf(one.level) * SEVERITIES.length + SEVERITIES.indexOf(one.severity);

const byGravity = (one: CaseResult, other: CaseResult): number => rank(one) - rank(other);

/**
 * Says failed cases once for each cause. A cause takes the cases that it explains; what is left, and
 * everything where no causes are known, is gathered by family. The gravest finding comes first.
 */
export const groupFindings = (
  cases: readonly CaseResult[],
  book?: CauseBook,
): readonly Finding[] => {
  const failed = cases.filter(({ verdict }) => verdict === 'failed');
  if (failed.length === 0) return [];
  const matches = book === undefined ? [] : matchesIn(cases, failed, book);
  const explained = new Set(matches.flatMap((match) => match.cases));
  const byId = new Map(failed.map((one) => [one.id, one]));
  return [
    ...matches.map(({ cause, cases: ids }) =>
      found(
        { cause: cause.slug, ...cause, snippets: book?.snippetsOf(cause) ?? {} },
        ids.flatMap((id) => byId.get(id) ?? []),
      ),
    ),
    ...inFamilies(failed.filter(({ id }) => !explained.has(id))).map((members) =>
      foundInFamily(members, book),
    ),
  ].toSorted((one, other) => rank(one) - rank(other));
};

const matchesIn = (
  cases: readonly CaseResult[],
  failed: readonly CaseResult[],
  { match }: CauseBook,
): readonly CauseMatch[] => {
  const families = new Map(cases.map(({ id, family }) => [id, family]));
  const shown = new Map(failed.map(({ id, symptom }) => [id, symptom]));
  const judged = cases.filter(({ verdict }) => verdict === 'passed' || verdict === 'failed');
  return match({
    failed: new Set(failed.map(({ id }) => id)),
    judged: new Set(judged.map(({ id }) => id)),
    symptomOf: (id) => shown.get(id),
    familyOf: (id) => families.get(id),
  }).causes;
};

const inFamilies = (results: readonly CaseResult[]): readonly (readonly CaseResult[])[] => {
  const families = new Map<string, readonly CaseResult[]>();
  for (const one of results) families.set(one.family, [...(families.get(one.family) ?? []), one]);
  return [...families.values()];
};

/** In the words of its gravest case. */
const foundInFamily = (members: readonly CaseResult[], book: CauseBook | undefined): Finding => {
  const [gravest] = members.toSorted(byGravity);
  const { family: cause = '', title = '', why = '', fix = '' } = gravest ?? {};
  const snippets = book?.snippetsOfFamily(cause) ?? {};
  return found({ cause, title: say`Not so: ${title}`, why, fix, snippets }, members);
};

const found = (
  {
    cause,
    title,
    why,
    fix,
    snippets,
  }: Pick<Finding, 'cause' | 'title' | 'why' | 'fix' | 'snippets'>,
  members: readonly CaseResult[],
): Finding => {
  const sorted = members.toSorted(byGravity);
  const { level = 'may', severity = 'info' } = sorted[0] ?? {};
  return {
    cause,
    title: translate(title),
    level,
    severity,
    why: translate(why),
    fix: translate(fix),
    snippets,
    cases: sorted.map(({ id }) => id),
  };
};
