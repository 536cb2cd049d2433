import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPolicy } from '../../simulator/core/policy.js';
import { type PlayInput, accepted, play, rejected } from './play.js';

const policyArbitrary = fc
  .record({
    attemptsMax: fc.integer({ min: 1, max: 6 }),
    delaysMs: fc.array(fc.nat(300), { minLength: 5, maxLength: 5 }),
    delayFrom: fc.constantFrom('previous-end', 'previous-start', 'first-start'),
    window: fc.constantFrom('rolling', 'tumbling'),
    windowMs: fc.integer({ min: 1, max: 500 }),
    attemptsMin: fc.integer({ min: 1, max: 12 }),
    counted: fc.constantFrom('attempts', 'events'),
    resendsCounted: fc.boolean(),
    onDisable: fc.constantFrom('drop', 'hold', 'send'),
    onEnable: fc.constantFrom('clear', 'keep'),
  } as const)
  .map((fields) => createPolicy(fields));

const actionArbitrary = fc.record({
  kind: fc.constantFrom('enqueue', 'enqueue', 'enqueue', 'disable', 'enable'),
  atMs: fc.nat(1000),
  event: fc.nat(8),
  resend: fc.boolean(),
});

const scenarioArbitrary = fc.record({
  policy: policyArbitrary,
  actions: fc.array(actionArbitrary, { maxLength: 60, size: 'max' }),
  verdicts: fc.infiniteStream(fc.boolean()),
  durations: fc.infiniteStream(fc.nat(80)),
});

type Drawn = typeof scenarioArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

const inputOf = (action: Drawn['actions'][number], index: number): PlayInput => {
  const { kind, atMs, event, resend } = action;
  if (kind !== 'enqueue') return { kind, atMs };
  return { kind, atMs, deliveryId: `d${index}`, eventKeys: [`HKE${event}`], resend };
};

/** Plays the draw, then enables the hook again and again until nothing can be held back. */
const playDrawn = ({ policy, actions, verdicts, durations }: Drawn) => {
  const inputs = actions.map(inputOf);
  const enabling = Array.from({ length: 400 }, (_, index): PlayInput => ({
    kind: 'enable',
    atMs: 10_000 * (index + 1),
  }));
  const outcomeOf = () => (verdicts.next().value ? accepted : rejected);
  const durationMs = () => durations.next().value;
  const played = play({ policy, inputs: [...inputs, ...enabling], outcomeOf, durationMs });
  const enqueued = inputs.flatMap((input) => (input.kind === 'enqueue' ? input.deliveryId : []));
  return { ...played, enqueued };
};

const endings: readonly string[] = ['delivered', 'exhausted', 'dropped'];

test('every enqueued delivery ends in exactly one of delivered, exhausted and dropped', () => {
  fc.assert(
    fc.property(scenarioArbitrary, (drawn) => {
      const { commands, enqueued, pending } = playDrawn(drawn);
      const ended = commands.flatMap(({ command }) =>
        endings.includes(command.kind) && 'deliveryId' in command ? command.deliveryId : [],
      );
      expect(ended.toSorted()).toEqual(enqueued.toSorted());
      expect(pending).toBe(0);
    }),
    { seed: 4, numRuns: 300 },
  );
});

test('attempts are numbered without gaps, and none is made or scheduled beyond attemptsMax', () => {
  fc.assert(
    fc.property(scenarioArbitrary, (drawn) => {
      const made = new Map<string, number>();
      for (const { atMs, command } of playDrawn(drawn).commands) {
        if (command.kind === 'attempt') {
          expect(command.attempt).toBe((made.get(command.deliveryId) ?? 0) + 1);
          made.set(command.deliveryId, command.attempt);
        }
        if (command.kind === 'schedule') expect(command.dueMs).toBeGreaterThanOrEqual(atMs);
        if (command.kind === 'attempt' || command.kind === 'schedule') {
          expect(command.attempt).toBeLessThanOrEqual(drawn.policy.attemptsMax);
        }
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('nothing is attempted while a hook is disabled, unless what was queued is sent', () => {
  fc.assert(
    fc.property(scenarioArbitrary, (drawn) => {
      let isEnabled = true;
      for (const { command } of playDrawn(drawn).commands) {
        if (command.kind === 'hook-disabled') isEnabled = false;
        if (command.kind === 'hook-enabled') isEnabled = true;
        if (command.kind !== 'attempt' || isEnabled) continue;
        expect(drawn.policy.onDisable).toBe('send');
        expect(command.attempt).toBeGreaterThan(1);
      }
    }),
    { seed: 6, numRuns: 300 },
  );
});
