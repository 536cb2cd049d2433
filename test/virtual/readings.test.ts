import { describe, expect, test } from 'vitest';
import {
  compareReadings,
  createPolicy,
  policies,
  scenario,
  simulate,
} from '../../simulator/index.js';
import { fieldsFor } from '../../simulator/virtual/readings.js';

const outage = scenario('outage')
  .constant('1/min', { from: '-1h', until: '3h' })
  .outage(0, undefined, { answer: 503 });

describe('only what can make a difference is varied', () => {
  const varied = (one: typeof outage): readonly string[] =>
    fieldsFor(one.toJSON()).map(({ field }) => field);
  const always = ['attemptsMax', 'delayFrom', 'window', 'attemptsMin', 'counted'];

  test.each([
    ['answers at once', outage, []],
    ['no answer', outage.outage(), ['failureConditions']],
    ['answers late', outage.slow('4s'), ['failureConditions', 'timeoutMs']],
    ['a resend', outage.resend('1h'), ['resendsCounted']],
    ['enabling', outage.enable('1h'), ['onDisable', 'onEnable']],
    ['two hooks', outage.hook('a').hook('b'), ['scope']],
  ])('%s', (_name, one, more) => {
    expect(new Set(varied(one))).toEqual(new Set([...always, ...more]));
  });
});

describe('answers', () => {
  test('each is what simulate says under that policy', async () => {
    const { answers, decides, fields } = await compareReadings(outage);
    expect(decides).toEqual(['window', 'attemptsMin', 'counted']);
    expect(fields.map(({ field }) => field)).toContain('attemptsMax');
    for (const { when, disabledAtMs } of answers) {
      const { hooks } = await simulate(outage, { policy: createPolicy(when as never) });
      expect({ main: hooks[0]?.disabled.map(({ atMs }) => atMs) }).toEqual(disabledAtMs);
    }
  });

  test('where nothing decides, all readings are said to agree', async () => {
    const well = scenario('well').constant('1/min', { until: '3h' });
    const { decides, answers, sentence } = await compareReadings(well);
    expect({ decides, answers: answers.length }).toEqual({ decides: [], answers: 1 });
    expect(sentence).toBe('main stays enabled under every one of the 32 readings.');
  });

  test('a reading of the caller’s own is among those played', async () => {
    const policy = createPolicy({ attemptsMin: 3 });
    const { fields, answers } = await compareReadings(outage, { policy });
    expect(fields.find(({ field }) => field === 'attemptsMin')?.values).toEqual([3, 10, 1]);
    expect(answers.some(({ when }) => when['attemptsMin'] === 3)).toBe(true);
    expect(policies.documented.attemptsMin).toBe(10);
  });

  test('stopped early, it says so', async () => {
    const { complete, played } = await compareReadings(outage, {
      between: (progress) => progress.played < 5,
    });
    expect({ complete, played }).toEqual({ complete: false, played: 5 });
  });
});
