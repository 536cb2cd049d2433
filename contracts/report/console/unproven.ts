/** What the run says nothing about, and which option would change that. */
import { plural } from '../../runner/judge.js';
import type { CaseResult } from '../../runner/result.js';
import { beside, clip, section } from './page.js';
import type { Page } from './page.js';

const GROUPS_SHOWN = 5;
const IDS_SHOWN = 3;
const REASON_MOST = 140;

interface Group {
  readonly title: string;
  readonly cases: readonly CaseResult[];
}

export const describeUnproven = (page: Page, cases: readonly CaseResult[]): readonly string[] => {
  const unproven = cases.filter(
    ({ verdict }) => verdict === 'notObservable' || verdict === 'inconclusive',
  );
  const groups = groupByReason(unproven);
  const rest = groups.slice(GROUPS_SHOWN).flatMap((group) => group.cases);
  return section(page, 'NOT PROVEN', [
    ...groups.slice(0, GROUPS_SHOWN).flatMap((group) => describeGroup(page, group)),
    ...(rest.length === 0 ? [] : [`  ${plural(rest.length, 'more case')}, for other reasons`]),
    ...describeSkipped(
      page,
      cases.filter(({ verdict }) => verdict === 'skipped'),
    ),
  ]);
};

const groupByReason = (cases: readonly CaseResult[]): readonly Group[] => {
  const groups = new Map<string, CaseResult[]>();
  for (const one of cases) {
    const title = titleOf(one);
    groups.set(title, [...(groups.get(title) ?? []), one]);
  }
  return [...groups]
    .map(([title, members]) => ({ title, cases: members }))
    .toSorted((one, other) => other.cases.length - one.cases.length);
};

const titleOf = ({ verdict, actual }: CaseResult): string => {
  if (verdict === 'inconclusive') {
    return actual.endsWith('the control after it failed')
      ? 'inconclusive: the genuine delivery after it was not taken either'
      : `inconclusive: ${clip(actual, REASON_MOST)}`;
  }
  const [option] = /--[a-z][a-z-]*/u.exec(actual) ?? [];
  return option === undefined
    ? `not observable: ${clip(actual, REASON_MOST)}`
    : `not observable: add ${option}`;
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
  return `${suites.join(', ')}; ${musts} of level must`;
};

const describeSkipped = (page: Page, skipped: readonly CaseResult[]): readonly string[] => {
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, IDS_SHOWN).map(({ id }) => id);
  const hidden = skipped.length - shown.length;
  const ids = hidden > 0 ? [...shown, `and ${hidden} more`] : shown;
  return beside(page, '* ', `${skipped.length} skipped: ${ids.join(', ')}`);
};
