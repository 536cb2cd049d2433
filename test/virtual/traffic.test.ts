import { describe, expect, test } from 'vitest';
import type { ScenarioTraffic } from '../../simulator/virtual/scenario.js';
import { advance, compileTraffic, lastEventMs, pairName } from '../../simulator/virtual/traffic.js';

const eventsOf = (
  traffic: ScenarioTraffic | ScenarioTraffic[],
  untilMs = Infinity,
  label = 'seed',
): readonly (readonly [atMs: number, name: string])[] => {
  const stream = compileTraffic({ traffic }, untilMs)(label);
  const events: [number, string][] = [];
  for (; stream.nextMs <= untilMs && stream.nextMs < Infinity;) {
    events.push([stream.nextMs, pairName(stream.pair)]);
    advance(stream);
  }
  return events;
};

const timesOf = (...args: Parameters<typeof eventsOf>): readonly number[] =>
  eventsOf(...args).map(([atMs]) => atMs);

describe('constant traffic', () => {
  test.each([
    [{ rate: '1/s', count: 3 }, [0, 1000, 2000]],
    [{ rate: '1/s', from: '-1s', until: '2s' }, [-1000, 0, 1000]],
    [{ rate: '3/s', count: 4 }, [0, 333, 667, 1000]],
    [{ rate: '3/ms', from: -1, count: 4 }, [-1, -1, 0, 0]],
    [{ rate: '1/s', count: 0 }, []],
    [{ rate: '1/s', from: 5, until: 5 }, []],
  ])('%j happens at %j', (fields, times) => {
    expect(timesOf({ kind: 'constant', ...fields })).toEqual(times);
  });

  test('ends with the run, whose last instant belongs to it', () => {
    expect(timesOf({ kind: 'constant', rate: '1/s' }, 2000)).toEqual([0, 1000, 2000]);
  });
});

test('Poisson traffic comes at its rate, at gaps that spread as chance has it', () => {
  const times = timesOf({ kind: 'poisson', rate: '1/s', from: '1h', count: 40_000 });
  const gaps = times.map((atMs, index) => atMs - (times[index - 1] ?? 3_600_000));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  expect(gaps.every((gap) => gap >= 0)).toBe(true);
  expect(mean / 1000).toBeCloseTo(1, 1);
  expect(Math.sqrt(variance) / 1000).toBeCloseTo(1, 1);
  expect(gaps.filter((gap) => gap > 1000).length / gaps.length).toBeCloseTo(Math.exp(-1), 2);
});

test('Poisson traffic is the same for the same label only', () => {
  const traffic = { kind: 'poisson', rate: '1/s', count: 20 } as const;
  expect(timesOf(traffic)).toEqual(timesOf(traffic));
  expect(timesOf(traffic)).not.toEqual(timesOf(traffic, Infinity, 'other'));
});

describe('bursts', () => {
  test.each([
    [{ at: 5, count: 3 }, [5, 5, 5]],
    [{ at: 0, count: 4, over: 8 }, [0, 2, 4, 6]],
    [{ at: -2, count: 2, over: 2, every: 5, until: 8 }, [-2, -1, 3, 4]],
    [{ at: 5, count: 1, until: 5 }, []],
  ])('%j happen at %j', (fields, times) => {
    expect(timesOf({ kind: 'burst', ...fields })).toEqual(times);
  });
});

describe('recorded traffic', () => {
  const lines = [
    { at: '2s', event: 'checks.finished' },
    { at: '1s', event: 'checks.created' },
  ];

  test('is played in time order', () => {
    expect(eventsOf({ kind: 'recorded', lines })).toEqual([
      [1000, 'checks.created'],
      [2000, 'checks.finished'],
    ]);
  });

  test('is moved so that its first event happens when it is told to', () => {
    expect(timesOf({ kind: 'recorded', lines, at: '-1s' })).toEqual([-1000, 0]);
  });

  test('may be empty', () => {
    expect(timesOf({ kind: 'recorded', lines: [], at: 5 })).toEqual([]);
  });

  test('may be long', () => {
    const many = Array.from({ length: 300_000 }, (_, at) => ({ at, event: 'checks.created' }));
    const traffic: ScenarioTraffic = { kind: 'recorded', lines: many, at: 1000 };
    expect(lastEventMs({ traffic })).toBe(300_999);
  });
});

describe('a mix', () => {
  const shares = (events: NonNullable<Extract<ScenarioTraffic, { count: number }>['events']>) => {
    const found: Record<string, number> = {};
    for (const [, name] of eventsOf({ kind: 'burst', at: 0, count: 20_000, events })) {
      found[name] = (found[name] ?? 0) + 1 / 20_000;
    }
    return found;
  };

  test('of one event is that event', () => {
    expect(Object.keys(shares('checks.finished'))).toEqual(['checks.finished']);
  });

  test('gives each of a list as much as the others', () => {
    const { 'checks.finished': one, 'checks.created': other } = shares([
      'checks.finished',
      'checks.created',
    ]);
    expect(one).toBeCloseTo(0.5, 1);
    expect(other).toBeCloseTo(0.5, 1);
  });

  test('gives each pattern its weight, shared evenly among what it names', () => {
    const found = shares({ 'checks.*': 3, 'digital_identity.succeeded': 1, 'checks.started': 0 });
    const checks = Object.entries(found).filter(([name]) => name.startsWith('checks.'));
    expect(found['digital_identity.succeeded']).toBeCloseTo(0.25, 1);
    for (const [, share] of checks) expect(share).toBeCloseTo(0.75 / checks.length, 1);
  });
});

test('of several streams the first comes first at the same instant', () => {
  const at = (event: string, ...times: readonly number[]): ScenarioTraffic => ({
    kind: 'recorded',
    lines: times.map((time) => ({ at: time, event })),
  });
  expect(eventsOf([at('checks.finished', 1, 2), at('checks.created', 0, 1, 2)])).toEqual([
    [0, 'checks.created'],
    [1, 'checks.finished'],
    [1, 'checks.created'],
    [2, 'checks.finished'],
    [2, 'checks.created'],
  ]);
});

test.each([
  [{ kind: 'burst', at: 5, count: 1, over: 7 }, 12],
  [{ kind: 'constant', rate: '1/s', until: '1m' }, 60_000],
  [{ kind: 'constant', rate: '1/s', from: '1s', count: 3 }, 4000],
  [{ kind: 'poisson', rate: '1/s' }, Infinity],
] as const)('%j is over at %d ms at the latest', (traffic, ms) => {
  expect(lastEventMs({ traffic })).toBe(ms);
});
