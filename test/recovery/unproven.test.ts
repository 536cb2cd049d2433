import { expect, test } from 'vitest';
import type { ReceiverParts } from '../../fixtures/receivers/reference/index.js';
import { runWith } from './bench.js';

/** A receiver that is told to poll, answers, and asks nobody. */
const neverAsks = (parts: ReceiverParts): ReceiverParts => ({
  ...parts,
  poll: async () => ({ applied: 0, duplicates: 0, failed: 0 }),
});

/** A state that is another for every resource: nothing can be compared by it. */
const stateByEvent = (parts: ReceiverParts): ReceiverParts => ({
  ...parts,
  currentOf: (events) => {
    const current = parts.currentOf(events);
    return current === undefined ? undefined : { ...current, action: current.id };
  },
});

test('a poll that asks for nothing proves nothing', async () => {
  const { cases } = await runWith(['effects', 'poll'], ['recovery/webhook-then-poll'], neverAsks);
  expect(cases).toMatchObject([
    { verdict: 'inconclusive', actual: expect.stringContaining('it did not ask') },
  ]);
});

test('states that differ for equal events prove nothing', async () => {
  const only = ['recovery/older-verdict-changes-nothing'];
  const { cases } = await runWith(['effects', 'state'], only, stateByEvent);
  expect(cases).toMatchObject([
    { verdict: 'inconclusive', actual: expect.stringContaining('--state at the status alone') },
  ]);
});
