/** One self-contained page: it asks for nothing from anywhere. */
import { fatalLevels, languages } from '../runner/result.js';
import type { CaseResult, Finding, Language, RunResult, Summary } from '../runner/result.js';
import { describeCase } from './html/case.js';
import { codeBlock, escape } from './html/escape.js';
import { script } from './html/script.js';
import { contentPolicy, style } from './html/style.js';
import { unlocks } from './needs.js';
import type { Reporter } from './report.js';

const NAMES: Readonly<Record<Language, string>> = {
  node: 'Node',
  python: 'Python',
  go: 'Go',
  php: 'PHP',
  java: 'Java',
};

const HEADLINES: Readonly<Record<Summary['verdict'], string>> = {
  passed: 'Passed',
  failed: 'The receiver broke the contract',
  inconclusive: 'No verdict',
};

const WORDS: Readonly<Record<CaseResult['verdict'], string>> = {
  passed: 'passed',
  failed: 'failed',
  inconclusive: 'inconclusive',
  notObservable: 'not observable',
  skipped: 'skipped',
};

export const htmlReporter: Reporter = {
  format: 'html',
  render: (result) =>
    [
      '<!doctype html>',
      '<html lang="en"><head><meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      '<link rel="icon" href="data:,">',
      `<title>hookproof: ${result.summary.verdict}, ${escape(result.target)}</title>`,
      `<style>${style}</style></head><body>`,
      `<header>${verdict(result)}</header>`,
      '<main>',
      findings(result),
      others(result),
      unproven(result.cases),
      table(result.cases),
      '</main>',
      footer(result),
      `<script>${script}</script>`,
      '</body></html>',
      '',
    ].join('\n'),
};

const verdict = (result: RunResult): string => {
  const { summary, target, problem } = result;
  const counts = Object.entries(WORDS).map(
    ([name, words]) => `${summary[name as CaseResult['verdict']]} ${words}`,
  );
  return [
    `<section class="verdict ${summary.verdict}" aria-label="Verdict">`,
    `<h1>${HEADLINES[summary.verdict]}</h1>`,
    `<p><code>${escape(target)}</code></p>`,
    `<p>${counts.join(' · ')}${summary.expectedFailures > 0 ? ` · ${summary.expectedFailures} of the failed expected` : ''}</p>`,
    problem === null
      ? ''
      : `<p><b>${escape(problem.message)}</b></p><p>${escape(problem.remedy)}</p>`,
    '</section>',
  ].join('');
};

const casesOf = (finding: Finding, { cases }: RunResult): readonly CaseResult[] =>
  finding.cases.flatMap((id) => cases.find((one) => one.id === id) ?? []);

const findings = (result: RunResult): string => {
  const fatal = fatalLevels(result.strict);
  const graves = result.findings.filter(({ level }) => fatal.has(level));
  return graves.length === 0
    ? ''
    : `<h2>Findings</h2>${graves.map((one) => describeFinding(one, result)).join('')}`;
};

const others = (result: RunResult): string => {
  const fatal = fatalLevels(result.strict);
  const rest = result.findings.filter(({ level }) => !fatal.has(level));
  return rest.length === 0
    ? ''
    : `<h2>Warnings and advice</h2>${rest.map((one) => describeFinding(one, result)).join('')}`;
};

const describeFinding = (finding: Finding, result: RunResult): string => {
  const { level, severity, title, why, fix } = finding;
  const cases = casesOf(finding, result);
  return [
    `<section class="finding ${level}">`,
    `<p><span class="badge ${severity}">${severity}</span> <span class="quiet">${level}</span></p>`,
    `<h3>${escape(title)}</h3>`,
    `<p><b>Why</b> ${escape(why)}</p>`,
    `<p><b>Fix</b> ${escape(fix)}</p>`,
    ...snippets(finding, result.receiver.language),
    `<details><summary>${cases.length} case${cases.length === 1 ? '' : 's'}</summary>`,
    ...cases.map(describeCase),
    '</details></section>',
  ].join('');
};

const snippets = (finding: Finding, preferred: Language | null): readonly string[] =>
  languages.flatMap((language) => {
    const code = finding.snippets[language];
    return code === undefined
      ? []
      : [
          `<details${language === preferred ? ' open' : ''}><summary>${NAMES[language]}</summary>${codeBlock(code, NAMES[language])}</details>`,
        ];
  });

const unproven = (cases: readonly CaseResult[]): string => {
  const missing = cases.flatMap((one) => one.missing ?? []);
  const open = cases.filter(({ verdict: one }) => one === 'inconclusive');
  const lines = [...new Set(missing)].map((need) => {
    const count = missing.filter((one) => one === need).length;
    return `<li>${count === 1 ? '1 case needs' : `${count} cases need`} ${escape(unlocks[need])}</li>`;
  });
  return lines.length + open.length === 0
    ? ''
    : [
        '<h2>Not proven</h2>',
        lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`,
        open.length === 0
          ? ''
          : `<details><summary>${open.length} inconclusive</summary>${open.map(describeCase).join('')}</details>`,
      ].join('');
};

const option = (value: string, words = value): string =>
  `<option value="${value}">${words}</option>`;

const table = (cases: readonly CaseResult[]): string =>
  [
    '<h2>All cases</h2>',
    '<p class="quiet">Attempts are kept for what failed or is inconclusive; the JSON and HAR reports have more.</p>',
    '<div class="filter" hidden>',
    '<input id="text" type="search" placeholder="Filter by text" aria-label="Filter by text">',
    `<select id="suite" aria-label="Suite"><option value="">all suites</option>${[
      ...new Set(cases.map(({ suite }) => suite)),
    ]
      .map((suite) => option(suite))
      .join('')}</select>`,
    `<select id="verdict" aria-label="Verdict"><option value="">all verdicts</option>${Object.entries(
      WORDS,
    )
      .map(([value, words]) => option(value, words))
      .join('')}</select>`,
    '<span id="shown" class="quiet" role="status"></span></div>',
    '<table class="cases"><thead><tr><th>Case</th><th>Level</th><th>Verdict</th><th>What a right receiver does</th></tr></thead><tbody>',
    ...cases.map(
      ({ id, suite, level, verdict: one, title }) =>
        `<tr data-suite="${suite}" data-verdict="${one}"><td><code>${escape(id)}</code></td><td>${level}</td><td class="${one}">${WORDS[one]}</td><td>${escape(title)}</td></tr>`,
    ),
    '</tbody></table>',
  ].join('');

const footer = ({ tool, seed, startedAt, durationMs, receiver }: RunResult): string =>
  [
    '<footer>',
    `<p>hookproof ${escape(tool.version)}, seed ${seed}, ${escape(startedAt)}, ${(durationMs / 1000).toFixed(1)} s. `,
    `Effects: ${escape(receiver.probe ?? 'not seen')}. Settled after ${receiver.settleMs} ms. Key: ${receiver.keyField}. `,
    `Deliveries as ${escape(receiver.contentType)}.</p>`,
    '</footer>',
  ].join('');
