/** One self-contained page: the smallest schedule as a sentence, a picture and a test. */
import type { Counterexample } from '../../schedule/confirm.js';
import { describeSchedule } from '../../schedule/sentence.js';
import { later, say, translate } from '../../../language/say.js';
import { codeBlock, escape } from '../html/escape.js';
import { contentPolicy, style } from '../html/style.js';
import { pictureOf } from './picture.js';
import { reproducedOf, summaryOf, testOf } from './report.js';
import type { FuzzReport, RenderFuzz } from './report.js';

const HEADLINES = {
  passed: later('No schedule broke the receiver'),
  failed: later('A schedule breaks the receiver'),
  inconclusive: later('No verdict'),
} as const;

const PICTURE = `
svg .lane{stroke:var(--line)}svg .wall{stroke:var(--quiet);stroke-width:2}svg .stroke{stroke:var(--bad);stroke-width:3;fill:none}
svg{min-width:0}figcaption{color:var(--bad);font-weight:600}`;

export const renderHtml: RenderFuzz = (report) => {
  const { result } = report;
  return [
    '<!doctype html>',
    `<html lang="${say`en`}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    `<title>hookproof fuzz: ${translate(result.verdict)}, ${escape(result.target)}</title>`,
    `<style>${style}${PICTURE}</style></head><body>`,
    '<header>',
    `<section class="verdict ${result.verdict}" aria-label="${say`Verdict`}">`,
    `<h1>${translate(HEADLINES[result.verdict])}</h1>`,
    `<p><code>${escape(result.target)}</code></p><p>${escape(summaryOf(result))}</p>`,
    result.problem === null
      ? ''
      : `<p><b>${escape(result.problem.message)}</b></p><p>${escape(result.problem.remedy)}</p>`,
    '</section></header><main>',
    result.counterexample === null ? '' : describe(result.counterexample, report),
    '</main>',
    `<footer>hookproof ${escape(report.version)} · ${say`steps that the set-up allowed: ${escape(result.kinds.join(', '))}`}</footer>`,
    '</body></html>',
    '',
  ].join('\n');
};

const describe = (counterexample: Counterexample, { replay }: FuzzReport): string => {
  const { invariant, rule, sentence, schedule, found, outcome } = counterexample;
  return [
    `<section class="finding must"><h2>${escape(invariant)}</h2><p>${escape(translate(rule))}</p>`,
    `<h3>${escape(sentence)}</h3>`,
    pictureOf(schedule, outcome),
    `<p>${escape(reproducedOf(counterexample))}</p>`,
    replay === null ? '' : `<p>${say`Again`}: <code>hookproof replay ${escape(replay)}</code></p>`,
    `<h3>${say`As a test`}</h3>${codeBlock(testOf(counterexample), say`a vitest test`)}`,
    `<details><summary>${say`As it was found, before it was shrunk`}</summary><p>${escape(describeSchedule(found, '…'))}</p>${pictureOf(found, say`as it was found`)}</details>`,
    '</section>',
  ].join('');
};
