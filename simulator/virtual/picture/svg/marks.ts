/** Disabled spans, and what happened at single instants. */
import type { HookTimeline, Span } from '../model.js';
import { escape } from '../escape.js';
import { formatTime } from '../../units.js';
import { describeSpan, shadeOf, timesDisabled } from '../words.js';
import { say } from '../../../../language/say.js';
import { type ScaleX, layout, round } from './scale.js';

/** Disabled spans as shades; those less than a unit apart become one. */
export const shades = (
  hook: HookTimeline,
  x: ScaleX,
  untilMs: number,
  top: number,
  height: number,
): string => {
  const areas: { from: number; until: number; weight: number; span: Span }[] = [];
  for (const span of hook.spans) {
    const from = x(span.fromMs);
    const until = x(span.untilMs ?? untilMs);
    const weight = (until - from) * shadeOf(span, untilMs);
    const last = areas.at(-1);
    if (last === undefined || from - last.until >= 1) areas.push({ from, until, weight, span });
    else {
      last.until = until;
      last.weight += weight;
    }
  }
  return areas
    .map(({ from, until, weight, span }) => {
      const width = round(Math.max(1, until - from));
      const opacity = until > from ? Math.min(1, round(weight / (until - from))) : 1;
      const words =
        width < 70
          ? ''
          : `<text class="quiet" x="${round(from + width / 2)}" y="${top + height * 0.4}" text-anchor="middle">${say`disabled`}</text>`;
      const title = say`disabled at ${formatTime(span.fromMs)} ${describeSpan(span)}`;
      const place = `x="${from}" y="${top}" width="${width}" height="${height}"`;
      return `<g><title>${escape(title)}</title><g opacity="${opacity}"><rect class="shade" ${place}/><rect fill="url(#hatch)" ${place}/></g>${words}</g>`;
    })
    .join('');
};

interface Mark {
  readonly atMs: number;
  readonly kind: 'disabled' | 'enabled' | 'polled';
  readonly words: string;
  readonly mailed: boolean;
}

const marksOf = ({ spans, polls }: HookTimeline): readonly Mark[] =>
  [
    ...spans.flatMap(({ fromMs, untilMs, mailed }): readonly Mark[] => [
      {
        atMs: fromMs,
        kind: 'disabled',
        words: say`disabled ${formatTime(fromMs)}`,
        mailed: mailed.length > 0,
      },
      ...(untilMs === null
        ? []
        : [
            {
              atMs: untilMs,
              kind: 'enabled' as const,
              words: say`enabled ${formatTime(untilMs)}`,
              mailed: false,
            },
          ]),
    ]),
    ...polls.map(({ atMs }): Mark => ({
      atMs,
      kind: 'polled',
      words: say`polled ${formatTime(atMs)}`,
      mailed: false,
    })),
  ].toSorted((one, other) => one.atMs - other.atMs);

const SHAPES: Readonly<Record<Mark['kind'], string>> = {
  disabled: 'm-5 -9h10l-5 9z',
  enabled: 'm-5 0h10l-5 -9z',
  polled: 'm0 0l-4.5 -4.5l4.5 -4.5l4.5 4.5z',
};

const envelope = (x: number, y: number): string =>
  `<path class="mail" d="M${round(x)} ${y - 9}h13v9h-13zl6.5 5l6.5 -5"/>`;

const LETTER = 6.2;
const MAIL = 17;

/** Too many marks to tell apart: where some of them are, and how many there were. */
const crowd = (hook: HookTimeline, x: ScaleX, base: number): string => {
  const places: number[] = [];
  for (const { fromMs } of hook.spans) {
    const at = x(fromMs);
    if (at - (places.at(-1) ?? Number.NEGATIVE_INFINITY) >= 11) places.push(at);
  }
  const signs = places.map((at) => `<path class="disabled" d="M${at} ${base}${SHAPES.disabled}"/>`);
  return `${signs.join('')}<text x="${layout.right}" y="${base - layout.laneHeight + 6}" text-anchor="end">${say`disabled ${timesDisabled(hook)} times`}</text>`;
};

const MARKS_MOST = 40;

/** The marks above a hook's share, each with words where there is room. */
export const lane = (hook: HookTimeline, x: ScaleX, top: number, height: number): string => {
  const base = top + layout.laneHeight - 4;
  if (hook.spans.length > MARKS_MOST) return crowd(hook, x, base);
  const marks = marksOf(hook);
  const drawn: string[] = [];
  let free = 4;
  for (const [index, { atMs, kind, words, mailed }] of marks.entries()) {
    const at = x(atMs);
    if (index > 0 && at < free - 4) continue;
    const next = marks[index + 1];
    const until = next === undefined ? layout.width : x(next.atMs) - 8;
    const mail = mailed ? MAIL : 0;
    const wide = 8 + mail + words.length * LETTER;
    const right = at + wide <= until;
    const left = !right && at - wide > free;
    drawn.push(`<path class="${kind}" d="M${at} ${base}${SHAPES[kind]}"/>`);
    if (kind !== 'polled') {
      drawn.push(
        `<line class="${kind} line" x1="${at}" y1="${base}" x2="${at}" y2="${base + height}"/>`,
      );
    }
    if (mailed && (right || left || at + 8 + mail <= until)) {
      drawn.push(envelope(left ? at - 8 - MAIL + 4 : at + 8, base));
    }
    if (right) drawn.push(`<text x="${round(at + 8 + mail)}" y="${base}">${words}</text>`);
    if (left) {
      drawn.push(`<text x="${round(at - 8 - mail)}" y="${base}" text-anchor="end">${words}</text>`);
    }
    free = at + (right ? wide : 8);
  }
  return drawn.join('');
};
