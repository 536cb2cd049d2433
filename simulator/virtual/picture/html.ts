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
import { hookTitle, leftOutOf, shareTitle } from './words.js';

/** Code that can stand in a script element. */
const inline = (code: string): string => code.replaceAll(/<\/(?=script)/gi, String.raw`<\/`);

const controls = (timeline: Timeline, result: SimulationResult): string => {
  const options = timeline.hooks.map(
    (hook, index) => `<option value="${index}">${escape(hookTitle(hook, result))}</option>`,
  );
  const select =
    options.length > 1 ? `<label>Hook <select id="hook">${options.join('')}</select></label>` : '';
  return [
    `<div class="bar only" hidden>${select}`,
    '<button type="button" id="in">Zoom in</button>',
    '<button type="button" id="out">Zoom out</button>',
    '<button type="button" id="reset">Reset</button>',
    '<output id="range" class="quiet"></output></div>',
  ].join('');
};

const chart = (result: SimulationResult): string =>
  [
    '<div class="only" hidden>',
    '<div id="chart" tabindex="0" role="application" aria-label="Timeline" aria-describedby="keys">',
    `<h3>${escape(shareTitle(result.policy))}</h3><div id="share"></div>`,
    '<h3 id="per"></h3><div id="bars"></div><ul class="legend" id="legend"></ul></div>',
    '<div id="readout" role="region" aria-label="What happened there"></div>',
    '<p id="said" class="hidden" role="status"></p>',
    '<p id="keys" class="quiet">Point to see a row, drag to zoom. With the chart focused: <kbd>←</kbd> <kbd>→</kbd> the row before and after, <kbd>d</kbd> the next disabling, <kbd>Home</kbd> <kbd>End</kbd> the first and the last, <kbd>+</kbd> <kbd>−</kbd> zoom there, <kbd>0</kbd> or <kbd>Esc</kbd> resets.</p>',
    '<details id="ledger"><summary>The rows in view, as a table</summary><div class="wide" tabindex="0" role="region" aria-label="Rows"></div></details>',
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
    '<html lang="en"><head><meta charset="utf-8">',
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
    '<details><summary>The timeline as a table</summary>',
    ...timeline.hooks.map((hook) => bucketsTable(hook, timeline, result)),
    '</details>',
    '<h2>What came of it</h2>',
    totalsTable(result),
    '<h2>What it depends on</h2>',
    readingTable(result.policy),
    '</main>',
    `<footer><p>Seed ${result.seed}. From ${formatTime(result.fromMs)} to ${formatTime(result.untilMs)} of virtual time; ${result.accounts} account${result.accounts === 1 ? '' : 's'}.</p></footer>`,
    `<script type="application/json" id="data">${pageData(timeline, result)}</script>`,
    `<script>${inline(assets.chartScript)}</script>`,
    `<script>${inline(script)}</script>`,
    '</body></html>',
    '',
  ].join('\n');
