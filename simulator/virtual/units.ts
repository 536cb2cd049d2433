/** Rates and shares as people write them in scenarios and on the command line, beside times. */
import type { Ratio } from '../core/policy.js';
import { unitsMs } from '../core/times.js';

export { durationPattern, formatTime, parseTime, timePattern } from '../core/times.js';

/** Rates may also name their unit in full. */
const RATE_UNITS_MS: Readonly<Record<string, number>> = {
  ...unitsMs,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** `10/min`, `1/s`, `500/hour`, `0.5/s`, `1/20min`. */
export const ratePattern =
  /^\d+(?:\.\d+)?\/(?:\d+(?:\.\d+)?)?(?:ms|s|second|min|m|minute|h|hour|d|day)$/;

/** `40%`, `2/5`, `0.4`. */
export const sharePattern = /^(?:\d+(?:\.\d+)?%|\d+\/\d+|[01](?:\.\d+)?)$/;

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
