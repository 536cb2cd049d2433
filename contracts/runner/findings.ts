import type { Level, Severity } from './case.js';
import { rootCauses } from './root-causes.js';
import type { CaseResult, Finding } from './result.js';

const LEVELS: readonly Level[] = ['must', 'should', 'may'];
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

const rank = (one: { readonly level: Level; readonly severity: Severity }): number =>
  LEVELS.indexOf(one.level) * SEVERITIES.length + SEVERITIES.indexOf(one.severity);

/**
 * Says failed cases once for each cause. A root cause takes the cases that it explains; what is left
 * is gathered by family. The gravest finding comes first.
 */
export const groupFindings = (cases: readonly CaseResult[]): readonly Finding[] => {
  const failed = cases.filter(({ verdict }) => verdict === 'failed');
  const byId = new Map(failed.map((one) => [one.id, one]));
  const left = new Set(failed);
  const findings: Finding[] = [];
  for (const { cause, when, explains, telling = [], ...words } of rootCauses) {
    if (!when(byId)) continue;
    const place = ({ id }: CaseResult): number => Number(!telling.includes(id));
    const explained = [...left]
      .filter(explains)
      .toSorted((a, b) => place(a) - place(b) || rank(a) - rank(b));
    const [gravest] = explained;
    if (gravest === undefined) continue;
    for (const one of explained) left.delete(one);
    findings.push(found(cause, words, explained));
  }
  const families = new Map<string, CaseResult[]>();
  for (const one of left) families.set(one.family, [...(families.get(one.family) ?? []), one]);
  for (const [family, members] of families) {
    const sorted = members.toSorted((a, b) => rank(a) - rank(b));
    const [gravest] = sorted;
    if (gravest === undefined) continue;
    const { why, fix, title } = gravest;
    findings.push(found(family, { title: `Not so: ${title}`, why, fix }, sorted));
  }
  return findings.toSorted((a, b) => rank(a) - rank(b));
};

const found = (
  cause: string,
  words: Pick<Finding, 'title' | 'why' | 'fix'>,
  explained: readonly CaseResult[],
): Finding => {
  const level = LEVELS.find((one) => explained.some((result) => result.level === one)) ?? 'may';
  const severity =
    SEVERITIES.find((one) =>
      explained.some((result) => result.level === level && result.severity === one),
    ) ?? 'info';
  return { cause, ...words, level, severity, snippets: {}, cases: explained.map(({ id }) => id) };
};
