import { describe, expect, test } from 'vitest';
import { forecast } from '../../../simulator/index.js';
import type { ForecastOptions, ForecastProgress } from '../../../simulator/index.js';
import { simulate } from '../../../simulator/virtual/simulate.js';

const MINUTE = 60_000;

describe('danger after a recovery', () => {
  const danger = async (rate: string, policy: ForecastOptions['policy'] = 'literal') =>
    (await forecast({ rate, policy, parts: ['danger'] })).danger;

  test('is greatest at first, and gone after 20 minutes or so', async () => {
    const found = await danger('1/min');
    expect(found!.firstMs).toBe(31 * MINUTE);
    expect(found!.curve[0]).toEqual({ afterMs: 0, toleratedMs: 0 });
    expect(found!.halfAfterMs).toEqual({ method: 'exact', value: 20 * MINUTE });
    expect(found!.fullAfterMs).toEqual({ method: 'exact', value: 21 * MINUTE });
    // The retries that succeeded stay in the window for an hour; then all is as before.
    expect(Math.max(...found!.curve.map(({ toleratedMs }) => toleratedMs!))).toBeGreaterThan(
      40 * MINUTE,
    );
    expect(found!.curve.at(-1)!.toleratedMs).toBe(31 * MINUTE);
  });

  test.each([
    [20, false],
    [21, true],
  ])('is what simulate() says of a second outage after %i min', async (after, survives) => {
    const second = 31 + after;
    const { totals } = await simulate(
      {
        traffic: { kind: 'constant', rate: '1/min', from: '-2h', until: '6h' },
        receiver: [
          { kind: 'outage', from: 0, until: '31m' },
          { kind: 'outage', from: `${second}m`, until: `${second + 31}m` },
        ],
      },
      { policy: 'literal' },
    );
    expect(totals.hooksDisabled === 0).toBe(survives);
  });

  test('is that of every event where there are few', async () => {
    const found = await danger('1/20min');
    expect(found!.curve.map(({ afterMs, toleratedMs }) => [afterMs, toleratedMs])).toEqual(
      [
        [0, 0],
        [20, 0],
        [40, 40],
        [60, 22.5],
        [80, 20],
        [100, 20],
      ].map((minutes) => minutes.map((one) => one * MINUTE)),
    );
  });

  test.each(['documented', 'literal'] as const)(
    'is not told of where no outage, or any, disables the hook: 1/h, %s',
    async (policy) => {
      expect(await danger('1/h', policy)).toBeNull();
    },
  );
});

describe('retries after a recovery', () => {
  test('are one for each event that failed, of even traffic', async () => {
    const { retries } = await forecast({
      rate: '10/min',
      arrivals: 'constant',
      outage: '25m',
      parts: ['retries'],
    });
    expect(retries).toMatchObject({
      outageMs: 25 * MINUTE,
      disables: { method: 'exact', value: 0 },
      retries: { method: 'exact', value: 250 },
      perMinuteMost: { method: 'exact', value: 35 },
      perMinuteNormal: 10,
    });
    const { totals } = await simulate({
      traffic: { kind: 'constant', rate: '10/min', from: '-1h', until: '1h' },
      receiver: { kind: 'outage', from: 0, until: '25m' },
    });
    // 120 min of events, one attempt each that succeeds, whatever failed before.
    expect(totals.attempts - totals.failed).toBe(1200);
    expect(totals.delivered).toBe(1200);
  });

  test('are told of the outage that is tolerated, unless another one is named', async () => {
    const options = { rate: '1/min', arrivals: 'constant', policy: 'literal' } as const;
    const { retries } = await forecast({ ...options, parts: ['retries'] });
    expect(retries!.outageMs).toBe(31 * MINUTE);
    const { retries: dropped } = await forecast({ ...options, outage: '45m', parts: ['retries'] });
    expect(dropped).toMatchObject({ disables: { value: 1 }, retries: { value: null } });
  });

  test('are simulated for Poisson traffic', async () => {
    const { retries } = await forecast({
      rate: '2/min',
      outage: '20m',
      parts: ['retries'],
      runs: 100,
    });
    expect(retries!.retries).toMatchObject({ method: 'simulated', interval: 'order-statistics' });
    expect(retries!.retries.value).toBeGreaterThan(35);
    expect(retries!.retries.value).toBeLessThan(45);
    expect(retries!.disables).toMatchObject({ method: 'simulated', value: 0, runs: 100 });
  });
});

describe('a forecast', () => {
  const small = { rate: '1/10min', runs: 12, horizon: '6h' } as const;

  test('is plain data that names what it rests on', async () => {
    const found = await forecast({ ...small, policy: { window: 'tumbling' }, seed: 7 });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(found).toMatchObject({
      schemaVersion: 1,
      policyName: 'window "tumbling"',
      policy: { window: 'tumbling', attemptsMin: 10 },
      rate: '1/10min',
      arrivals: 'poisson',
      seed: 7,
      horizonMs: 360 * MINUTE,
      complete: true,
    });
  });

  test('tells how far it is, and stops where it is told to', async () => {
    const seen: ForecastProgress[] = [];
    const between = (progress: ForecastProgress): boolean => {
      seen.push(progress);
      return !(progress.part === 'outage' && progress.done === 5);
    };
    const found = await forecast({ ...small, between });
    expect(found.complete).toBe(false);
    expect(seen.at(-1)).toEqual({ part: 'outage', done: 5, total: 12 });
    expect(found.outage!.tolerated[0]!.ms).toMatchObject({ runs: 5 });
    expect([found.danger, found.retries, found.fluctuation]).toEqual([null, null, null]);
    expect(found.share.fraction).toEqual({ numerator: 2, denominator: 5 });
  });

  test('leaves out what was not asked for', async () => {
    const found = await forecast({ ...small, parts: ['retries'] });
    expect([found.outage, found.danger, found.fluctuation]).toEqual([null, null, null]);
    expect(found.retries).not.toBeNull();
  });

  test.each([
    [{ rate: '10' }, 'rate: expected a rate above 0'],
    [{ rate: '0/min' }, 'rate: expected a rate above 0'],
    [{ rate: '1000/ms' }, 'at most 1000000 events in the window of 1h'],
    [{ arrivals: 'even' as 'constant' }, 'arrivals: expected "constant" or "poisson"'],
    [{ seed: -1 }, 'seed: expected a whole number from 0'],
    [{ runs: 0 }, 'runs: expected a whole number from 1'],
    [{ horizon: '0s' }, 'horizon: expected a duration'],
    [{ outage: 'soon' }, 'outage: expected a duration'],
    [{ outage: 1.5 }, 'outage: expected a duration'],
    [{ events: 'check.*' }, 'did you mean checks.*?'],
    [{ events: { 'checks.*': 0 } }, 'a weight above 0'],
    [{ rejects: 'checks.finish' }, 'did you mean checks.finished?'],
    [{ policy: { attemptsMin: 0 } }, 'policy.attemptsMin: expected'],
  ] as const)('refuses %j', async (wrong, says) => {
    const options: ForecastOptions = { ...small, ...wrong };
    await expect(forecast(options)).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringContaining(says) as unknown,
    });
  });
});
