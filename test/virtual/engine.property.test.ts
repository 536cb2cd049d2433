import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiverNames } from '../../simulator/virtual/compile.js';
import { simulate } from '../../simulator/virtual/simulate.js';
import type { Scenario } from '../../simulator/virtual/scenario.js';
import type { Played } from './books.js';
import { playBySteps } from './by-step.js';
import { scenarioArbitrary } from './draw-scenario.js';
import { planOf, playFast } from './play-fast.js';
import { playSlowly } from './slow-play.js';

const MINUTE_MS = 60_000;

/** How often what is to be compared has come up. */
const createCensus = () => {
  const found: Record<string, number> = {};
  const add = (what: string): void => {
    found[what] = (found[what] ?? 0) + 1;
  };
  return {
    found,
    take: ({ rows, hooks }: Played): void => {
      for (const row of rows) add(row.kind === 'disabled' ? `disabled by ${row.reason}` : row.kind);
      for (const [index, row] of rows.entries()) {
        const before = rows[index - 1];
        if (row.kind !== 'attempt' || before?.kind !== 'attempt') continue;
        if (row.resend) add('resends');
        if (before.atMs === row.atMs) add('attempts that end together');
      }
      if (hooks.some(({ pending }) => pending > 0)) add('left pending');
    },
  };
};

/** What is compared must come up, so often in a scenario on average. */
const LEAST = {
  attempt: 10,
  'attempts that end together': 5,
  'disabled by rule': 0.5,
  'disabled by request': 0.2,
  'disabled by account': 0.1,
  enabled: 0.6,
  missed: 1,
  dropped: 0.05,
  resends: 0.3,
  polled: 1,
  'left pending': 0.05,
};

test.each([
  { how: 'the slow rule', play: playSlowly, numRuns: 10_000, seed: 20_260 },
  { how: 'the delivery state machine', play: playBySteps, numRuns: 3000, seed: 20_261 },
])(
  'the engine gives the rows and counts of $how in $numRuns random scenarios',
  async ({ play, numRuns, seed }) => {
    const census = createCensus();
    const holds = async (scenario: Scenario): Promise<void> => {
      const fast = await playFast(scenario);
      // Where nobody listens, stretches of alike events are played in a loop of their own.
      const { hooks, receivers } = await simulate(scenario);
      const slow = play(await planOf(scenario), receiverNames(scenario));
      census.take(slow);
      // The test's own comparison of long lists takes longer than both plays.
      if (!isDeepStrictEqual(fast, slow)) expect(fast).toEqual(slow);
      if (isDeepStrictEqual([hooks, receivers], [slow.hooks, slow.receivers])) return;
      expect({ hooks, receivers }).toEqual({ hooks: slow.hooks, receivers: slow.receivers });
    };
    await fc.assert(fc.asyncProperty(scenarioArbitrary, holds), { seed, numRuns });
    const tooRare = Object.entries(LEAST).filter(
      ([what, least]) => (census.found[what] ?? 0) < least * numRuns,
    );
    expect(tooRare).toEqual([]);
  },
  5 * MINUTE_MS,
);
