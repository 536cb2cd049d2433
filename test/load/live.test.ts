import { expect, test } from 'vitest';
import { liveLine, showLive } from '../../cli/load/live.js';
import type { LoadFigures } from '../../simulator/index.js';

const figures: LoadFigures = {
  requests: 12_000,
  tookMs: 3000,
  perSecond: 4000,
  latencyMs: { p50: 0.21, p90: 0.4, p99: 12.34, p999: 40, max: 120 },
  ends: { answered: 11_999, unwritten: 0, unknown: 1 },
  statuses: { 200: 11_999 },
  failures: { reset: 1 },
  late: 0,
  failed: 1,
  resent: 0,
  tripped: null,
};

test.each([
  ['by its duration', { durationMs: 10_000, count: undefined }, '7 s left'],
  ['by its count', { durationMs: undefined, count: 20_000 }, '2 s left'],
  ['by what comes first', { durationMs: 10_000, count: 20_000 }, '2 s left'],
  ['never below nothing', { durationMs: 2000, count: undefined }, '0 s left'],
])('the line tells what is left %s', (_name, bounds, left) => {
  expect(liveLine({ figures: () => figures, ...bounds }, 3000)).toBe(
    `3 s  12,000 sent  4,000/s  p50 0.21 ms p99 12.3 ms  1 failed  ${left}`,
  );
});

test('nothing is shown where there is no terminal', () => {
  const written: unknown[] = [];
  const stream = { isTTY: false, write: (text: unknown) => written.push(text) };
  const options = { figures: () => figures, durationMs: 1000, count: undefined };
  showLive({ ...options, stream: stream as unknown as NodeJS.WriteStream })();
  expect(written).toEqual([]);
});
