import { describe, expect, test } from 'vitest';
import { policies } from '../../../simulator/core/policy.js';
import type { PolicyChoice } from '../../../simulator/virtual/compile.js';
import { forecast } from '../../../simulator/virtual/forecast/index.js';
import { downDuring, playOut } from '../../../simulator/virtual/forecast/play-out.js';
import { readSetting } from '../../../simulator/virtual/forecast/setting.js';
import { latestEnd, playToRecovery } from '../../../simulator/virtual/forecast/tolerance.js';
import { simulate } from '../../../simulator/virtual/simulate.js';

const MINUTE = 60_000;

const tolerated = async (rate: string, policy: PolicyChoice): Promise<number | null> => {
  const parts = ['outage'] as const;
  const { outage } = await forecast({ rate, policy, arrivals: 'constant', parts });
  return outage!.tolerated[0]!.ms.value;
};

describe('even traffic tolerates at its worst instant', () => {
  test.each([
    ['1/min', 'literal', 31],
    ['10/min', 'literal', 31.6],
    ['1/5min', 'literal', 30],
    ['1/20min', 'literal', 20],
    ['1/min', 'documented', 31],
    ['1/h', 'literal', 0],
  ] as const)('%s, %s: %d min', async (rate, policy, minutes) => {
    expect(await tolerated(rate, policy)).toBe(minutes * MINUTE);
  });

  // The hook is disabled at 40.5 min, by the tenth attempt; which may as well succeed, as nine of
  // ten have failed then. So the attempt at 40 min must not fail.
  test('one in 20 min, documented: 40 min, though it is disabled half a minute later', async () => {
    expect(await tolerated('1/20min', 'documented')).toBe(40 * MINUTE);
    const disabledAt = async (until: number): Promise<number | undefined> => {
      const { hooks } = await simulate({
        traffic: { kind: 'constant', rate: '1/20min', from: '-80m', until: '4h' },
        receiver: { kind: 'outage', from: 0, until },
      });
      return hooks[0]!.disabled[0]?.atMs;
    };
    expect(await disabledAt(40 * MINUTE)).toBeUndefined();
    expect(await disabledAt(40 * MINUTE + 1)).toBe(40.5 * MINUTE);
    expect(await disabledAt(240 * MINUTE)).toBe(40.5 * MINUTE);
  });

  test.each(['1/min', '10/min', '7/min'])(
    'what simulate() survives and no more, at %s',
    async (rate) => {
      const ms = await tolerated(rate, 'literal');
      const wasDisabled = async (until: number): Promise<boolean> => {
        const { totals } = await simulate(
          {
            traffic: { kind: 'constant', rate, from: '-2h', until: '4h' },
            receiver: { kind: 'outage', from: 0, until },
          },
          { policy: 'literal' },
        );
        return totals.hooksDisabled > 0;
      };
      expect([await wasDisabled(ms!), await wasDisabled(ms! + 1)]).toEqual([false, true]);
    },
  );

  test('more where it begins later, up to the time between two events', async () => {
    const options = { rate: '1/min', arrivals: 'constant', parts: ['outage'] } as const;
    const answers = await Promise.all(
      ['31m', '31m15s', '32m', '40m'].map(async (outage) => forecast({ ...options, outage })),
    );
    expect(answers.map(({ outage }) => outage!.asked!.disables)).toEqual(
      [0, 0.25, 1, 1].map((value) => ({ method: 'exact', value })),
    );
    expect(answers[0]!.outage!.tolerated.map(({ share, ms }) => [share, ms.value])).toEqual([
      [0, 31 * MINUTE],
      [0.01, 31 * MINUTE + 600],
      [0.1, 31.1 * MINUTE],
      [0.5, 31.5 * MINUTE],
    ]);
  });

  test.each([
    // Six attempts in an hour are fewer than the ten that are judged.
    ['1/h', 'documented'],
    ['10/min', { threshold: { numerator: 1, denominator: 1 } }],
    ['10/min', { failureConditions: ['status'] }],
  ] as const)('%s, %j: whatever there is', async (rate, policy) => {
    expect(await tolerated(rate, policy)).toBeNull();
  });

  test('what is left of a tumbling window, next to nothing where it has just begun', async () => {
    expect(await tolerated('1/min', { window: 'tumbling', attemptsMin: 10 })).toBeLessThan(
      5 * MINUTE,
    );
    // The first failure of a window is the whole window.
    expect(await tolerated('1/min', { window: 'tumbling', attemptsMin: 1 })).toBe(0);
  });
});

describe('Poisson traffic', () => {
  const options = { rate: '1/min', parts: ['outage'], runs: 120 } as const;

  test('tolerates about what even traffic does, more or less', async () => {
    const { outage } = await forecast(options);
    const [low, , middle] = outage!.tolerated.map(({ ms }) => ms.value!);
    expect(low).toBeLessThan(middle!);
    expect(middle! / MINUTE).toBeGreaterThan(30);
    expect(middle! / MINUTE).toBeLessThan(33);
    expect(outage!.tolerated.map(({ share }) => share)).toEqual([0.01, 0.1, 0.5]);
  });

  test('is disabled the likelier the longer the outage is', async () => {
    const { outage } = await forecast({ ...options, outage: '28m' });
    const values = outage!.curve.map(({ disables }) => disables.value!);
    expect(values).toEqual(values.toSorted((one, other) => one - other));
    expect(values.at(0)).toBeLessThan(0.02);
    expect(values.at(-1)).toBe(1);
    expect(outage!.asked).toMatchObject({ outageMs: 28 * MINUTE, disables: { runs: 120 } });
  });

  test('gives the same figures for the same seed, and others for another one', async () => {
    const [one, same, other] = await Promise.all([
      forecast(options),
      forecast(options),
      forecast({ ...options, seed: 2 }),
    ]);
    expect(same).toEqual(one);
    expect(other.outage).not.toEqual(one.outage);
  });

  test('has intervals that hold what many more runs say', async () => {
    const { outage: many } = await forecast({ ...options, runs: 1200, seed: 99 });
    let held = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const { outage } = await forecast({ ...options, seed });
      for (const [index, { ms }] of outage!.tolerated.entries()) {
        const value = many!.tolerated[index]!.ms.value!;
        if (ms.method === 'simulated' && ms.low! <= value && value <= ms.high!) held += 1;
      }
    }
    expect(held).toBeGreaterThanOrEqual(27);
  });
});

// The bisection rests on it: a longer outage is never the safer one.
describe('what disables the hook in an outage does so in a longer one', () => {
  test.each([
    ['documented', {}],
    ['literal', policies.literal],
    ['five', policies.five],
    ['tumbling', { window: 'tumbling', attemptsMin: 3 }],
    ['events', { counted: 'events', attemptsMin: 3 }],
    ['first-start', { delayFrom: 'first-start', attemptsMin: 2 }],
    ['half', { threshold: { numerator: 1, denominator: 2 }, attemptsMin: 2 }],
  ] as const)('%s', (_name, policy) => {
    for (const rate of ['1/min', '1/7min']) {
      const setting = readSetting({ rate, policy });
      for (let number = 0; number < 6; number++) {
        const begin = { number, fromMs: -75 * MINUTE, before: [], beginMs: 0 };
        const { value } = latestEnd(setting, begin);
        for (let endMs = 0; endMs < 75 * MINUTE; endMs += 1.5 * MINUTE) {
          const { disabledAtMs } = playToRecovery(setting, begin, endMs);
          expect(disabledAtMs === null).toBe(value === null || endMs <= value);
        }
      }
    }
  });

  test('and the latest end is exact to the millisecond', () => {
    const setting = readSetting({ rate: '2/min', policy: 'literal' });
    for (let number = 0; number < 40; number++) {
      const begin = { number, fromMs: -60 * MINUTE, before: [], beginMs: 0 };
      const value = latestEnd(setting, begin).value!;
      expect(playToRecovery(setting, begin, value).disabledAtMs).toBeNull();
      expect(playToRecovery(setting, begin, value + 1).disabledAtMs).not.toBeNull();
    }
  });
});

test('a replication ends where the hook is disabled', () => {
  const setting = readSetting({ rate: '1/min', arrivals: 'constant', policy: 'literal' });
  const played = playOut(setting, {
    number: 0,
    fromMs: -59 * MINUTE,
    receiver: downDuring({ fromMs: 0, untilMs: Infinity }),
    untilMs: 1e9,
  });
  expect(played.disabledAtMs).toBe(31 * MINUTE);
  expect(played.attempts).toBeLessThan(1000);
});
