/** What is wrong with the receiver, said once for each cause. */
import type { Severity } from '../../runner/case.js';
import { fatalLevels } from '../../runner/result.js';
import type { CaseResult, Finding, RunResult } from '../../runner/result.js';
import { beside, clip, section, visible, widthOf } from './page.js';
import type { Page } from './page.js';

const CASES_SHOWN = 3;
/** Long lists of attempts are cut here; the other formats hold them whole. */
const ACTUAL_MOST = 240;

/** Findings that fail the run in full, warnings in short, advice in a sentence. */
export const describeFindings = (page: Page, result: RunResult): readonly string[] => {
  const { findings, strict } = result;
  const cases = new Map(result.cases.map((one) => [one.id, one]));
  const casesOf = (finding: Finding): readonly CaseResult[] =>
    finding.cases.flatMap((id) => cases.get(id) ?? []);
  const fatal = fatalLevels(strict);
  const graves = findings.filter(({ level }) => fatal.has(level));
  const warnings = findings.filter(({ level }) => level === 'should' && !fatal.has(level));
  const advice = findings.filter(({ level }) => level === 'may');
  return [
    ...section(page, 'FINDINGS', spaced(graves.map((one) => inFull(page, one, casesOf(one))))),
    ...section(
      page,
      'WARNINGS',
      warnings.flatMap((one) => inShort(page, one, casesOf(one))),
    ),
    ...section(
      page,
      'ADVICE',
      advice.flatMap(({ title, fix }) => beside(page, '* ', `${title}: ${fix}`)),
    ),
  ];
};

/** Blocks with an empty line between them. */
const spaced = (blocks: readonly (readonly string[])[]): readonly string[] =>
  blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));

const headline = (page: Page, { level, severity, title }: Finding): readonly string[] =>
  beside(page, `* ${level.toUpperCase()} ${severity}  `, title, {
    label: paintOf(page, severity),
    text: page.colors.bold,
  });

const paintOf = ({ colors }: Page, severity: Severity): ((text: string) => string) => {
  if (severity === 'critical' || severity === 'high') return colors.red;
  return severity === 'medium' ? colors.yellow : colors.dim;
};

const inFull = (page: Page, finding: Finding, cases: readonly CaseResult[]): readonly string[] => {
  const { bold } = page.colors;
  const hidden = cases.length - CASES_SHOWN;
  const [first] = cases;
  return [
    ...headline(page, finding),
    ...cases.slice(0, CASES_SHOWN).flatMap((one) => describeCase(page, one)),
    ...(hidden > 0 ? [`    and ${hidden} more`] : []),
    ...beside(page, '  Why    ', finding.why, { label: bold }),
    ...beside(page, '  Fix    ', finding.fix, { label: bold }),
    // On one line, however long: it is there to be copied.
    ...(first === undefined ? [] : [`${bold('  Again  ')}${visible(first.reproduce)}`]),
  ];
};

/** One line where that fits, else three. */
const describeCase = (page: Page, one: CaseResult): readonly string[] => {
  const { cyan } = page.colors;
  const { id, expected } = one;
  const actual = clip(one.actual, ACTUAL_MOST);
  const difference = `expected ${expected} / actual ${actual}`;
  return widthOf(`    ${id}  ${difference}`) <= page.columns
    ? beside(page, `    ${id}  `, difference, { label: cyan })
    : [
        ...beside(page, '    ', id, { text: cyan }),
        ...beside(page, '      expected  ', expected),
        ...beside(page, '      actual    ', actual),
      ];
};

const inShort = (page: Page, finding: Finding, cases: readonly CaseResult[]): readonly string[] => {
  const { bold } = page.colors;
  const [first] = cases;
  const more = cases.length > 1 ? ` (and ${cases.length - 1} more)` : '';
  return [
    ...headline(page, finding),
    ...(first === undefined
      ? []
      : beside(page, '  Actual ', `${clip(first.actual, ACTUAL_MOST)}${more}`, { label: bold })),
    ...beside(page, '  Fix    ', finding.fix, { label: bold }),
  ];
};
