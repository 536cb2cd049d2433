/** Instants and spans of time as people write them: `90s`, `1h30m`. */
import { say } from '../../language/say.js';

export const unitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The longest that a timer of Node can wait: one that is set for longer goes off at once. */
export const TIMER_MAX_MS = 2 ** 31 - 1;

/** `90s`, `-1h`, `1h30m`, `2d`. */
export const timePattern = /^-?(?:\d+(?:\.\d+)?(?:ms|s|min|m|h|d))+$/;

/** As `timePattern`, without a sign. */
export const durationPattern = /^(?:\d+(?:\.\d+)?(?:ms|s|min|m|h|d))+$/;

/** Whole milliseconds of a time that matches `timePattern`, or of a number of them. */
export const parseTime = (time: string | number): number => {
  if (typeof time === 'number') return time;
  let ms = 0;
  for (const [, number, unit] of time.matchAll(/(\d+(?:\.\d+)?)(ms|s|min|m|h|d)/g)) {
    ms += Number(number) * (unitsMs[unit ?? ''] ?? 0);
  }
  return Math.round(time.startsWith('-') ? -ms : ms) + 0;
};

/** A span of time in the largest units that say it exactly: `1h30m`, `42.5 min` is `42m30s`. */
export const formatTime = (ms: number): string => {
  if (!Number.isFinite(ms)) return say`for ever`;
  let rest = Math.abs(Math.round(ms));
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = unitsMs[unit] ?? 1;
    const number = Math.floor(rest / size);
    rest -= number * size;
    if (number > 0) parts.push(`${number}${unit}`);
  }
  return `${ms < 0 ? '-' : ''}${parts.join('') || '0s'}`;
};
