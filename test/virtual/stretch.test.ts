import { expect, test } from 'vitest';
import type { Scenario } from '../../simulator/virtual/scenario.js';
import { simulate } from '../../simulator/virtual/simulate.js';
import { playFast } from './play-fast.js';

// Ten failures and then successes only, of which the second reaches the twelve that are judged.
const tripping: Scenario = {
  policy: { attemptsMax: 1, delaysMs: [], attemptsMin: 12 },
  traffic: { kind: 'constant', rate: '1/min', count: 30, events: 'checks.finished' },
  receiver: { kind: 'outage', until: '10m' },
};

test('within a stretch a success may disable the hook, and the rest is missed', async () => {
  const { hooks } = await simulate(tripping);
  expect(hooks[0]?.disabled).toMatchObject([{ atMs: 11 * 60_000, failed: 10, counted: 12 }]);
  expect(hooks[0]).toMatchObject({ attempts: 12, delivered: 2, missed: 18, headroomMin: 0 });
  expect(hooks).toEqual((await playFast(tripping)).hooks);
});

test('a stretch goes on through slices and more events than there was room for', async () => {
  const long: Scenario = {
    traffic: { kind: 'constant', rate: '1/s', count: 200_000, events: 'checks.finished' },
    receiver: { kind: 'healthy' },
  };
  const { hooks, totals } = await simulate(long);
  expect(totals).toMatchObject({ events: 200_000, delivered: 200_000, duplicates: 0, lost: 0 });
  expect(hooks).toEqual((await playFast(long)).hooks);
});
