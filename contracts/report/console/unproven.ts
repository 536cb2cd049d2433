/** What the run says nothing about, and which option would change that. */
import { CONTROL_FAILED } from '../../runner/judge.js';
import type { CaseResult } from '../../runner/result.js';
import { unlocks } from '../needs.js';
import { beside, clip, section } from './page.js';
import type { Page } from './page.js';
import { plural, say, translate } from '../../../language/say.js';

const GROUPS_SHOWN = 5;
const IDS_SHOWN = 3;
const REASON_MOST = 140;

interface Group {
  readonly title: string;
  readonly cases: readonly CaseResult[];
}

export const describeUnproven = (page: Page, cases: readonly CaseResult[]): readonly string[] => {
  const unproven = cases.filter(
    ({ verdict, missing }) =>
      missing === undefined && (verdict === 'notObservable' || verdict === 'inconclusive'),
  );
  const groups = groupBy(unproven, titleOf);
  const rest = groups.slice(GROUPS_SHOWN).flatMap((group) => group.cases);
  return section(page, say`NOT PROVEN`, [
    ...describeMissing(page, cases),
    ...groups.slice(0, GROUPS_SHOWN).flatMap((group) => describeGroup(page, group)),
    ...(rest.length === 0
      ? []
      : beside(page, '  ', say`${plural(rest.length, 'more case')}, for other reasons`)),
    ...describeSkipped(
      page,
      cases.filter(({ verdict, missing }) => verdict === 'skipped' && missing === undefined),
    ),
  ]);
};

/** Each thing that the run could have been given, and what it would have shown. */
const describeMissing = (page: Page, cases: readonly CaseResult[]): readonly string[] => {
  const lacking = cases.flatMap((one) =>
    one.missing === undefined ? [] : [{ ...one, need: one.missing }],
  );
  return groupBy(lacking, ({ need }) => translate(unlocks[need])).flatMap(
    ({ title, cases: members }) => {
      const verb = members.length === 1 ? say`needs` : say`need`;
      const musts = members.filter(({ level }) => level === 'must').length;
      const bound = musts === 0 ? '' : say` (${musts} of level must)`;
      return beside(page, '* ', `${plural(members.length, 'case')} ${verb} ${title}${bound}`);
    },
  );
};

/** The largest group first. */
const groupBy = <One extends CaseResult>(
  cases: readonly One[],
  nameOf: (one: One) => string,
): readonly Group[] => {
  const groups = new Map<string, One[]>();
  for (const one of cases) {
    const title = nameOf(one);
    groups.set(title, [...(groups.get(title) ?? []), one]);
  }
  return [...groups]
    .map(([title, members]) => ({ title, cases: members }))
    .toSorted((one, other) => other.cases.length - one.cases.length);
};

const titleOf = ({ verdict, actual }: CaseResult): string => {
  if (verdict === 'notObservable') return say`not observable: ${clip(actual, REASON_MOST)}`;
  return actual.endsWith(translate(CONTROL_FAILED))
    ? say`inconclusive: the genuine delivery after it was not taken either`
    : say`inconclusive: ${clip(actual, REASON_MOST)}`;
};

const describeGroup = (page: Page, { title, cases }: Group): readonly string[] => {
  const detail =
    cases.length <= IDS_SHOWN ? cases.map(({ id }) => id).join(', ') : countBySuite(cases);
  return [
    ...beside(page, '* ', `${cases.length} ${title}`),
    ...beside(page, '  ', detail, { text: page.colors.dim }),
  ];
};

const countBySuite = (cases: readonly CaseResult[]): string => {
  const musts = cases.filter(({ level }) => level === 'must').length;
  const suites = [...new Set(cases.map(({ suite }) => suite))].map(
    (suite) => `${suite} ${cases.filter((one) => one.suite === suite).length}`,
  );
  return say`${suites.join(', ')}; ${musts} of level must`;
};

const describeSkipped = (page: Page, skipped: readonly CaseResult[]): readonly string[] => {
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, IDS_SHOWN).map(({ id }) => id);
  const hidden = skipped.length - shown.length;
  const ids = hidden > 0 ? [...shown, say`and ${hidden} more`] : shown;
  return beside(page, '* ', say`${skipped.length} skipped: ${ids.join(', ')}`);
};
