import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  durationPattern,
  formatTime,
  parseRate,
  parseShare,
  parseTime,
  ratePattern,
  sharePattern,
  timePattern,
} from '../../simulator/virtual/units.js';

describe('a time', () => {
  test.each([
    ['90s', 90_000],
    ['-1h', -3_600_000],
    ['1h30m', 5_400_000],
    ['-1h30m', -5_400_000],
    ['2d', 172_800_000],
    ['1min', 60_000],
    ['1m', 60_000],
    ['5ms', 5],
    ['1.5s', 1500],
    ['0.4ms', 0],
    ['-0s', 0],
    ['1d2h3m4s5ms', 93_784_005],
    [-250, -250],
  ])('%s is %i ms', (text, ms) => {
    if (typeof text === 'string') expect(text).toMatch(timePattern);
    expect(parseTime(text)).toBe(ms);
  });

  test.each(['', '90', '1 h', '1w', 'h', '--1h', '1h-30m', '1e3s', '.5s', '1h!'])(
    '%j is none',
    (text) => expect(text).not.toMatch(timePattern),
  );

  test('has no sign where it is a duration', () => {
    expect('1h').toMatch(durationPattern);
    expect('-1h').not.toMatch(durationPattern);
  });

  test.each([
    [0, '0s'],
    [90_000, '1m30s'],
    [-5_400_000, '-1h30m'],
    [2_550_000, '42m30s'],
    [93_784_005, '1d2h3m4s5ms'],
    [Infinity, 'for ever'],
  ])('%d ms is written %s', (ms, text) => expect(formatTime(ms)).toBe(text));

  test('is the same after it was written and read', () => {
    const holds = (ms: number): void => {
      expect(formatTime(ms)).toMatch(timePattern);
      expect(parseTime(formatTime(ms))).toBe(ms);
    };
    fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), holds), { seed: 51 });
  });
});

describe('a rate', () => {
  test.each([
    ['10/min', 6000],
    ['1/s', 1000],
    ['500/h', 7200],
    ['0.5/s', 2000],
    ['1/20min', 1_200_000],
    ['3/7ms', 7 / 3],
    ['2/1.5s', 750],
    ['1/d', 86_400_000],
    ['10/minute', 6000],
    ['2/hour', 1_800_000],
  ])('of %s has %d ms between two events', (text, ms) => {
    expect(text).toMatch(ratePattern);
    expect(parseRate(text)).toBe(ms);
  });

  test.each(['10', '10/', '/min', '10/week', '-1/s', '1 /s'])('is not %j', (text) =>
    expect(text).not.toMatch(ratePattern),
  );
});

describe('a share', () => {
  test.each([
    ['40%', 40, 100],
    ['44.4%', 444, 1000],
    ['2/5', 2, 5],
    ['0.4', 4, 10],
    [0.4, 4, 10],
    [1, 1, 1],
    [0, 0, 1],
    [1e-7, 1, 10_000_000],
    [0.0005, 5, 10_000],
  ])('of %s is %i of %i', (text, numerator, denominator) => {
    if (typeof text === 'string') expect(text).toMatch(sharePattern);
    const read = parseShare(text);
    expect(read.numerator * denominator).toBe(numerator * read.denominator);
    expect(Number.isInteger(read.numerator)).toBe(true);
  });

  test.each(['40', '%', '2/', '-0.4', '1/2/3', '.4'])('is not %j', (text) =>
    expect(text).not.toMatch(sharePattern),
  );
});
