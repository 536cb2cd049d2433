import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHistogram } from '../../simulator/load/histogram.js';

const exact = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0;
};

test('quantiles are those of the values, to 1 part in 128 or 0.1 µs', () => {
  const latency = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 100_000, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(latency, { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.001, 0.5, 0.9, 0.99, 0.999, 1),
      (values, share) => {
        const histogram = createHistogram();
        for (const value of values) histogram.record(value);
        const wanted = exact(values, share);
        const found = histogram.quantileMs(share);
        expect(histogram.count()).toBe(values.length);
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(wanted / 128 + 0.0001);
        expect(histogram.maxMs()).toBe(Math.max(...values));
        expect(found).toBeLessThanOrEqual(histogram.maxMs());
      },
    ),
    { seed: 3 },
  );
});

test('what takes longer than it can tell apart is counted, and its maximum is right', () => {
  const histogram = createHistogram();
  for (const value of [1, 500_000, 900_000]) histogram.record(value);
  expect(histogram.count()).toBe(3);
  expect(histogram.quantileMs(0.33)).toBeCloseTo(1, 2);
  expect(histogram.maxMs()).toBe(900_000);
});

test('an empty one has no latency', () => {
  const histogram = createHistogram();
  expect([histogram.count(), histogram.quantileMs(0.99), histogram.maxMs()]).toEqual([0, 0, 0]);
  histogram.record(5);
  histogram.clear();
  expect([histogram.count(), histogram.quantileMs(0.99), histogram.maxMs()]).toEqual([0, 0, 0]);
});
