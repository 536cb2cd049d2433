import { expect, test } from 'vitest';
import { createFunctionProbe } from '../../contracts/probe/function.js';
import type { CountFunction } from '../../contracts/probe/function.js';
import { queryOf } from './query.js';

test.each<readonly [string, CountFunction, number]>([
  ['a number', () => 2, 2],
  ['a promise of a number', async () => 0, 0],
])('counts what the function returns: %s', async (_what, count, effects) => {
  const answer = await createFunctionProbe(count).ask(queryOf());
  expect(answer).toEqual({ effects, text: String(effects) });
});

test('hands the event to the function', async () => {
  const { event } = queryOf();
  let got: unknown;
  const probe = createFunctionProbe((asked) => {
    got = asked;
    return 1;
  });
  await probe.ask(queryOf());
  expect(got).toBe(event);
});

test.each([
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a text', '1', 'string'],
  ['a list', [1], 'object'],
  ['a truth', true, 'boolean'],
  ['no number', Number.NaN, 'NaN'],
  ['a fraction', 0.5, '0.5'],
  ['less than nothing', -1, '-1'],
])('fails where the function returns %s', async (_what, value, words) => {
  const probe = createFunctionProbe((() => value) as unknown as CountFunction);
  await expect(probe.ask(queryOf())).rejects.toMatchObject({
    code: 'probe_failed',
    message: `the probe's function returned ${words}, expected a number of effects`,
    remedy: 'return how many effects the event had: 0, 1, 2 …',
  });
});

test.each<readonly [string, CountFunction]>([
  [
    'throws',
    () => {
      throw new Error('no such table');
    },
  ],
  ['rejects', async () => Promise.reject(new Error('no such table'))],
])('fails where the function %s', async (_what, count) => {
  await expect(createFunctionProbe(count).ask(queryOf())).rejects.toMatchObject({
    code: 'probe_failed',
    message: "the probe's function threw: no such table",
  });
});
