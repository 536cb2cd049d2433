import { describe, expect, test } from 'vitest';
import { type DeliveryPolicy, createPolicy, policies } from '../../simulator/core/policy.js';
import { type DisableWindow, createWindow, record, standing } from '../../simulator/core/window.js';

type Attempt = readonly [atMs: number, failed: boolean, eventKey?: string];

const hourMs = 3_600_000;

const windowOf = (policy: DeliveryPolicy, attempts: readonly Attempt[]): DisableWindow =>
  attempts.reduce(
    (window, [atMs, failed, eventKey = String(atMs)]) => record(window, { atMs, failed, eventKey }),
    createWindow(policy),
  );

const run = (failed: number, total: number): readonly Attempt[] =>
  Array.from({ length: total }, (_, index) => [index, index >= total - failed]);

describe('the threshold is exceeded, not reached', () => {
  test.each([
    { failed: 3, total: 4, tripped: false, headroom: 2 },
    { failed: 4, total: 5, tripped: false, headroom: 1 },
    { failed: 5, total: 6, tripped: true, headroom: 0 },
    { failed: 5, total: 7, tripped: false, headroom: 4 },
    { failed: 0, total: 0, tripped: false, headroom: 1 },
    { failed: 0, total: 1, tripped: false, headroom: 5 },
    { failed: 800_000, total: 1_000_000, tripped: false, headroom: 1 },
  ])('$failed of $total', ({ failed, total, ...verdict }) => {
    const window = windowOf(policies.literal, run(failed, total));
    expect(standing(window, total)).toEqual({ failed, total, ...verdict });
  });

  test.each([
    { numerator: 0, denominator: 1, failed: 0, headroom: 1 },
    { numerator: 0, denominator: 1, failed: 1, headroom: 0 },
    { numerator: 1, denominator: 1, failed: 20, headroom: Number.POSITIVE_INFINITY },
    { numerator: 95, denominator: 100, failed: 19, headroom: 1 },
  ])(
    'of $numerator/$denominator with $failed of 20 failed: $headroom to go',
    ({ failed, headroom, ...threshold }) => {
      const window = windowOf(createPolicy({ threshold, attemptsMin: 1 }), run(failed, 20));
      expect(standing(window, 20)).toEqual({
        failed,
        total: 20,
        tripped: headroom === 0,
        headroom,
      });
    },
  );
});

describe('attemptsMin', () => {
  test.each([
    { total: 9, tripped: false, headroom: 1 },
    { total: 10, tripped: true, headroom: 0 },
    { total: 11, tripped: true, headroom: 0 },
  ])('10, with $total failures', ({ total, tripped, headroom }) => {
    const window = windowOf(policies.documented, run(total, total));
    expect(standing(window, total)).toEqual({ failed: total, total, tripped, headroom });
  });

  test.each([
    { attemptsMin: 9, tripped: true },
    { attemptsMin: 10, tripped: true },
    { attemptsMin: 11, tripped: false },
  ])('$attemptsMin, with 10 failures', ({ attemptsMin, tripped }) => {
    const window = windowOf(createPolicy({ attemptsMin }), run(10, 10));
    expect(standing(window, 10)).toMatchObject({ tripped });
  });
});

describe('an attempt leaves a rolling window when it is an hour old', () => {
  test.each([
    { ageMs: hourMs - 1, total: 1 },
    { ageMs: hourMs, total: 0 },
    { ageMs: hourMs + 1, total: 0 },
  ])('$ageMs ms old: $total inside', ({ ageMs, total }) => {
    const window = windowOf(policies.literal, [[7, true]]);
    expect(standing(window, 7 + ageMs)).toMatchObject({ failed: total, total });
  });

  test.each([
    { ageMs: hourMs - 1, total: 2 },
    { ageMs: hourMs, total: 1 },
    { ageMs: hourMs + 1, total: 1 },
  ])('$ageMs ms old when the next one is counted: $total inside', ({ ageMs, total }) => {
    const atMs = 7 + ageMs;
    const window = windowOf(policies.literal, [
      [7, false],
      [atMs, true],
    ]);
    expect(standing(window, atMs)).toMatchObject({ failed: 1, total });
  });
});

describe('a tumbling window starts again every hour from the first counted attempt', () => {
  const policy = createPolicy({ window: 'tumbling', attemptsMin: 1 });

  test.each([
    { atMs: 7, total: 1 },
    { atMs: 7 + hourMs - 1, total: 1 },
    { atMs: 7 + hourMs, total: 0 },
    { atMs: 7 + hourMs + 1, total: 0 },
  ])('at $atMs ms: $total inside', ({ atMs, total }) => {
    expect(standing(windowOf(policy, [[7, true]]), atMs)).toMatchObject({ total });
  });

  test.each([
    { secondMs: 7 + hourMs - 1, atMs: 7 + hourMs - 1, total: 2 },
    { secondMs: 7 + hourMs - 1, atMs: 7 + hourMs, total: 0 },
    { secondMs: 7 + hourMs + 5, atMs: 7 + 2 * hourMs - 1, total: 1 },
    { secondMs: 7 + hourMs + 5, atMs: 7 + 2 * hourMs, total: 0 },
  ])('a second at $secondMs, at $atMs ms: $total inside', ({ secondMs, atMs, total }) => {
    const window = windowOf(policy, [
      [7, true],
      [secondMs, true],
    ]);
    expect(standing(window, atMs)).toMatchObject({ total });
  });
});

describe('where events are counted', () => {
  const policy = createPolicy({ counted: 'events', attemptsMin: 1 });
  const attempts: readonly Attempt[] = [
    [0, true, 'a'],
    [10, true, 'b'],
    [20, false, 'a'],
    [30, true, 'b'],
  ];

  test('each counts once, by its latest attempt', () => {
    expect(standing(windowOf(policy, attempts), 30)).toMatchObject({ failed: 1, total: 2 });
  });

  test.each([
    { atMs: hourMs, failed: 1, total: 2 },
    { atMs: hourMs + 20, failed: 1, total: 1 },
    { atMs: hourMs + 30, failed: 0, total: 0 },
  ])('at $atMs ms: $failed of $total', ({ atMs, failed, total }) => {
    expect(standing(windowOf(policy, attempts), atMs)).toMatchObject({ failed, total });
  });

  test('an event comes back after its attempts have left', () => {
    const window = windowOf(policy, [...attempts, [3 * hourMs, true, 'a']]);
    expect(standing(window, 3 * hourMs)).toMatchObject({ failed: 1, total: 1 });
  });
});

test('looking ahead leaves the window as it is', () => {
  const window = windowOf(policies.literal, [[0, true]]);
  expect(standing(window, 2 * hourMs)).toMatchObject({ total: 0 });
  expect(standing(window, 0)).toMatchObject({ total: 1 });
});

test('an attempt reported late stays as long as the one before it', () => {
  const window = windowOf(policies.literal, [
    [100, false],
    [90, true],
  ]);
  expect(standing(window, 90)).toMatchObject({ failed: 1, total: 2 });
  expect(standing(window, 95 + hourMs)).toMatchObject({ failed: 1, total: 2 });
  expect(standing(window, 100 + hourMs)).toMatchObject({ failed: 0, total: 0 });
});
