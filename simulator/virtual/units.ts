/** Times, rates and shares as people write them in scenarios and on the command line. */
import type { Ratio } from '../core/policy.js';

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Rates may also name their unit in full. */
const RATE_UNITS_MS: Readonly<Record<string, number>> = {
  ...UNITS_MS,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** `90s`, `-1h`, `1h30m`, `2d`. */
export const timePattern = /^-?(?:\d+(?:\.\d+)?(?:ms|s|min|m|h|d))+$/;

/** As `timePattern`, without a sign. */
export const durationPattern = /^(?:\d+(?:\.\d+)?(?:ms|s|min|m|h|d))+$/;

/** `10/min`, `1/s`, `500/hour`, `0.5/s`, `1/20min`. */
export const ratePattern =
  /^\d+(?:\.\d+)?\/(?:\d+(?:\.\d+)?)?(?:ms|s|second|min|m|minute|h|hour|d|day)$/;

/** `40%`, `2/5`, `0.4`. */
export const sharePattern = /^(?:\d+(?:\.\d+)?%|\d+\/\d+|[01](?:\.\d+)?)$/;

/** Whole milliseconds of a time that matches `timePattern`, or of a number of them. */
export const parseTime = (time: string | number): number => {
  if (typeof time === 'number') return time;
  let ms = 0;
  for (const [, number, unit] of time.matchAll(/(\d+(?:\.\d+)?)(ms|s|min|m|h|d)/g)) {
    ms += Number(number) * (UNITS_MS[unit ?? ''] ?? 0);
  }
  return Math.round(time.startsWith('-') ? -ms : ms) + 0;
};

/** Milliseconds between two events at a rate that matches `ratePattern`; not rounded. */
export const parseRate = (rate: string): number => {
  const [, number = '0', per = '1', unit = ''] =
    /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)?([a-z]+)$/.exec(rate) ?? [];
  return ((RATE_UNITS_MS[unit] ?? 0) * Number(per)) / Number(number);
};

/** An exact fraction of a share that matches `sharePattern`, or of a number from 0 to 1. */
export const parseShare = (share: string | number): Ratio => {
  // A number such as 1e-7 is written with an exponent.
  const text =
    typeof share === 'number' && share < 0.001
      ? share.toFixed(20).replace(/0+$/, '')
      : String(share);
  if (text.includes('/')) {
    const [numerator = 0, denominator = 1] = text.split('/').map(Number);
    return { numerator, denominator };
  }
  const [, whole = '0', decimals = ''] = /^(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  const scale = (text.endsWith('%') ? 100 : 1) * 10 ** decimals.length;
  return { numerator: Number(whole + decimals), denominator: scale };
};

/** A span of time in the largest units that say it exactly: `1h30m`, `42.5 min` is `42m30s`. */
export const formatTime = (ms: number): string => {
  if (!Number.isFinite(ms)) return 'for ever';
  let rest = Math.abs(Math.round(ms));
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = UNITS_MS[unit] ?? 1;
    const number = Math.floor(rest / size);
    rest -= number * size;
    if (number > 0) parts.push(`${number}${unit}`);
  }
  return `${ms < 0 ? '-' : ''}${parts.join('') || '0s'}`;
};
