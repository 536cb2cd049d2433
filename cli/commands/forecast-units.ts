/** Figures of a forecast as people read them. */
import type { Figure } from '../../simulator/index.js';
import { say } from '../../language/say.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** `45 s`, `31.6 min`, `24 h`: one decimal, and none where it is 0. */
export const formatSpan = (ms: number): string => {
  const [size, unit] =
    ms < 2 * MINUTE_MS ? [1000, 's'] : ms < 3 * HOUR_MS ? [MINUTE_MS, 'min'] : [HOUR_MS, 'h'];
  return `${Number((ms / size).toFixed(1))} ${unit}`;
};

/** `40 %`, `44.4 %`; what is neither 0 nor all is never rounded to it. */
export const formatShare = (share: number): string => {
  const percent = Number((100 * share).toFixed(1));
  if (percent === 0 && share > 0) return '< 0.1 %';
  if (percent === 100 && share < 1) return '> 99.9 %';
  return `${percent} %`;
};

/** A count, or a rate with up to two digits that tell something. */
export const formatCount = (count: number): string =>
  String(count >= 10 ? Math.round(count) : Number(count.toPrecision(2)));

/** A value; what lies beyond what was looked at is `beyond`. */
export const formatValue = (
  { value }: Figure,
  format: (value: number) => string,
  beyond: string,
): string => (value === null ? beyond : format(value));

/** A value with the interval it has, in brackets. */
export const formatFigure = (
  figure: Figure,
  format: (value: number) => string,
  beyond: string,
): string => {
  const value = formatValue(figure, format, beyond);
  if (figure.method === 'exact') return value;
  const bound = (one: number | null): string => (one === null ? beyond : format(one));
  return say`${value} (${bound(figure.low)} to ${bound(figure.high)})`;
};
