/** What is wrong with the receiver, said once for each cause. */
import type { Severity } from '../../runner/case.js';
import { fatalLevels } from '../../runner/result.js';
import type { CaseResult, RunResult } from '../../runner/result.js';
import { describeMend } from './mend.js';
import { isExpected, openFindings } from './open.js';
import type { OpenFinding } from './open.js';
import { beside, clip, section, visible, widthOf } from './page.js';
import type { Page } from './page.js';
import { say, translate } from '../../../language/say.js';

const CASES_SHOWN = 3;
/** Long lists of attempts are cut here; the other formats hold them whole. */
const ACTUAL_MOST = 240;

/**
 * Findings that fail the run in full, the gravest with the mend in code; warnings in short, advice
 * in a sentence. Failures that are expected come last.
 */
export const describeFindings = (page: Page, result: RunResult): readonly string[] => {
  const { strict, receiver } = result;
  const findings = openFindings(result);
  const fatal = fatalLevels(strict);
  const graves = findings.filter(({ level }) => fatal.has(level));
  const warnings = findings.filter(({ level }) => level === 'should' && !fatal.has(level));
  const advice = findings.filter(({ level }) => level === 'may');
  return [
    ...section(
      page,
      say`FINDINGS`,
      spaced(
        graves.map((one, index) => [
          ...inFull(page, one),
          ...(index === 0 ? describeMend(page, one, receiver.language) : []),
        ]),
      ),
    ),
    ...section(
      page,
      say`WARNINGS`,
      warnings.flatMap((one) => inShort(page, one)),
    ),
    ...section(
      page,
      say`ADVICE`,
      advice.flatMap(({ title, fix }) => beside(page, '* ', `${title}: ${fix}`)),
    ),
    ...section(
      page,
      say`EXPECTED FAILURES`,
      result.cases.filter(isExpected).flatMap((one) => describeExpected(page, one)),
    ),
  ];
};

/** Blocks with an empty line between them. */
const spaced = (blocks: readonly (readonly string[])[]): readonly string[] =>
  blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));

const headline = (page: Page, { level, severity, title }: OpenFinding): readonly string[] =>
  beside(page, `* ${translate(level).toUpperCase()} ${translate(severity)}  `, title, {
    label: paintOf(page, severity),
    text: page.colors.bold,
  });

const paintOf = ({ colors }: Page, severity: Severity): ((text: string) => string) => {
  if (severity === 'critical' || severity === 'high') return colors.red;
  return severity === 'medium' ? colors.yellow : colors.dim;
};

const inFull = (page: Page, finding: OpenFinding): readonly string[] => {
  const { bold } = page.colors;
  const { cases } = finding;
  const hidden = cases.length - CASES_SHOWN;
  const [first] = cases;
  return [
    ...headline(page, finding),
    ...cases.slice(0, CASES_SHOWN).flatMap((one) => describeCase(page, one)),
    ...(hidden > 0 ? beside(page, '    ', say`and ${hidden} more`) : []),
    ...beside(page, say`  Why    `, finding.why, { label: bold }),
    ...beside(page, say`  Fix    `, finding.fix, { label: bold }),
    // On one line, however long: it is there to be copied.
    ...(first === undefined
      ? []
      : page.plain
        ? beside(page, say`  Again  `, first.reproduce)
        : [`${bold(say`  Again  `)}${visible(first.reproduce)}`]),
  ];
};

const describeExpected = (page: Page, { id, expectation }: CaseResult): readonly string[] =>
  expectation === undefined
    ? []
    : [
        ...beside(page, '* ', id, { text: page.colors.cyan }),
        ...beside(page, '  ', say`expected until ${expectation.expires}: ${expectation.reason}`),
      ];

/** One line where that fits, else three. */
const describeCase = (page: Page, one: CaseResult): readonly string[] => {
  const { cyan } = page.colors;
  const { id, expected } = one;
  const actual = clip(one.actual, ACTUAL_MOST);
  if (page.plain) {
    return [
      ...beside(page, say`case`, id),
      ...beside(page, say`      expected  `, expected),
      ...beside(page, say`      actual    `, actual),
    ];
  }
  const difference = say`expected ${expected} / actual ${actual}`;
  return widthOf(`    ${id}  ${difference}`) <= page.columns
    ? beside(page, `    ${id}  `, difference, { label: cyan })
    : [
        ...beside(page, '    ', id, { text: cyan }),
        ...beside(page, say`      expected  `, expected),
        ...beside(page, say`      actual    `, actual),
      ];
};

const inShort = (page: Page, finding: OpenFinding): readonly string[] => {
  const { bold } = page.colors;
  const { cases } = finding;
  const [first] = cases;
  const more = cases.length > 1 ? say` (and ${cases.length - 1} more)` : '';
  return [
    ...headline(page, finding),
    ...(first === undefined
      ? []
      : beside(page, say`  Actual `, `${clip(first.actual, ACTUAL_MOST)}${more}`, { label: bold })),
    ...beside(page, say`  Fix    `, finding.fix, { label: bold }),
  ];
};
