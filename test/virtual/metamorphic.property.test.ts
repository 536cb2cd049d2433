/** What must change with a scenario, and what must not. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiverNames } from '../../simulator/virtual/compile.js';
import { play } from '../../simulator/virtual/engine.js';
import { type LedgerRow, listenByName } from '../../simulator/virtual/ledger.js';
import { createRun } from '../../simulator/virtual/run.js';
import type { Behaviour, Scenario } from '../../simulator/virtual/scenario.js';
import { simulate } from '../../simulator/virtual/simulate.js';
import type { Played } from './books.js';
import { policyArbitrary, scenarioArbitrary } from './draw-scenario.js';
import { planOf, playFast } from './play-fast.js';

const numRuns = 500;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Every number or text under one of these names changed. */
const mapFields = (
  value: unknown,
  names: readonly string[],
  change: (value: string | number) => Json,
): unknown => {
  if (Array.isArray(value)) return value.map((one) => mapFields(one, names, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      names.includes(name) && (typeof one === 'number' || typeof one === 'string')
        ? change(one)
        : mapFields(one, names, change),
    ]),
  );
};

const TIMES = ['at', 'from', 'until', 'atMs', 'startedAtMs', 'retryAtMs', 'enabledAtMs'];

const shifted = (value: unknown, byMs: number): unknown =>
  mapFields(value, TIMES, (ms) => Number(ms) + byMs);

/** What begins at time 0 unless it says otherwise, says so: only then can it be shifted. */
const withStarts = (behaviours: unknown): unknown =>
  [behaviours].flat().map((one) => {
    const { kind } = one as Behaviour;
    return kind === 'flapping' ? { from: 0, ...(one as object) } : one;
  });

test('shifting all times shifts what happens, and changes nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      scenarioArbitrary,
      fc.integer({ min: -1e9, max: 1e9 }),
      async (drawn, byMs) => {
        const scenario = {
          ...drawn,
          receivers: { shared: withStarts(drawn.receivers?.['shared']) },
          receiver: withStarts(drawn.receiver),
          hooks: drawn.hooks?.map((hook) =>
            typeof hook.receiver === 'object'
              ? { ...hook, receiver: withStarts(hook.receiver) }
              : hook,
          ),
        } as Scenario;
        const moved = await playFast(shifted(scenario, byMs) as Scenario);
        const { rows, hooks, receivers } = await playFast(scenario);
        const later = hooks.map((hook) => ({
          ...(shifted(hook, byMs) as object),
          enabledAtMs: hook.enabledAtMs.map((atMs) => atMs + byMs),
        }));
        expect(moved).toEqual({ rows: shifted(rows, byMs), hooks: later, receivers });
      },
    ),
    { seed: 31, numRuns },
  );
});

test('renaming hooks renames them in what is told, and changes nothing else', async () => {
  // Chance is drawn by the receiver's name, and a receiver of its own is called after its hook.
  const sharing = scenarioArbitrary.map((scenario) => ({
    ...scenario,
    hooks: scenario.hooks?.map((hook) => ({ ...hook, receiver: 'shared' })),
  })) as fc.Arbitrary<Scenario>;
  const renamed = <Value>(value: Value): Value =>
    mapFields(value, ['hook'], (name) => `the ${name} one`) as Value;
  await fc.assert(
    fc.asyncProperty(sharing, async (scenario) => {
      const hooks = scenario.hooks?.map((hook) => ({ ...hook, name: `the ${hook.name} one` }));
      const other = await playFast({ ...renamed(scenario), hooks });
      expect(other).toEqual(renamed(await playFast(scenario)));
    }),
    { seed: 32, numRuns },
  );
});

const calm: fc.Arbitrary<Behaviour> = fc.oneof(
  fc
    .record({ from: fc.nat(40), lastsMs: fc.nat(40) })
    .map(({ from, lastsMs }) => ({ kind: 'outage' as const, from, until: from + lastsMs })),
  fc.record({
    kind: fc.constant('flapping' as const),
    up: fc.integer({ min: 1, max: 9 }),
    down: fc.nat(9),
  }),
  fc.record({ kind: fc.constant('capacity' as const), rate: fc.constantFrom('1/2ms', '1/ms') }),
  fc.record({ kind: fc.constant('slow' as const), latency: fc.nat(5) }),
);

const linesOf = (event: string) =>
  fc.array(fc.record({ at: fc.nat(60), event: fc.constant(event) }), { maxLength: 15 });

const withoutNumbers = ({ rows, hooks }: Played, name: string): unknown => {
  const mine = rows.filter((row) => 'hook' in row && row.hook === name);
  const numbers = [...new Set(mine.flatMap((row) => ('event' in row ? row.event : [])))];
  const rank = (event: string | number): Json =>
    numbers.toSorted((a, b) => a - b).indexOf(Number(event));
  const result = hooks.find(({ hook }) => hook === name);
  return mapFields({ mine, result }, ['event', 'number'], rank);
};

test('two hooks that share nothing have each what it has alone', async () => {
  const drawn = fc.record({
    policy: policyArbitrary.map((policy) => ({ ...policy, scope: 'hook' as const })),
    left: fc.record({ lines: linesOf('checks.finished'), receiver: calm }),
    right: fc.record({ lines: linesOf('checks.created'), receiver: calm }),
    reenableAfter: fc.nat(9),
  });
  await fc.assert(
    fc.asyncProperty(drawn, async ({ policy, left, right, reenableAfter }) => {
      const scenarioOf = (...sides: readonly ('left' | 'right')[]): Scenario => ({
        policy: { ...policy },
        traffic: {
          kind: 'recorded',
          lines: sides.flatMap((side) => ({ left, right })[side].lines),
        },
        hooks: sides.map((name) => ({
          name,
          events: name === 'left' ? 'checks.finished' : 'checks.created',
          receiver: { left, right }[name].receiver,
          reenableAfter,
        })),
        // The run goes on for as long with one hook as with two.
        actions: [{ kind: 'poll', at: 1000 }],
      });
      const both = await playFast(scenarioOf('left', 'right'));
      const alone = {
        left: await playFast(scenarioOf('left')),
        right: await playFast(scenarioOf('right')),
      };
      for (const name of ['left', 'right'] as const) {
        expect(withoutNumbers(both, name)).toEqual(withoutNumbers(alone[name], name));
      }
    }),
    { seed: 33, numRuns },
  );
});

test('playing in slices of any size gives the same rows', async () => {
  await fc.assert(
    fc.asyncProperty(scenarioArbitrary, fc.integer({ min: 1, max: 7 }), async (scenario, steps) => {
      const rows: LedgerRow[] = [];
      const plan = await planOf(scenario);
      const names = {
        account: 0,
        accounts: 1,
        hooks: plan.hooks.map(({ name }) => name),
        receivers: receiverNames(scenario),
        answers: plan.answers.answers.map(({ label }) => label),
      };
      const run = createRun(plan, listenByName((row) => rows.push(row))(names));
      while (!play(run, steps));
      expect(rows).toEqual((await playFast(scenario)).rows);
    }),
    { seed: 34, numRuns },
  );
});

test('the same seed gives the same, and parts of the accounts give together what the whole gives', async () => {
  await fc.assert(
    fc.asyncProperty(scenarioArbitrary, fc.nat(5), async (scenario, middle) => {
      const whole = await playFast(scenario, { accounts: 5 });
      expect(await playFast(scenario, { accounts: 5 })).toEqual(whole);
      const parts = [
        await playFast(scenario, { accounts: 5, part: { from: 0, to: middle } }),
        await playFast(scenario, { accounts: 5, part: { from: middle, to: 5 } }),
      ];
      expect(parts.flatMap(({ rows }) => rows)).toEqual(whole.rows);
      expect(parts.flatMap(({ hooks }) => hooks)).toEqual(whole.hooks);
      expect(parts.flatMap(({ receivers }) => receivers)).toEqual(whole.receivers);
    }),
    { seed: 35, numRuns: 200 },
  );
});

test('another seed and another account draw other chance', async () => {
  const scenario: Scenario = {
    traffic: { kind: 'poisson', rate: '1/min', count: 50 },
    receiver: { kind: 'failing', share: '50%' },
  };
  const one = await simulate(scenario, { seed: 1, accounts: 2 });
  const other = await simulate(scenario, { seed: 2, accounts: 1 });
  const untils = [...one.hooks, ...other.hooks].map(({ hook: _name, account: _own, ...rest }) =>
    JSON.stringify(rest),
  );
  expect(new Set(untils).size).toBe(3);
});
