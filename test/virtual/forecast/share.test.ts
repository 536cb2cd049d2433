import { describe, expect, test } from 'vitest';
import { createPolicy, policies } from '../../../simulator/core/policy.js';
import { forecast } from '../../../simulator/virtual/forecast/index.js';
import { playOut } from '../../../simulator/virtual/forecast/play-out.js';
import { readSetting } from '../../../simulator/virtual/forecast/setting.js';
import { answerShare, attemptOffsets } from '../../../simulator/virtual/forecast/share.js';
import { simulate } from '../../../simulator/virtual/simulate.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the fatal share', () => {
  test.each([
    ['six attempts', policies.documented, [2, 5]],
    ['five', policies.five, [4, 9]],
    ['one', createPolicy({ attemptsMax: 1 }), [4, 5]],
    [
      'a threshold of a half',
      createPolicy({ threshold: { numerator: 1, denominator: 2 } }),
      [1, 7],
    ],
    ['a threshold of 0', createPolicy({ threshold: { numerator: 0, denominator: 1 } }), [0, 1]],
  ])('for %s', (_what, policy, [numerator, denominator]) => {
    const { fatal, fraction } = answerShare(policy);
    expect(fraction).toEqual({ numerator, denominator });
    expect(fatal).toEqual({ method: 'exact', value: numerator! / denominator! });
  });

  test.each([{ threshold: { numerator: 3, denominator: 3 } }, { failureConditions: [] }])(
    'is none for %j',
    (fields) => {
      const answer = answerShare(createPolicy(fields));
      expect([answer.fatal.value, answer.fraction, answer.stages]).toEqual([null, null, []]);
    },
  );

  test('counts the hours in which an event stands, where events are counted', () => {
    // From 0 to 102.5 min, and from 170.5 to 230.5 min: 162.5 min of 60.
    const { counted, fraction } = answerShare(createPolicy({ counted: 'events' }));
    expect(counted).toEqual({ numerator: 65, denominator: 24 });
    expect(fraction).toEqual({ numerator: 96, denominator: 161 });
  });

  test('falls with each attempt that has had time to come', () => {
    const { stages } = answerShare(policies.documented);
    expect(stages.map(({ attempts }) => attempts)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(stages.map(({ fullAfterMs }) => fullAfterMs / MINUTE)).toEqual([
      60, 60.5, 62.5, 70.5, 102.5, 230.5,
    ]);
    expect(stages.map(({ fatal }) => fatal)).toEqual([4 / 5, 4 / 6, 4 / 7, 4 / 8, 4 / 9, 4 / 10]);
  });

  test('knows what delays count from', () => {
    const minutes = (fields: object): readonly number[] =>
      attemptOffsets(createPolicy(fields)).map((offset) => offset / MINUTE);
    expect(minutes({})).toEqual([0, 0.5, 2.5, 10.5, 42.5, 170.5]);
    expect(minutes({ delayFrom: 'first-start' })).toEqual([0, 0.5, 2, 8, 32, 128]);
  });

  // With no chance in it: every fifth event and the next, or a little more than that.
  test.each([
    ['2/5', 0],
    ['401/1000', 1],
    ['44%', 1],
    ['39%', 0],
  ])('is what simulate() says: at %s it disables %i hooks', async (share, hooksDisabled) => {
    const { totals } = await simulate({
      until: '12h',
      traffic: { kind: 'constant', rate: '20/min', from: '-1h', until: '12h' },
      receiver: { kind: 'failing', share, spread: 'even', from: 0 },
    });
    expect(totals.hooksDisabled).toBe(hooksDisabled);
  });

  test('is above 4/9 for the first hours: five attempts do it then', async () => {
    const disabledAt = async (share: string): Promise<number | undefined> => {
      const { hooks } = await simulate({
        until: '12h',
        traffic: { kind: 'constant', rate: '20/min', from: '-1h', until: '12h' },
        receiver: { kind: 'failing', share, spread: 'even', from: 0 },
      });
      return hooks[0]!.disabled[0]?.atMs;
    };
    expect(await disabledAt('445/1000')).toBeLessThan(105 * MINUTE);
    expect(await disabledAt('44%')).toBeGreaterThan(170.5 * MINUTE);
  });
});

describe('what the receiver rejects', () => {
  const shareOf = async (events: object | string, rejects: string | readonly string[]) =>
    (await forecast({ rate: '1/min', events: events as string, rejects, parts: [] })).rejected;

  test.each([
    ['checks.*', 'checks.finished', 1 / 4, false],
    [{ 'checks.*': 3, 'digital_identity.*': 2 }, 'digital_identity.*', 0.4, false],
    [{ 'checks.*': 5, 'digital_identity.*': 5 }, 'digital_identity.*', 0.5, true],
    [['checks.created', 'checks.finished'], ['checks.finished', 'checks.*'], 1, true],
    ['*', 'checks.*', 4 / 45, false],
  ] as const)('of %j, %j: is a share of %d, fatal: %s', async (events, rejects, share, fatal) => {
    const rejected = await shareOf(events, rejects);
    expect(rejected!.share).toBeCloseTo(share, 8);
    expect(rejected!.fatal).toBe(fatal);
  });

  test('is nothing where nothing was said', async () => {
    const { rejected, fluctuation } = await forecast({ rate: '1/min', parts: [] });
    expect([rejected, fluctuation]).toEqual([null, null]);
  });
});

describe('chance', () => {
  const options = {
    rate: '1/2min',
    parts: ['fluctuation'],
    runs: 40,
    horizon: '12h',
    events: { 'checks.*': 7, 'digital_identity.*': 3 },
    rejects: 'digital_identity.*',
  } as const;

  test('makes a smaller share fatal within the horizon', async () => {
    const { fluctuation, rejected, share } = await forecast(options);
    const [rarely, half] = fluctuation!.shares.map((one) => one.share.value!);
    expect(rarely).toBeLessThan(half!);
    expect(half).toBeLessThan(share.fatal.value!);
    expect(rejected).toEqual({ share: 0.3, fatal: false });
    const { value, low, high } = fluctuation!.asked!.disables as {
      readonly [name in 'value' | 'low' | 'high']: number;
    };
    expect(fluctuation!.asked!.share).toBe(0.3);
    expect([low < value, value < high]).toEqual([true, true]);
  });

  test('is bolder the longer it has', async () => {
    const longer = await forecast({ ...options, horizon: '24h' });
    const shorter = await forecast(options);
    const values = [shorter, longer].map((one) => one.fluctuation!.shares[1]!.share.value!);
    expect(values[1]).toBeLessThan(values[0]!);
  });

  test('never says less of a larger share', async () => {
    const { fluctuation } = await forecast(options);
    const values = fluctuation!.curve.map(({ disables }) => disables.value!);
    expect(values).toEqual(values.toSorted((one, other) => one - other));
  });

  test('agrees with shares that are played one by one', async () => {
    const { fluctuation } = await forecast(options);
    const setting = readSetting(options);
    const { share, disables } = fluctuation!.curve[20]!;
    let disabled = 0;
    for (let number = 0; number < 40; number++) {
      const played = playOut(setting, {
        number,
        fromMs: -HOUR,
        receiver: [{ kind: 'failing', share: `${Math.round(share * 1000)}/1000`, from: 0 }],
        untilMs: 12 * HOUR,
      });
      if (played.disabledAtMs !== null) disabled += 1;
    }
    expect(disables.value).toBe(disabled / 40);
  });

  test('says that none is enough where none is', async () => {
    const { fluctuation } = await forecast({
      ...options,
      rate: '1/3h',
      arrivals: 'constant',
      runs: 5,
    });
    expect(fluctuation!.shares.map((one) => one.share.value)).toEqual([null, null]);
  });
});

// The bisection rests on it: a larger share rejects the same events and others.
describe('what disables the hook at a share does so at a larger one', () => {
  test.each([
    ['documented', {}],
    ['literal', policies.literal],
    ['tumbling', { window: 'tumbling', attemptsMin: 3 }],
    ['events', { counted: 'events', attemptsMin: 3 }],
  ] as const)('%s', (_name, policy) => {
    const setting = readSetting({ rate: '1/4min', policy });
    for (let number = 0; number < 12; number++) {
      const disabled = Array.from({ length: 21 }, (_, steps) => {
        const receiver = [{ kind: 'failing', share: `${steps}/20`, from: 0 }] as const;
        const replication = { number, fromMs: -HOUR, receiver, untilMs: 8 * HOUR };
        return playOut(setting, replication).disabledAtMs !== null;
      });
      expect(disabled).toEqual(disabled.toSorted((one, other) => Number(one) - Number(other)));
      expect([disabled[0], disabled[20]]).toEqual([false, true]);
    }
  });
});
