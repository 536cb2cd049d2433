/** A run as one SVG, for documents. */
import type { DeliveryPolicy } from '../../core/policy.js';
import type { SimulationResult } from '../result.js';
import { formatTime } from '../units.js';
import type { Sample } from './buckets.js';
import { clip, escape, wrap } from './escape.js';
import { type ColorName, colors, groupsOf } from './palette.js';
import { panel, panelHeight } from './svg/panel.js';
import { layout } from './svg/scale.js';
import { svgStyle } from './svg/style.js';
import type { Timeline } from './model.js';
import { groupTitle, hookTitle, leftOutOf, percent, shareTitle, thresholdOf } from './words.js';
import { say } from '../../../language/say.js';

const PANELS_MOST = 4;
const TEXT_COLUMNS = 112;
const LINE = 16;
const LETTER = 6.4;

interface Swatch {
  readonly kind: ColorName | 'missed' | 'early';
  readonly label: string;
}

const swatchesOf = ({ hooks }: Timeline, { policy }: SimulationResult): readonly Swatch[] => {
  const found = new Map<string, Swatch>();
  for (const hook of hooks) {
    for (const group of groupsOf(hook)) {
      const words = groupTitle(group);
      found.set(`${group.color} ${words}`, { kind: group.color, label: words });
    }
  }
  const hasMissed = hooks.some(({ buckets }) => buckets.some(({ missed }) => missed > 0));
  const early = hooks.some(({ buckets }) =>
    buckets.some(({ low, last }) => [low, last].some((one) => isEarly(one, policy))),
  );
  return [
    ...found.values(),
    ...(hasMissed ? [{ kind: 'missed' as const, label: say`missed while disabled` }] : []),
    ...(early
      ? [
          {
            kind: 'early' as const,
            label: say`window below ${policy.attemptsMin}: not judged`,
          },
        ]
      : []),
  ];
};

const isEarly = (sample: Sample | null, { attemptsMin }: DeliveryPolicy): boolean =>
  sample !== null && sample.total < attemptsMin;

const legend = (swatches: readonly Swatch[], top: number): { text: string; height: number } => {
  let x: number = layout.left;
  let y = top;
  const parts = swatches.map(({ kind, label }) => {
    const words = clip(label, 60);
    const width = 18 + words.length * LETTER + 16;
    if (x > layout.left && x + width > layout.width) {
      x = layout.left;
      y += LINE;
    }
    const at = x;
    x += width;
    const sign =
      kind === 'early'
        ? `<path class="share early" d="M${at} ${y - 4}h11"/>`
        : `<rect class="${kind}" x="${at}" y="${y - 9}" width="11" height="11"/>`;
    return `${sign}<text x="${at + 17}" y="${y}">${escape(words)}</text>`;
  });
  return { text: parts.join(''), height: y - top + LINE };
};

const paragraph = (text: string, top: number, kind: string): { text: string; height: number } => {
  const lines = wrap(visibleWords(text), TEXT_COLUMNS);
  return {
    text: lines
      .map(
        (line, index) =>
          `<text class="${kind}" x="16" y="${top + index * LINE}">${escape(line)}</text>`,
      )
      .join(''),
    height: lines.length * LINE,
  };
};

/** Words that a line can hold. */
const visibleWords = (text: string): string =>
  text
    .split(/\s+/u)
    .map((word) => clip(word, TEXT_COLUMNS))
    .join(' ');

const describe = (timeline: Timeline, result: SimulationResult): string =>
  [
    result.sentence,
    say`Drawn from ${formatTime(timeline.fromMs)} to ${formatTime(timeline.untilMs)}, for each hook: the ${shareTitle(result.policy)} as a line, dotted while the window held fewer than ${result.policy.attemptsMin}, against the threshold of ${percent(thresholdOf(result.policy))}; below it the attempts by how they ended.`,
    say`Spans in which the hook was disabled are shaded.`,
  ].join(' ');

/**
 * One SVG of a run, 760 units wide: for each hook, of the first four, the share of failures in its
 * window against the threshold, its attempts by outcome, and when it was disabled.
 *
 * It asks for nothing from anywhere, and follows the reader's choice of light or dark. A pure
 * function: the same timeline and result give the same text.
 *
 * ```ts
 * await writeFile(path, renderSvg(timeline.timeline(result), result));
 * ```
 */
export const renderSvg = (timeline: Timeline, result: SimulationResult): string => {
  const shown = { ...timeline, hooks: timeline.hooks.slice(0, PANELS_MOST) };
  const more = timeline.hooks.length - shown.hooks.length;
  const sum = { ...shown, hooksLeftOut: timeline.hooksLeftOut + more };
  const parts: string[] = [];
  let y = 30;
  parts.push(`<text class="title" x="16" y="${y}">${escape(clip(result.scenario, 80))}</text>`);
  const sentence = paragraph(result.sentence, y + 22, 'text');
  parts.push(sentence.text);
  y += 22 + sentence.height;
  for (const hook of shown.hooks) {
    if (result.hooks.length > 1) {
      y += 14;
      const title = clip(hookTitle(hook, result), 90);
      parts.push(`<text class="hook" x="16" y="${y + 4}">${escape(title)}</text>`);
    }
    parts.push(panel(hook, shown, result.policy, y + 8));
    y += panelHeight + 8;
  }
  const swatches = legend(swatchesOf(shown, result), y + 10);
  parts.push(swatches.text);
  y += 10 + swatches.height;
  for (const note of leftOutOf(sum, result, { rows: false })) {
    const { text, height } = paragraph(note, y + 4, 'quiet');
    parts.push(text);
    y += height;
  }
  const height = y + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${layout.width} ${height}" width="${layout.width}" height="${height}" role="img">`,
    `<title>${escape(result.scenario)}</title>`,
    `<desc>${escape(describe(timeline, result))}</desc>`,
    `<style>${svgStyle(colors)}</style>`,
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>',
    `<rect class="page" x="0.5" y="0.5" width="${layout.width - 1}" height="${height - 1}" rx="8"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
};
