/** A run as one self-contained page: it asks for nothing from anywhere. */
import type { SimulationResult } from '../result.js';
import { formatTime } from '../units.js';
import { escape } from './escape.js';
import { pageData } from './html/data.js';
import { script } from './html/script.js';
import { contentPolicy, style } from './html/style.js';
import { bucketsTable, readingTable, totalsTable } from './html/tables.js';
import type { Timeline } from './model.js';
import { renderSvg } from './svg.js';
import { plural, say } from '../../../language/say.js';
import { hookTitle, leftOutOf, shareTitle } from './words.js';

/** Code that can stand in a script element. */
const inline = (code: string): string => code.replaceAll(/<\/(?=script)/gi, String.raw`<\/`);

const controls = (timeline: Timeline, result: SimulationResult): string => {
  const options = timeline.hooks.map(
    (hook, index) => `<option value="${index}">${escape(hookTitle(hook, result))}</option>`,
  );
  const select =
    options.length > 1
      ? `<label>${say`Hook`} <select id="hook">${options.join('')}</select></label>`
      : '';
  return [
    `<div class="bar only" hidden>${select}`,
    `<button type="button" id="in">${say`Zoom in`}</button>`,
    `<button type="button" id="out">${say`Zoom out`}</button>`,
    `<button type="button" id="reset">${say`Reset`}</button>`,
    '<output id="range" class="quiet"></output></div>',
  ].join('');
};

const key = (name: string): string => `<kbd>${name}</kbd>`;

const chart = (result: SimulationResult): string =>
  [
    '<div class="only" hidden>',
    `<div id="chart" tabindex="0" role="application" aria-label="${say`Timeline`}" aria-describedby="keys">`,
    `<h3>${escape(shareTitle(result.policy))}</h3><div id="share"></div>`,
    '<h3 id="per"></h3><div id="bars"></div><ul class="legend" id="legend"></ul></div>',
    `<div id="readout" role="region" aria-label="${say`What happened there`}"></div>`,
    '<p id="said" class="hidden" role="status"></p>',
    `<p id="keys" class="quiet">${say`Point to see a row, drag to zoom. With the chart focused: ${key('←')} ${key('→')} the row before and after, ${key('d')} the next disabling, ${key('Home')} ${key('End')} the first and the last, ${key('+')} ${key('−')} zoom there, ${key('0')} or ${key('Esc')} resets.`}</p>`,
    `<details id="ledger"><summary>${say`The rows in view, as a table`}</summary><div class="wide" tabindex="0" role="region" aria-label="${say`Rows`}"></div></details>`,
    '</div>',
  ].join('\n');

const notes = (timeline: Timeline, result: SimulationResult): string =>
  leftOutOf(timeline, result)
    .map((note) => `<p class="quiet">${escape(note)}</p>`)
    .join('');

/** What the page holds of the package uplot: its script and its style, as text. */
export interface PageAssets {
  readonly chartScript: string;
  readonly chartStyle: string;
}

/**
 * One HTML file of a run: the share in the window against the threshold, attempts by outcome and
 * disabled spans, to be pointed at and zoomed into, with the same as tables.
 *
 * A pure function: the same timeline, result and assets give the same text.
 *
 * ```ts
 * await writeFile(path, renderHtml(timeline.timeline(result), result, await loadAssets()));
 * ```
 */
export const renderHtml = (
  timeline: Timeline,
  result: SimulationResult,
  assets: PageAssets,
): string =>
  [
    '<!doctype html>',
    `<html lang="${say`en`}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    `<title>hookproof: ${escape(result.scenario)}</title>`,
    `<style>${assets.chartStyle}</style><style>${style}</style></head><body>`,
    `<header><h1>${escape(result.scenario)}</h1><p class="lead">${escape(result.sentence)}</p></header>`,
    '<main>',
    controls(timeline, result),
    chart(result),
    `<noscript>${renderSvg(timeline, result)}</noscript>`,
    notes(timeline, result),
    `<details><summary>${say`The timeline as a table`}</summary>`,
    ...timeline.hooks.map((hook) => bucketsTable(hook, timeline, result)),
    '</details>',
    `<h2>${say`What came of it`}</h2>`,
    totalsTable(result),
    `<h2>${say`What it depends on`}</h2>`,
    readingTable(result.policy),
    '</main>',
    `<footer><p>${say`Seed ${result.seed}. From ${formatTime(result.fromMs)} to ${formatTime(result.untilMs)} of virtual time; ${plural(result.accounts, 'account')}.`}</p></footer>`,
    `<script type="application/json" id="data">${pageData(timeline, result)}</script>`,
    `<script>${inline(assets.chartScript)}</script>`,
    `<script>${inline(script())}</script>`,
    '</body></html>',
    '',
  ].join('\n');
