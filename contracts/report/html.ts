/** One self-contained page: it asks for nothing from anywhere. */
import { fatalLevels, languages } from '../runner/result.js';
import type { CaseResult, Finding, Language, RunResult, Summary } from '../runner/result.js';
import { describeCase } from './html/case.js';
import { codeBlock, escape } from './html/escape.js';
import { script } from './html/script.js';
import { contentPolicy, style } from './html/style.js';
import { unlocks } from './needs.js';
import type { Reporter } from './report.js';
import { later, plural, say, translate } from '../../language/say.js';

const NAMES: Readonly<Record<Language, string>> = {
  node: 'Node',
  python: 'Python',
  go: 'Go',
  php: 'PHP',
  java: 'Java',
};

const HEADLINES: Readonly<Record<Summary['verdict'], string>> = {
  passed: later('Passed'),
  failed: later('The receiver broke the contract'),
  inconclusive: later('No verdict'),
};

const WORDS: Readonly<Record<CaseResult['verdict'], string>> = {
  passed: later('passed'),
  failed: later('failed'),
  inconclusive: later('inconclusive'),
  notObservable: later('not observable'),
  skipped: later('skipped'),
};

export const htmlReporter: Reporter = {
  format: 'html',
  render: (result) =>
    [
      '<!doctype html>',
      `<html lang="${say`en`}"><head><meta charset="utf-8">`,
      `<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      '<link rel="icon" href="data:,">',
      `<title>hookproof: ${translate(result.summary.verdict)}, ${escape(result.target)}</title>`,
      `<style>${style}</style></head><body>`,
      `<header>${verdict(result)}</header>`,
      '<main>',
      findings(result),
      others(result),
      unproven(result.cases),
      table(result.cases),
      '</main>',
      footer(result),
      `<script>${script()}</script>`,
      '</body></html>',
      '',
    ].join('\n'),
};

const verdict = (result: RunResult): string => {
  const { summary, target, problem } = result;
  const counts = Object.entries(WORDS).map(
    ([name, words]) => `${summary[name as CaseResult['verdict']]} ${translate(words)}`,
  );
  return [
    `<section class="verdict ${summary.verdict}" aria-label="${say`Verdict`}">`,
    `<h1>${translate(HEADLINES[summary.verdict])}</h1>`,
    `<p><code>${escape(target)}</code></p>`,
    `<p>${counts.join(' · ')}${summary.expectedFailures > 0 ? ` · ${say`${summary.expectedFailures} of the failed expected`}` : ''}</p>`,
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
    : `<h2>${say`Findings`}</h2>${graves.map((one) => describeFinding(one, result)).join('')}`;
};

const others = (result: RunResult): string => {
  const fatal = fatalLevels(result.strict);
  const rest = result.findings.filter(({ level }) => !fatal.has(level));
  return rest.length === 0
    ? ''
    : `<h2>${say`Warnings and advice`}</h2>${rest.map((one) => describeFinding(one, result)).join('')}`;
};

const describeFinding = (finding: Finding, result: RunResult): string => {
  const { level, severity, title, why, fix } = finding;
  const cases = casesOf(finding, result);
  return [
    `<section class="finding ${level}">`,
    `<p><span class="badge ${severity}">${translate(severity)}</span> <span class="quiet">${translate(level)}</span></p>`,
    `<h3>${escape(title)}</h3>`,
    `<p><b>${say`Why`}</b> ${escape(why)}</p>`,
    `<p><b>${say`Fix`}</b> ${escape(fix)}</p>`,
    ...snippets(finding, result.receiver.language),
    `<details><summary>${plural(cases.length, 'case')}</summary>`,
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
    return `<li>${count === 1 ? say`1 case needs` : say`${count} cases need`} ${escape(translate(unlocks[need]))}</li>`;
  });
  return lines.length + open.length === 0
    ? ''
    : [
        `<h2>${say`Not proven`}</h2>`,
        lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`,
        open.length === 0
          ? ''
          : `<details><summary>${say`${open.length} inconclusive`}</summary>${open.map(describeCase).join('')}</details>`,
      ].join('');
};

const option = (value: string, words = value): string =>
  `<option value="${value}">${words}</option>`;

const table = (cases: readonly CaseResult[]): string =>
  [
    `<h2>${say`All cases`}</h2>`,
    `<p class="quiet">${say`Attempts are kept for what failed or is inconclusive; the JSON and HAR reports have more.`}</p>`,
    '<div class="filter" hidden>',
    `<input id="text" type="search" placeholder="${say`Filter by text`}" aria-label="${say`Filter by text`}">`,
    `<select id="suite" aria-label="${say`Suite`}"><option value="">${say`all suites`}</option>${[
      ...new Set(cases.map(({ suite }) => suite)),
    ]
      .map((suite) => option(suite))
      .join('')}</select>`,
    `<select id="verdict" aria-label="${say`Verdict`}"><option value="">${say`all verdicts`}</option>${Object.entries(
      WORDS,
    )
      .map(([value, words]) => option(value, translate(words)))
      .join('')}</select>`,
    '<span id="shown" class="quiet" role="status"></span></div>',
    `<table class="cases"><thead><tr><th>${say`Case`}</th><th>${say`Level`}</th><th>${say`Verdict`}</th><th>${say`What a right receiver does`}</th></tr></thead><tbody>`,
    ...cases.map(
      ({ id, suite, level, verdict: one, title }) =>
        `<tr data-suite="${suite}" data-verdict="${one}"><td><code>${escape(id)}</code></td><td>${translate(level)}</td><td class="${one}">${translate(WORDS[one])}</td><td>${escape(title)}</td></tr>`,
    ),
    '</tbody></table>',
  ].join('');

const footer = ({ tool, seed, startedAt, durationMs, receiver }: RunResult): string =>
  [
    '<footer>',
    `<p>${say`hookproof ${escape(tool.version)}, seed ${seed}, ${escape(startedAt)}, ${(durationMs / 1000).toFixed(1)} s. `}`,
    say`Effects: ${escape(receiver.probe ?? say`not seen`)}. Settled after ${receiver.settleMs} ms. Key: ${receiver.keyField}. `,
    `${say`Deliveries as ${escape(receiver.contentType)}.`}</p>`,
    '</footer>',
  ].join('');
