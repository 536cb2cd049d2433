/** What is kept of a run in constant memory, against what is kept of each request. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPolicy } from '../../simulator/index.js';
import { count as countIn, createWindow, standing } from '../../simulator/core/window.js';
import { createJudge } from '../../simulator/load/judge.js';
import { createSample } from '../../simulator/load/sample.js';
import { createSeries } from '../../simulator/load/series.js';

const attempts = fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.boolean()), {
  minLength: 1,
  maxLength: 300,
});

test('a run within the window is judged as the window itself judges it', () => {
  fc.assert(
    fc.property(attempts, fc.integer({ min: 1, max: 30 }), (all, attemptsMin) => {
      const policy = createPolicy({ attemptsMin });
      const [window, judge] = [createWindow(policy), createJudge(policy)];
      let atMs = 0;
      let wanted: number | null = null;
      for (const [afterMs, failed] of all) {
        atMs += afterMs;
        countIn(window, atMs, failed, 'any');
        judge.count(atMs, failed);
        if (wanted === null && standing(window, atMs).tripped) wanted = atMs;
      }
      expect(judge.tripped()?.atMs ?? null).toBe(wanted);
    }),
    { seed: 9 },
  );
});

test('a longer run leaves the window by whole seconds', () => {
  const policy = createPolicy({ windowMs: 10_000, attemptsMin: 10 });
  const judge = createJudge(policy);
  for (let second = 0; second < 100; second++) judge.count(second * 1000, false);
  expect(judge.tripped()).toBeNull();
  // Ten fit into the window: with nine failures the rate is above 80 %.
  for (let second = 100; second < 120; second++) judge.count(second * 1000, true);
  expect(judge.tripped()).toEqual({ atMs: 108_000, failed: 9, total: 10 });
});

test('tumbling windows begin anew', () => {
  const judge = createJudge(createPolicy({ window: 'tumbling', windowMs: 10_000 }));
  for (let index = 0; index < 9; index++) judge.count(9000, true);
  for (let index = 0; index < 9; index++) judge.count(10_000, true);
  expect(judge.tripped()).toBeNull();
  judge.count(10_500, true);
  expect(judge.tripped()).toEqual({ atMs: 10_500, failed: 10, total: 10 });
});

test('spans hold every request, however long the run was', () => {
  const series = createSeries();
  for (let second = 0; second < 5000; second++) {
    series.record(second * 1000 + 500, second % 7, second % 2 === 0);
  }
  const spans = series.spans();
  expect(spans.length).toBeLessThanOrEqual(601);
  expect(spans.reduce((sum, { requests }) => sum + requests, 0)).toBe(5000);
  expect(spans.reduce((sum, { failed }) => sum + failed, 0)).toBe(2500);
  const ends = spans.map(({ atMs, spanMs }) => atMs + spanMs);
  expect(spans.slice(1).map(({ atMs }) => atMs)).toEqual(ends.slice(0, -1));
});

test('a sample is all of a few, and evenly spread over many', () => {
  const few = createSample(64);
  for (let number = 0; number < 64; number++) few.add(number, true, number % 2 === 0);
  expect(few.oneIn()).toBe(1);
  expect(few.deliveries().map(({ number }) => number)).toEqual([...Array(64).keys()]);
  const many = createSample(1024);
  for (let number = 0; number < 1_000_000; number++) many.add(number, true, true);
  const kept = many.deliveries();
  expect(kept.length).toBeGreaterThan(400);
  expect(kept.length * many.oneIn()).toBeGreaterThan(800_000);
  const even = kept.filter(({ number }) => number % 2 === 0).length;
  expect(Math.abs(even - kept.length / 2)).toBeLessThan(kept.length / 10);
});
