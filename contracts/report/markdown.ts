/** Markdown for a CI job's summary: what is wrong first, short enough for a page. */
import { fatalLevels } from '../runner/result.js';
import type { CaseResult, Finding, Language, RunResult, Summary } from '../runner/result.js';
import { visible } from './console/page.js';
import { unlocks } from './needs.js';
import type { Reporter } from './report.js';
import { later, say, translate } from '../../language/say.js';

const CASES_SHOWN = 8;
const FINDINGS_SHOWN = 40;
const ACTUAL_MOST = 400;

const NAMES: Readonly<Record<Language, readonly [name: string, fence: string]>> = {
  node: ['Node', 'js'],
  python: ['Python', 'python'],
  go: ['Go', 'go'],
  php: ['PHP', 'php'],
  java: ['Java', 'java'],
};

const VERDICTS: Readonly<Record<Summary['verdict'], string>> = {
  passed: later('✅ passed'),
  failed: later('❌ failed'),
  inconclusive: later('⚠️ no verdict'),
};

export const markdownReporter: Reporter = {
  format: 'markdown',
  render: (result) => `${linesOf(result).join('\n').trimEnd()}\n`,
};

const linesOf = (result: RunResult): readonly string[] => {
  const { summary, findings, problem, strict } = result;
  const fatal = fatalLevels(strict);
  const graves = findings.filter(({ level }) => fatal.has(level));
  const others = findings.filter(({ level }) => !fatal.has(level));
  return [
    say`## hookproof: ${translate(VERDICTS[summary.verdict])}`,
    '',
    say`${text(result.target)}, seed ${result.seed}, hookproof ${text(result.tool.version)}, ${Math.round(result.durationMs / 1000)} s`,
    '',
    ...(problem === null
      ? []
      : ['> [!WARNING]', `> ${text(problem.message)}. ${text(problem.remedy)}.`, '']),
    ...graves.slice(0, FINDINGS_SHOWN).flatMap((finding) => inFull(finding, result)),
    ...hidden(graves.length),
    ...inShort(others),
    ...expected(result.cases),
    ...counts(result),
    ...unproven(result.cases),
  ];
};

const hidden = (count: number): readonly string[] =>
  count > FINDINGS_SHOWN ? [say`_and ${count - FINDINGS_SHOWN} more findings_`, ''] : [];

const inFull = (finding: Finding, result: RunResult): readonly string[] => {
  const cases = finding.cases.flatMap((id) => result.cases.find((one) => one.id === id) ?? []);
  const more = cases.length - CASES_SHOWN;
  return [
    `### ${text(finding.title)}`,
    '',
    `**${translate(finding.level)} · ${translate(finding.severity)}** ${text(finding.why)}`,
    '',
    say`**Fix** ${text(finding.fix)}`,
    '',
    ...snippets(finding, result.receiver.language),
    say`| case | expected | actual |`,
    '| --- | --- | --- |',
    ...cases
      .slice(0, CASES_SHOWN)
      .map((one) => `| \`${one.id}\` | ${cell(one.expected)} | ${cell(one.actual)} |`),
    ...(more > 0 ? [say`| and ${more} more | | |`] : []),
    '',
    ...cases.slice(0, 1).flatMap((one) => ['```sh', inFence(one.reproduce), '```', '']),
  ];
};

const snippets = (finding: Finding, preferred: Language | null): readonly string[] =>
  (Object.keys(NAMES) as Language[]).flatMap((language) => {
    const code = finding.snippets[language];
    if (code === undefined) return [];
    const [name, fence] = NAMES[language];
    return [
      `<details${language === preferred ? ' open' : ''}><summary>${name}</summary>`,
      '',
      `\`\`\`${fence}`,
      inFence(code),
      '```',
      '',
      '</details>',
      '',
    ];
  });

const inShort = (findings: readonly Finding[]): readonly string[] =>
  findings.length === 0
    ? []
    : [
        `<details><summary>${say`Warnings and advice`}</summary>`,
        '',
        ...findings
          .slice(0, FINDINGS_SHOWN)
          .map(({ level, title, fix }) => `- **${translate(level)}** ${text(title)}. ${text(fix)}`),
        '',
        '</details>',
        '',
      ];

const expected = (cases: readonly CaseResult[]): readonly string[] => {
  const known = cases.flatMap(({ id, expectation }) =>
    expectation === undefined
      ? []
      : [say`- \`${id}\` until ${text(expectation.expires)}: ${text(expectation.reason)}`],
  );
  return known.length === 0 ? [] : [say`**Expected failures**`, '', ...known, ''];
};

const counts = ({ cases }: RunResult): readonly string[] => {
  const verdicts = ['passed', 'failed', 'inconclusive', 'notObservable', 'skipped'] as const;
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  return [
    say`| suite | passed | failed | inconclusive | not observable | skipped |`,
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...suites.map((suite) => {
      const numbers = verdicts.map(
        (verdict) => cases.filter((one) => one.suite === suite && one.verdict === verdict).length,
      );
      return `| ${suite} | ${numbers.join(' | ')} |`;
    }),
    '',
  ];
};

const unproven = (cases: readonly CaseResult[]): readonly string[] => {
  const missing = cases.flatMap((one) => one.missing ?? []);
  const lines = [...new Set(missing)].map((need) => {
    const count = missing.filter((one) => one === need).length;
    return `- ${count === 1 ? say`1 case needs` : say`${count} cases need`} ${translate(unlocks[need])}`;
  });
  return lines.length === 0 ? [] : [say`**Not proven**`, '', ...lines, ''];
};

/** Text that Markdown and HTML must take as it is. */
const text = (value: string): string =>
  visible(value)
    .replace(/[\\`*_{}[\]<>|#~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/\s+/g, ' ');

const cell = (value: string): string =>
  text(value.length > ACTUAL_MOST ? `${value.slice(0, ACTUAL_MOST)}…` : value);

const inFence = (value: string): string =>
  value.split('\n').map(visible).join('\n').replaceAll('```', '` ``');
