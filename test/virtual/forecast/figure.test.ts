import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../simulator/core/random.js';
import { sampled, spreadEvenly } from '../../../simulator/virtual/forecast/distribution.js';
import { boundsOf, probabilityOf } from '../../../simulator/virtual/forecast/figure.js';
import { replicate } from '../../../simulator/virtual/forecast/replicate.js';
import { lastWhere } from '../../../simulator/virtual/forecast/search.js';

const uniform = (label: string): (() => number) => {
  const random = createRandom(label);
  return () => random.uint32() / 0x100000000;
};

describe('a probability', () => {
  test.each([
    // Newcombe (1998), table I: 95 % score intervals.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
  ])('of %i of %i lies between %d and %d', (times, runs, low, high) => {
    const figure = probabilityOf(times, runs);
    expect(figure.low).toBeCloseTo(low, 4);
    expect(figure.high).toBeCloseTo(high, 4);
    expect(figure.value).toBe(times / runs);
  });

  test.each([0.03, 0.2, 0.5])('is covered where it is %d', (share) => {
    const next = uniform(`coverage ${share}`);
    let covered = 0;
    for (let trial = 0; trial < 500; trial++) {
      let times = 0;
      for (let run = 0; run < 100; run++) if (next() < share) times += 1;
      const { low, high } = probabilityOf(times, 100);
      if (low! <= share && share <= high!) covered += 1;
    }
    // 95 % on average over shares; within four deviations of 500 trials.
    expect(covered / 500).toBeGreaterThan(0.91);
  });
});

describe('a quantile', () => {
  test.each([
    // Conover, Practical Nonparametric Statistics: the median of 16 lies between the 4th and 13th.
    [16, 0.5, 4, 13],
    [367, 0.01, 0, 9],
    [368, 0.01, 1, 9],
    [35, 0.1, 0, 8],
    [36, 0.1, 1, 8],
  ])('of %i runs at %d is bounded by places %i and %i', (runs, share, low, high) => {
    expect(boundsOf(runs, share)).toEqual({ low, high });
  });

  test('does not underflow with very many runs', () => {
    const { low, high } = boundsOf(20_000, 0.5);
    expect(low).toBeGreaterThan(9_855);
    expect(high).toBeLessThan(10_145);
  });

  test.each([0.1, 0.5])('is covered where it is the one of %d', (share) => {
    const next = uniform(`quantile ${share}`);
    let covered = 0;
    for (let trial = 0; trial < 500; trial++) {
      const figure = sampled(Array.from({ length: 60 }, next)).quantile(share);
      if (figure.method !== 'simulated') continue;
      if (figure.low! <= share && share <= figure.high!) covered += 1;
    }
    expect(covered / 500).toBeGreaterThan(0.92);
  });

  test('is beyond all runs where too many are', () => {
    const figure = sampled([null, 3, null, 5]).quantile(0.75);
    expect(figure).toMatchObject({ value: null, high: null, runs: 4 });
    expect(sampled([null, 3, null, 5]).quantile(0.5).value).toBe(5);
  });

  test('of an even spread follows from its formula', () => {
    const even = spreadEvenly([1000], 200);
    expect([0, 0.1, 0.5, 1].map((share) => even.quantile(share).value)).toEqual([
      1000, 1020, 1100, 1200,
    ]);
    expect([1000, 1050, 1200, 5000].map((value) => even.below(value).value)).toEqual([
      0, 0.25, 1, 1,
    ]);
    const half = spreadEvenly([1000, null], 200);
    expect([half.quantile(0.5).value, half.quantile(0.6).value]).toEqual([1200, null]);
    expect(spreadEvenly([null], 200).quantile(0).value).toBeNull();
  });
});

describe('the last place', () => {
  test.each([0, 1, 7, 500, 998, 999])('is found from any start: %i', (place) => {
    for (const start of [-5, 0, 3, 500, 999, 2000]) {
      expect(lastWhere((at) => at <= place, 0, 1000, start)).toBe(place);
    }
  });

  test('near the start is found with few questions', () => {
    let asked = 0;
    const holds = (at: number): boolean => {
      asked += 1;
      return at <= 123_450;
    };
    expect(lastWhere(holds, 0, 1_000_000, 123_456)).toBe(123_450);
    expect(asked).toBeLessThan(10);
  });
});

describe('replications', () => {
  const one = (number: number) => ({ value: number, attempts: 100 });
  const goOn = async (): Promise<boolean> => true;

  test.each([
    [Infinity, 30],
    [1500, 15],
    [50, 10],
  ])('within an effort of %d attempts are %i', async (effort, made) => {
    const { values, complete } = await replicate({ runs: 30, effort, between: goOn }, one);
    expect([values.length, complete]).toEqual([made, true]);
  });

  test('stop where somebody says so, and keep what they have', async () => {
    const between = async (done: number): Promise<boolean> => done < 7;
    const { values, complete } = await replicate({ runs: 30, effort: Infinity, between }, one);
    expect([values, complete]).toEqual([[0, 1, 2, 3, 4, 5, 6], false]);
  });
});
