import { describe, expect, test } from 'vitest';
import { piecesOf } from '../../../simulator/virtual/picture/series.js';
import type { HookTimeline } from '../../../simulator/virtual/picture/model.js';
import { ticksOf, widthsMs } from '../../../simulator/virtual/picture/widths.js';
import { alwaysJudged, play, shipped } from './runs.js';

const scenarios = [
  'deploy-every-10-min',
  'flapping',
  'one-good-one-poison',
  'one-of-two-hooks',
  'poison-event',
  'recovery-drill',
  'rejects-unknown-products',
  'slow-bleed',
  'total-outage',
];

const sumOf = (
  { buckets }: HookTimeline,
  field: 'delivered' | 'exhausted' | 'dropped' | 'missed',
): number => buckets.reduce((sum, bucket) => sum + bucket[field], 0);

const attemptsOf = ({ buckets }: HookTimeline, isCounted: (place: number) => boolean): number =>
  buckets
    .flatMap(({ attempts }) => attempts.filter((_, place) => isCounted(place)))
    .reduce((sum, count) => sum + count, 0);

describe.each(scenarios)('the timeline of %s', (name) => {
  test.each([1200, 7])('adds up to what the result says, in at most %i buckets', async (most) => {
    const { timeline, result } = await play(shipped(name), {}, { bucketsMax: most });
    for (const [index, hook] of timeline.hooks.entries()) {
      const its = result.hooks[index];
      expect(hook.buckets.length).toBeLessThanOrEqual(most);
      expect({
        hook: hook.hook,
        attempts: attemptsOf(hook, () => true),
        failed: attemptsOf(hook, (place) => hook.outcomes[place]?.failed === true),
        delivered: sumOf(hook, 'delivered'),
        exhausted: sumOf(hook, 'exhausted'),
        dropped: sumOf(hook, 'dropped'),
        missed: sumOf(hook, 'missed'),
        answers: Object.fromEntries(
          hook.outcomes.map(({ label }, place) => [label, attemptsOf(hook, (at) => at === place)]),
        ),
      }).toEqual({
        hook: its?.hook,
        attempts: its?.attempts,
        failed: its?.failed,
        delivered: its?.delivered,
        exhausted: its?.exhausted,
        dropped: its?.dropped,
        missed: its?.missed,
        answers: its?.answers,
      });
    }
  });

  test('marks every disabling and every time it was enabled again', async () => {
    const { timeline, result } = await play(shipped(name));
    for (const [index, { spans }] of timeline.hooks.entries()) {
      const its = result.hooks[index];
      expect(spans.map(({ fromMs }) => fromMs)).toEqual(its?.disabled.map(({ atMs }) => atMs));
      expect(spans.map(({ mailed }) => mailed)).toEqual(its?.disabled.map(({ mailed }) => mailed));
      const ends = spans.flatMap(({ untilMs }) => untilMs ?? []);
      expect(ends).toEqual(its?.enabledAtMs);
    }
  });

  test('keeps all rows of a run this short, and is plain data', async () => {
    const { timeline } = await play(shipped(name), {}, { rowsMax: 10_000 });
    expect(timeline.hooks.map(({ rowsLeftOut }) => rowsLeftOut)).toEqual(
      timeline.hooks.map(() => 0),
    );
    expect(JSON.parse(JSON.stringify(timeline))).toEqual(timeline);
  });
});

describe('the timeline of a long run', () => {
  const long = {
    ...shipped('total-outage'),
    receiver: { kind: 'flapping', up: '20m', down: '2h' },
  };
  const hooks = [{ name: 'main', reenableAfter: '30m' }];
  const played = play(
    { ...long, hooks } as Parameters<typeof play>[0],
    { parameters: { rate: '60/min', until: '10d' } },
    { bucketsMax: 200, rowsMax: 100, marksMax: 5 },
  );

  test('stays within its bounds and says what it left out', async () => {
    const { timeline, result } = await played;
    const [hook] = timeline.hooks;
    expect(result.totals.attempts).toBeGreaterThan(100_000);
    expect(hook?.buckets.length).toBeLessThanOrEqual(200);
    expect(hook?.rows.length).toBeLessThanOrEqual(200);
    expect(hook?.spans.length).toBeLessThanOrEqual(5);
    const spans = hook?.spans ?? [];
    const its = result.hooks[0];
    expect(spans.reduce((sum, { times }) => sum + times, 0)).toBe(its?.disabled.length);
    expect(spans.reduce((sum, { disabledMs }) => sum + disabledMs, 0)).toBe(its?.disabledMs);
    const told = result.totals.attempts + result.totals.missed + result.totals.dropped;
    expect((hook?.rows.length ?? 0) + (hook?.rowsLeftOut ?? 0)).toBeGreaterThan(told / 2);
  });

  test('keeps the rows around a disabling', async () => {
    const { timeline } = await played;
    const rows = timeline.hooks[0]?.rows ?? [];
    const place = rows.findIndex(({ kind }) => kind === 'disabled');
    expect(place).toBeGreaterThan(100);
    expect(rows[place - 1]).toMatchObject({ kind: 'attempt', headroom: 0, failed: true });
    const times = rows.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });
});

describe('the timeline of many accounts', () => {
  test('shows the first hooks, and says how many it does not', async () => {
    const { timeline } = await play(shipped('one-of-two-hooks'), { accounts: 5 }, { hooksMax: 3 });
    expect(timeline.hooks.map(({ hook, account }) => [hook, account])).toEqual([
      ['checks', 0],
      ['everything', 0],
      ['checks', 1],
    ]);
    expect(timeline.hooksLeftOut).toBe(7);
  });
});

describe('the line of the share', () => {
  const policy = { attemptsMin: 10, windowMs: 3_600_000 };

  test('is not judged below the least attempts, and stops when the hook is disabled', async () => {
    const { timeline } = await play(shipped('total-outage'));
    const [hook] = timeline.hooks;
    const pieces = piecesOf(hook!, policy, timeline.untilMs);
    expect(pieces.map(({ judged }) => judged)).toEqual([false, true]);
    const last = pieces.at(-1)?.points.at(-1);
    expect(last).toEqual({ atMs: hook?.spans[0]?.fromMs, share: 113 / 141 });
  });

  test('stops when all attempts have left the window', async () => {
    const { timeline } = await play(shipped('poison-event'));
    const pieces = piecesOf(timeline.hooks[0]!, policy, timeline.untilMs);
    const [first] = pieces;
    expect(first?.points.at(-1)?.atMs).toBe((first?.points.at(-2)?.atMs ?? 0) + policy.windowMs);
  });

  test('begins anew where a hook is enabled again', async () => {
    const { timeline } = await play(shipped('recovery-drill'));
    const pieces = piecesOf(timeline.hooks[0]!, policy, timeline.untilMs);
    expect(pieces.map(({ judged }) => judged)).toEqual([false, true, false, true]);
    expect(pieces[2]?.points[0]?.atMs).toBe(3_600_000);
  });

  test('keeps a single attempt that disabled its hook', async () => {
    const { timeline } = await play(shipped('poison-event'), { policy: alwaysJudged });
    expect(piecesOf(timeline.hooks[0]!, { ...policy, ...alwaysJudged }, timeline.untilMs)).toEqual([
      { judged: true, points: [{ atMs: 0, share: 1 }] },
    ]);
  });
});

describe('the widths of buckets', () => {
  test('are multiples of each other, so that buckets can be put together', () => {
    for (const [index, width] of widthsMs.slice(1).entries()) {
      expect(width % (widthsMs[index] ?? 0)).toBe(0);
    }
  });
});

describe('the ticks of an axis', () => {
  test.each([
    [-3_600_000, 14_340_000],
    [0, 1],
    [0, 10_230_000],
    [-1, 400 * 86_400_000],
  ])('from %i to %i are round, in order and not too many', (fromMs, untilMs) => {
    const ticks = ticksOf(fromMs, untilMs, 9);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(9);
    expect(ticks.every((atMs) => atMs >= fromMs && atMs <= untilMs)).toBe(true);
    expect(ticks).toContain(0);
  });
});
