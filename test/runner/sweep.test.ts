import { describe, expect, test } from 'vitest';
import type { CaseContext } from '../../contracts/runner/case.js';
import { createStillClock } from '../../contracts/runner/clock.js';
import type { Observer } from '../../contracts/runner/observer.js';
import { sweep } from '../../contracts/runner/sweep.js';
import { eventOf } from './attempts.js';

const LAST = 'last delivery';

/** When the effects of an event appear, in milliseconds after the sweep began; none: never. */
type Effects = readonly number[] | 'the probe fails';

/** Sweeps up events whose effects appear at these times. */
const sweepUp = async (
  effects: Readonly<Record<string, Effects>>,
  options: { readonly settleMs?: number; readonly hostile?: readonly string[] } = {},
) => {
  const { settleMs = 500, hostile = [] } = options;
  const clock = createStillClock(0);
  const asked = new Map<string, number>();
  const observer: Pick<Observer, 'countNow' | 'settleMs'> = {
    settleMs: () => settleMs,
    countNow: async ({ id }) => {
      const name = id.slice(3);
      asked.set(name, (asked.get(name) ?? 0) + 1);
      const due = name === LAST ? [0] : (effects[name] ?? []);
      return due === 'the probe fails'
        ? undefined
        : due.filter((atMs) => atMs <= clock.nowMs()).length;
    },
  };
  const delivered: string[] = [];
  const context: Pick<CaseContext, 'event' | 'deliver' | 'nowMs' | 'wait'> = {
    event: () => eventOf(LAST),
    deliver: async (events) => {
      delivered.push(...events.map(({ id }) => id.slice(3)));
      return [];
    },
    nowMs: clock.nowMs,
    wait: clock.wait,
  };
  const counts = await sweep({
    context: context as CaseContext,
    observer: observer as Observer,
    watched: Object.keys(effects).map((name) => ({
      event: eventOf(name),
      expected: hostile.includes(name) ? 0 : 1,
    })),
  });
  return {
    counts: Object.fromEntries([...counts].map(([key, count]) => [key.slice(3), count])),
    tookMs: clock.nowMs(),
    delivered,
    asked,
  };
};

describe('a sweep', () => {
  test('sends one more delivery and counts everything after the settle window', async () => {
    const { counts, tookMs, delivered } = await sweepUp({ a: [0], b: [0, 0] });
    expect(counts).toEqual({ a: 1, b: 2, [LAST]: 1 });
    expect(delivered).toEqual([LAST]);
    expect(tookMs).toBe(500);
  });

  test('waits as long as something still appears', async () => {
    const queue = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`event ${index}`, [1900 * (index + 1)]]),
    );
    const { counts, tookMs } = await sweepUp(queue);
    expect(Object.values(counts)).toEqual(Array.from({ length: 21 }, () => 1));
    expect(tookMs).toBeGreaterThanOrEqual(38_000 + 500);
    expect(tookMs).toBeLessThan(38_000 + 500 + 200);
  });

  test.each([
    [100, 2000],
    [500, 2000],
    [1000, 2000],
    [3000, 6000],
  ])('with settle time %i ms gives up after %i ms of quiet', async (settleMs, quietMs) => {
    const { counts, tookMs } = await sweepUp({ lost: [], late: [700] }, { settleMs });
    expect(counts).toEqual({ lost: 0, late: 1, [LAST]: 1 });
    const from = 700 + quietMs + settleMs;
    expect(tookMs).toBeGreaterThanOrEqual(from);
    expect(tookMs).toBeLessThan(from + 2 * 200);
  });

  test('does not wait for what comes after so long a silence', async () => {
    const { counts } = await sweepUp({ a: [0], never: [10_000] });
    expect(counts).toMatchObject({ a: 1, never: 0 });
  });

  test('counts what comes too often within the settle window', async () => {
    const { counts } = await sweepUp({ a: [0, 400], b: [0, 501] });
    expect(counts).toMatchObject({ a: 2, b: 1 });
  });

  test('does not wait for effects that must not be, and counts them', async () => {
    const { counts, tookMs, asked } = await sweepUp(
      { forged: [300], refused: [] },
      { hostile: ['forged', 'refused'] },
    );
    expect(counts).toEqual({ forged: 1, refused: 0, [LAST]: 1 });
    expect(tookMs).toBe(500);
    expect(asked.get('refused')).toBe(1);
  });

  test('knows nothing of events at which the probe fails, and does not wait for them', async () => {
    const { counts, tookMs } = await sweepUp({ broken: 'the probe fails', a: [0] });
    expect(counts).toEqual({ a: 1, [LAST]: 1 });
    expect(tookMs).toBe(500);
  });

  test('asks no more about what was seen', async () => {
    const { asked } = await sweepUp({ a: [0], late: [1500] });
    expect(asked.get('a')).toBe(2);
    expect(asked.get('late')).toBeGreaterThan(5);
  });
});
