/** Workers need compiled files, so the threads are those of dist/. */
import { describe, expect, test } from 'vitest';
import { HookproofError } from '../../simulator/core/errors.js';
import type { Scenario } from '../../simulator/virtual/scenario.js';
import { simulate } from '../../simulator/virtual/simulate.js';
import type { SimulationProgress } from '../../simulator/virtual/simulate.js';

const compiled = new URL('../../dist/simulator/threads/simulate-in-threads.js', import.meta.url)
  .href;
const { simulateInThreads } = (await import(
  compiled
)) as typeof import('../../simulator/threads/simulate-in-threads.js');

const busy: Scenario = {
  name: 'busy',
  accounts: 120,
  seed: 7,
  traffic: [
    { kind: 'poisson', rate: '2/min', until: '6h' },
    { kind: 'burst', at: '1h', count: 30, over: '5m' },
  ],
  receivers: {
    shaky: [
      { kind: 'failing', share: '85%', of: 'attempts', until: '4h' },
      { kind: 'healthy', latency: { median: '300ms', p99: '4s' } },
    ],
  },
  receiver: { kind: 'flapping', up: '30m', down: '40m' },
  hooks: [
    { name: 'main', receiver: 'shaky', reenableAfter: '1h' },
    { name: 'other', events: 'checks.*' },
  ],
  actions: [{ kind: 'poll', at: '5h' }],
};

describe('a simulation in threads', () => {
  test.each([1, 2, 3])('gives the result of one thread in %i', async (threads) => {
    const alone = await simulate(busy);
    const together = await simulateInThreads(busy, { threads });
    expect(together).toEqual(alone);
    expect(JSON.stringify(together)).toBe(JSON.stringify(alone));
    expect(alone.totals.hooksDisabled).toBeGreaterThan(0);
  });

  test('takes the options of one thread: policy, seed, accounts, end, part', async () => {
    const options = { policy: 'literal', seed: 3, accounts: 9, until: '3h' } as const;
    expect(await simulateInThreads(busy, { ...options, threads: 2 })).toEqual(
      await simulate(busy, options),
    );
    const part = { from: 10, to: 15 };
    expect(await simulateInThreads(busy, { part, threads: 4 })).toEqual(
      await simulate(busy, { part }),
    );
  });

  test('fills in parameters before the threads see the scenario', async () => {
    const scenario = {
      ...busy,
      parameters: { rate: { default: '1/min', about: 'how much' } },
      traffic: { kind: 'constant', rate: '{rate}', until: '2h' },
    } as const;
    const options = { parameters: { rate: '3/min' } };
    expect(await simulateInThreads(scenario, { ...options, threads: 2 })).toEqual(
      await simulate(scenario, options),
    );
  });

  test('does not start more threads than there are accounts', async () => {
    const alone = await simulate(busy, { accounts: 2 });
    expect(await simulateInThreads(busy, { accounts: 2, threads: 16 })).toEqual(alone);
  });

  test('adds up how far its threads are, to the end', async () => {
    const seen: SimulationProgress[] = [];
    const { totals } = await simulateInThreads(busy, {
      threads: 2,
      between: async (progress) => {
        await Promise.resolve();
        return seen.push(progress) > 0;
      },
    });
    const last = seen.at(-1);
    expect(last?.attempts).toBe(totals.attempts);
    expect(last?.share).toBeCloseTo(1);
    const shares = seen.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
  });

  test('stops where it is told to, with what had been played', async () => {
    const long: Scenario = { ...busy, accounts: 3000 };
    const result = await simulateInThreads(long, { threads: 2, between: () => false });
    expect(result.complete).toBe(false);
    expect(result.hooks.length).toBeGreaterThan(0);
    expect(result.hooks.length).toBeLessThan(6000);
    expect(result.totals.attempts).toBe(
      result.hooks.reduce((sum, { attempts }) => sum + attempts, 0),
    );
  });

  test('passes on what the caller throws between', async () => {
    const between = (): never => {
      throw new RangeError('enough');
    };
    await expect(simulateInThreads(busy, { threads: 2, between })).rejects.toThrow(
      new RangeError('enough'),
    );
  });

  test('refuses a wrong scenario as one thread does, with code and remedy', async () => {
    const wrong: Scenario = { ...busy, actions: [{ kind: 'enable', at: '1h', hook: 'nobody' }] };
    const alone = await simulate(wrong).catch((error: unknown) => error);
    const together = await simulateInThreads(wrong, { threads: 2 }).catch(
      (error: unknown) => error,
    );
    expect(alone).toBeInstanceOf(HookproofError);
    const { code, message, remedy } = alone as HookproofError;
    expect(together).toMatchObject({ name: 'HookproofError', code, message, remedy });
  });

  test('tells of a scenario without end from within a thread', async () => {
    const run = simulateInThreads(
      { ...busy, traffic: { kind: 'constant', rate: '100/s', until: '30d' } },
      { threads: 2, stepsMax: 100_000 },
    );
    await expect(run).rejects.toMatchObject({ code: 'endless_scenario' });
    await expect(run).rejects.toHaveProperty('remedy', expect.stringContaining('--max-steps'));
  });
});
