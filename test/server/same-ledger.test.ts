/** The stand-in on a test clock keeps the ledger that the simulator foretells. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createPolicy, policies } from '../../simulator/core/policy.js';
import { loadScenario } from '../../simulator/scenarios/load.js';
import { readScenario } from '../../simulator/virtual/read-scenario.js';
import type { Scenario } from '../../simulator/virtual/scenario.js';
import { policyArbitrary } from '../virtual/draw-scenario.js';
import { playAlike } from './play-alike.js';

const folder = mkdtempSync(join(tmpdir(), 'hookproof-alike-'));
const database = { kind: 'embedded', folder } as const;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  {
    name: 'total-outage',
    parameters: { healthy: '-6m', until: '20m' },
    policy: policies.documented,
  },
  { name: 'poison-event', parameters: {}, policy: policies.documented },
  { name: 'one-good-one-poison', parameters: {}, policy: policies.literal },
  {
    name: 'one-of-two-hooks',
    parameters: { until: '10m', rate: '1/3min' },
    policy: createPolicy({ scope: 'account', onDisable: 'send' }),
  },
])(
  'of $name',
  async ({ name, parameters, policy }) => {
    const { scenario: written } = await loadScenario(name);
    const scenario = await readScenario(written, parameters);
    const { foretold, kept } = await playAlike(scenario, policy, database);
    expect(foretold.length).toBeGreaterThan(5);
    expect(kept).toEqual(foretold);
  },
  120_000,
);

/** Answers that take no time. */
const answer = fc.constantFrom(500, 302, 'refused', 'reset', 'tls');

const small = fc.record({
  traffic: fc.record({
    kind: fc.constant('recorded' as const),
    lines: fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 40 }),
        event: fc.constantFrom('checks.created', 'checks.finished', 'digital_identity.succeeded'),
      }),
      { minLength: 2, maxLength: 8 },
    ),
  }),
  receiver: fc.record({
    kind: fc.constant('failing' as const),
    share: fc.constantFrom('50%', '3/4', '100%'),
    of: fc.constantFrom('events' as const, 'attempts' as const),
    answer,
  }),
  hooks: fc.constantFrom([{ name: 'one' }], [{ name: 'one' }, { name: 'two', events: 'checks.*' }]),
}) as fc.Arbitrary<Scenario>;

test('of small scenarios under policies drawn at random', async () => {
  await fc.assert(
    fc.asyncProperty(small, policyArbitrary, async (scenario, policy) => {
      const { foretold, kept } = await playAlike(scenario, createPolicy(policy), database);
      expect(kept).toEqual(foretold);
    }),
    { numRuns: 12, seed: 6, endOnFailure: true },
  );
}, 240_000);
