import { expect, test } from 'vitest';
import { recoveryCases } from '../../contracts/recovery/index.js';
import { everything, idsOf, runWith } from './bench.js';

const OUTSIDE_EFFECT = 'recovery/killed-after-outside-effect';

const all = recoveryCases.map(({ id }) => id).toSorted();

const IN_FLIGHT = [
  'idempotency/copy-during-effect',
  'idempotency/copy-before-a-failure',
  'idempotency/sender-gives-up-during-effect',
  'idempotency/poison-event',
  'idempotency/storm',
  'idempotency/batch-half-known',
];

test('a right receiver passes all that can be asked of one', async () => {
  const result = await runWith(everything, ['recovery/*', ...IN_FLIGHT]);
  expect(result.problem).toBeNull();
  // What happens outside cannot be undone: that case is advice.
  expect(idsOf(result, 'failed')).toEqual([OUTSIDE_EFFECT]);
  expect(idsOf(result, 'passed').toSorted()).toEqual(
    [...all.filter((id) => id !== OUTSIDE_EFFECT), ...IN_FLIGHT].toSorted(),
  );
  expect(result.summary.verdict).toBe('passed');
});

test('a run that may only send says of each case what it needs', async () => {
  const { cases } = await runWith([], ['recovery/*']);
  const open = cases.filter(({ verdict }) => verdict === 'notObservable');
  expect(open.map(({ id }) => id).toSorted()).toEqual(all);
  expect(open.every(({ needs, missing }) => missing !== undefined && needs.includes(missing))).toBe(
    true,
  );
});
