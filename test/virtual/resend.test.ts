/** What a resend does while its hook is disabled. */
import { expect, test } from 'vitest';
import { simulate } from '../../simulator/virtual/simulate.js';

const bad = { kind: 'outage' } as const;
const ten = { kind: 'burst', at: 0, count: 10 } as const;
const disabled = { kind: 'disable', at: 1 } as const;
const again = { kind: 'resend', at: '1m', every: '1m', until: '11m' } as const;

const hookOf = async (onDisable: 'drop' | 'send' | 'hold') => {
  const { hooks } = await simulate({
    policy: { attemptsMax: 1, threshold: { numerator: 1, denominator: 1 }, onDisable },
    traffic: ten,
    receiver: bad,
    actions: [disabled, again],
  });
  return hooks[0];
};

test.each(['drop', 'send'] as const)(
  'resends nothing by a disabled hook, and counts no event as missed again, under %s',
  async (onDisable) => {
    const counts = { attempts: 10, exhausted: 10, missed: 0, resent: 0, pending: 0, lost: 10 };
    expect(await hookOf(onDisable)).toMatchObject(counts);
  },
);

test('a hook that sends what waits sends all of a resend, though the first disables it', async () => {
  const { hooks } = await simulate({
    policy: {
      attemptsMax: 1,
      attemptsMin: 11,
      threshold: { numerator: 1, denominator: 2 },
      resendsCounted: true,
      onDisable: 'send',
    },
    traffic: ten,
    receiver: bad,
    actions: [{ kind: 'resend', at: '1m' }],
  });
  expect(hooks[0]).toMatchObject({
    attempts: 20,
    exhausted: 20,
    missed: 0,
    resent: 10,
    disabled: [{ atMs: 60_000, ordinal: 11 }],
  });
});

test('a disabled hook that holds what comes holds what is resent, once', async () => {
  expect(await hookOf('hold')).toMatchObject({ attempts: 10, missed: 0, resent: 10, pending: 10 });
});
