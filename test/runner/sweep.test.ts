import { describe, expect, test } from 'vitest';
import type { CaseContext } from '../../contracts/runner/case.js';
import { createStillClock } from '../../contracts/runner/clock.js';
import type { Observer } from '../../contracts/runner/observer.js';
import { sweep } from '../../contracts/runner/sweep.js';
import { eventOf } from './attempts.js';

const LAST = 'last delivery';

/** When the effects of an event appear, in milliseconds after the sweep began; none: never. */
type Effects = readonly number[] | 'the probe fails';

interface SweepOptions {
  readonly settleMs?: number;
  readonly settleMaxMs?: number;
  /** Names of events that must have no effect. */
  readonly hostile?: readonly string[];
  /** When the delivery that the sweep itself sends has its effect; by default at once. */
  readonly last?: Effects;
}

/** Sweeps up events whose effects appear at these times. */
const sweepUp = async (effects: Readonly<Record<string, Effects>>, options: SweepOptions = {}) => {
  const { settleMs = 500, settleMaxMs = 1000, hostile = [], last = [0] } = options;
  const clock = createStillClock(0);
  const asked = new Map<string, number>();
  const observer: Pick<Observer, 'countNow' | 'settleMs' | 'settleMaxMs'> = {
    settleMs: () => settleMs,
    settleMaxMs,
    countNow: async ({ id }) => {
      const name = id.slice(3);
      asked.set(name, (asked.get(name) ?? 0) + 1);
      const due = name === LAST ? last : (effects[name] ?? []);
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

/** Events that appear one after the other, at this distance. */
const queue = (length: number, stepMs: number): Readonly<Record<string, Effects>> =>
  Object.fromEntries(
    Array.from({ length }, (_, index) => [`event ${index}`, [stepMs * (index + 1)]]),
  );

/** Between two looks at the effects there may be so much. */
const LOOK_MS = 200;

describe('a sweep', () => {
  test('sends one more delivery and counts everything after the settle window', async () => {
    const { counts, tookMs, delivered } = await sweepUp({ a: [0], b: [0, 0] });
    expect(counts).toEqual({ a: 1, b: 2, [LAST]: 1 });
    expect(delivered).toEqual([LAST]);
    expect(tookMs).toBe(500);
  });

  test('waits as long as something still appears', async () => {
    const { counts, tookMs } = await sweepUp(queue(20, 2000), { last: [42_000] });
    expect(Object.values(counts)).toEqual(Array.from({ length: 21 }, () => 1));
    expect(tookMs).toBeGreaterThanOrEqual(42_000 + 500);
    expect(tookMs).toBeLessThan(42_000 + 500 + LOOK_MS);
  });

  test.each<readonly [string, SweepOptions, number]>([
    ['the settle time, once the last delivery was seen', { settleMaxMs: 1000 }, 1000],
    ['a long settle time, once the last delivery was seen', { settleMaxMs: 7000 }, 7000],
    ['three seconds, before the last delivery was seen', { last: [] }, 3000],
    ['three seconds, whatever the settle time, before it was', { last: [], settleMs: 900 }, 3000],
  ])('gives up when nothing new was seen for %s', async (_what, options, quietMs) => {
    const { counts, tookMs } = await sweepUp({ lost: [], late: [700] }, options);
    expect(counts).toMatchObject({ lost: 0, late: 1 });
    const from = 700 + quietMs + (options.settleMs ?? 500);
    expect(tookMs).toBeGreaterThanOrEqual(from);
    expect(tookMs).toBeLessThan(from + 2 * LOOK_MS);
  });

  test.each([
    [1000, 3000],
    [2500, 7500],
    [4000, 3000],
  ])('gives a receiver with steps of %i ms %i ms', async (stepMs, quietMs) => {
    const { tookMs } = await sweepUp({ ...queue(3, stepMs), lost: [] }, { last: [] });
    const lastSeenMs = stepMs > 3000 ? 0 : 3 * stepMs;
    expect(tookMs).toBeGreaterThanOrEqual(lastSeenMs + quietMs);
    expect(tookMs).toBeLessThan(lastSeenMs + quietMs + 500 + 4 * LOOK_MS);
  });

  test('does not wait longer than 15 seconds for the next effect', async () => {
    const effects = { a: [2900], b: [11_000], c: [30_000], lost: [] };
    const { counts, tookMs } = await sweepUp(effects, { last: [] });
    expect(counts).toMatchObject({ a: 1, b: 1, c: 0 });
    expect(tookMs).toBeLessThan(11_000 + 15_000 + 500 + 2 * LOOK_MS);
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
    const { asked } = await sweepUp({ a: [0], late: [900] });
    expect(asked.get('a')).toBe(2);
    expect(asked.get('late')).toBeGreaterThan(5);
  });
});
