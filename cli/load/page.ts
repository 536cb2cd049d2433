/** A load run as one self-contained page: it asks for nothing from anywhere. */
import type { PageAssets } from '../../simulator/index.js';
import { contentPolicy, script, style } from './page-parts.js';
import type { LoadResult } from './record.js';
import { later, say, translate } from '../../language/say.js';
import { windowSentences } from './text.js';
import { formatCount, formatMs, formatShare } from './units.js';

const escape = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Code that can stand in a script element. */
const inline = (code: string): string => code.replaceAll(/<\/(?=script)/gi, String.raw`<\/`);

type Rows = readonly (readonly [name: string, ...values: readonly string[]])[];

const table = (caption: string, head: readonly string[], rows: Rows): string =>
  [
    `<div class="wide" tabindex="0" role="region" aria-label="${escape(caption)}"><table>`,
    `<caption>${escape(caption)}</caption><thead><tr>`,
    ...head.map((name) => `<th scope="col">${escape(name)}</th>`),
    '</tr></thead><tbody>',
    ...rows.map(([name, ...values]) => {
      const cells = values.map((value) => `<td>${escape(value)}</td>`);
      return `<tr><th scope="row">${escape(name)}</th>${cells.join('')}</tr>`;
    }),
    '</tbody></table></div>',
  ].join('');

const HEADLINES: Readonly<Record<LoadResult['verdict'], string>> = {
  passed: later('Every delivery was acknowledged in time'),
  failed: later('Not every delivery was acknowledged in time, and once'),
  unreached: later('The receiver was never reached'),
};

const figures = (result: LoadResult): string => {
  const { latencyMs, ratePerSecond, effects } = result;
  const pace = ratePerSecond === null ? '' : say`, asked for ${formatCount(ratePerSecond)}/s`;
  const seen: Rows =
    effects === null
      ? []
      : [
          [say`Looked for`, say`${formatCount(effects.checked)}, one in ${effects.oneIn}`],
          [say`Duplicated`, formatCount(effects.duplicated)],
        ];
  return table(
    say`Figures`,
    [say`What`, say`How much`],
    [
      [say`Deliveries`, say`${formatCount(result.requests)} in ${formatMs(result.tookMs)}`],
      [say`Throughput`, `${formatCount(result.perSecond)}/s${pace}`],
      [say`Connections`, say`${result.connections}, pipelining ${result.pipelining}`],
      [say`Median`, formatMs(latencyMs.p50)],
      ['90 %', formatMs(latencyMs.p90)],
      ['99 %', formatMs(latencyMs.p99)],
      ['99.9 %', formatMs(latencyMs.p999)],
      [say`Longest`, formatMs(latencyMs.max)],
      [say`Late`, formatCount(result.late)],
      [say`Lost`, formatCount(result.lost)],
      ...seen,
    ],
  );
};

const ends = ({ statuses, failures, requests }: LoadResult): string => {
  const rowOf = (name: string, count: number) =>
    [name, formatCount(count), formatShare(count, requests)] as const;
  return table(
    say`How requests ended`,
    [say`End`, say`Requests`, say`Share`],
    [
      ...Object.entries(statuses).map(([status, count]) => rowOf(say`status ${status}`, count)),
      ...Object.entries(failures)
        .filter(([name]) => name !== 'status')
        .map(([name, count]) => rowOf(name, count)),
    ],
  );
};

const seconds = ({ spans }: LoadResult): string =>
  table(
    say`Second by second`,
    [say`From`, say`Requests`, say`Failed`, say`Median`, '99 %', say`Longest`],
    spans.map((span) => [
      `${span.atMs / 1000} s`,
      formatCount(span.requests),
      formatCount(span.failed),
      ...[span.p50Ms, span.p99Ms, span.maxMs].map((ms) => (ms === null ? '' : formatMs(ms))),
    ]),
  );

const ramp = ({ ramp: found }: LoadResult): string =>
  found === null
    ? ''
    : table(
        say`Rates that were tried`,
        [say`Rate`, say`Held`, '99 %', say`Failed or late`, say`Behind`],
        found.steps.map((step) => [
          `${formatCount(step.perSecond)}/s`,
          step.held ? say`yes` : say`no`,
          formatMs(step.p99Ms),
          formatShare(step.failed, step.requests),
          formatMs(step.behindMs),
        ]),
      );

/** What the script draws from. */
const data = ({ spans, policy }: LoadResult): string =>
  JSON.stringify({
    timeoutMs: policy.timeoutMs,
    at: spans.map(({ atMs }) => atMs / 1000),
    perSecond: spans.map(({ requests, spanMs }) => (1000 * requests) / spanMs),
    failed: spans.map(({ failed, spanMs }) => (1000 * failed) / spanMs),
    p50: spans.map(({ p50Ms }) => p50Ms),
    p99: spans.map(({ p99Ms }) => p99Ms),
    max: spans.map(({ maxMs }) => maxMs),
  }).replaceAll('<', String.raw`\u003c`);

/** A pure function: the same result and assets give the same text. */
export const renderPage = (result: LoadResult, assets: PageAssets): string =>
  [
    '<!doctype html>',
    `<html lang="${say`en`}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    `<title>hookproof load: ${escape(result.target)}</title>`,
    `<style>${assets.chartStyle}</style><style>${style}</style></head><body>`,
    `<header><h1>${translate(HEADLINES[result.verdict])}</h1><p>${escape(result.target)}</p>`,
    ...(result.interrupted
      ? [`<p>${say`Interrupted: this is what was measured until then.`}</p>`]
      : []),
    ...windowSentences(result.window).map((text) => `<p>${say`The rule: ${escape(text)}.`}</p>`),
    '</header><main>',
    `<div class="only" hidden><h2>${say`Requests a second`}</h2><div id="rate"></div>`,
    `<h2>${say`Latency, in milliseconds`}</h2><div id="latency"></div></div>`,
    `<h2>${say`Figures`}</h2>`,
    figures(result),
    ends(result),
    ramp(result),
    `<details><summary>${say`Second by second, as a table`}</summary>`,
    seconds(result),
    '</details></main>',
    `<footer><p>${say`hookproof ${escape(result.tool.version)}, seed ${result.seed}, ${escape(result.startedAt)}, ${escape(result.events.join(', '))}, ${result.model} model.`}</p></footer>`,
    `<script type="application/json" id="data">${data(result)}</script>`,
    `<script>${inline(assets.chartScript)}</script>`,
    `<script>${inline(script())}</script>`,
    '</body></html>',
    '',
  ].join('\n');
