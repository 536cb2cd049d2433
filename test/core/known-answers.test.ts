import { describe, expect, test } from 'vitest';
import { createPolicy, policies } from '../../simulator/core/policy.js';
import { type PlayInput, accepted, disabledIn, minuteMs, play, rejected, steady } from './play.js';

const hourMs = 60 * minuteMs;
const trafficMs = 12 * hourMs;
const isAttempt = (kind: string): boolean => kind === 'attempt';

describe('a total outage after an hour of health', () => {
  test.each([
    { everyMs: minuteMs, policy: 'literal', afterMin: 31, failed: 113, total: 141 },
    { everyMs: minuteMs, policy: 'documented', afterMin: 31, failed: 113, total: 141 },
    { everyMs: 6000, policy: 'literal', afterMin: 31.6, failed: 1133, total: 1416 },
    { everyMs: 5 * minuteMs, policy: 'literal', afterMin: 30, failed: 23, total: 28 },
    { everyMs: 20 * minuteMs, policy: 'literal', afterMin: 20, failed: 5, total: 6 },
    { everyMs: 20 * minuteMs, policy: 'documented', afterMin: 40.5, failed: 10, total: 10 },
  ] as const)(
    'one event every $everyMs ms under $policy: disabled after $afterMin min, $failed of $total',
    ({ everyMs, policy, afterMin, failed, total }) => {
      const played = play({
        policy: policies[policy],
        inputs: steady(everyMs, 3 * hourMs),
        outcomeOf: (_id, _attempt, atMs) => (atMs < hourMs ? accepted : rejected),
      });
      expect(disabledIn(played)).toEqual({ atMs: hourMs + afterMin * minuteMs, failed, total });
    },
  );
});

describe('a few good events, then one that always fails', () => {
  const playAfter = (good: number, policy: 'literal' | 'documented') =>
    play({
      policy: policies[policy],
      inputs: steady(1000, (good + 1) * 1000),
      outcomeOf: (id) => (id === `d${good}` ? rejected : accepted),
    });

  test.each([
    { good: 0, afterMin: 0, failed: 1, total: 1 },
    { good: 1, afterMin: 42.5, failed: 5, total: 6 },
    { good: 2, afterMin: 170.5, failed: 1, total: 1 },
  ])(
    '$good good: disabled after $afterMin min, $failed of $total',
    ({ good, afterMin, failed, total }) => {
      const atMs = good * 1000 + afterMin * minuteMs;
      expect(disabledIn(playAfter(good, 'literal'))).toEqual({ atMs, failed, total });
    },
  );

  test.each([0, 1, 2])('%i good: never disabled when ten attempts are needed', (good) => {
    const played = playAfter(good, 'documented');
    expect(disabledIn(played)).toBeUndefined();
    expect(played.commands.at(-1)).toMatchObject({
      atMs: good * 1000 + 170.5 * minuteMs,
      command: { kind: 'exhausted', attempts: 6 },
    });
  });
});

describe('steady traffic of which a share is always rejected', () => {
  // Every stretch of `outOf` events rejects `bad`, spread evenly; stretches divide the hour.
  const playShare = (
    bad: number,
    outOf: number,
    overrides: Parameters<typeof createPolicy>[0],
    everyMs = minuteMs,
  ) =>
    play({
      policy: createPolicy(overrides),
      inputs: steady(everyMs, trafficMs),
      outcomeOf: (id) => {
        const index = Number(id.slice(1));
        return ((index + 1) * bad) % outOf < bad ? rejected : accepted;
      },
    });

  test.each([
    { bad: 7, outOf: 20, attemptsMax: 6, everyMs: minuteMs },
    { bad: 2, outOf: 5, attemptsMax: 6, everyMs: minuteMs },
    { bad: 2, outOf: 5, attemptsMax: 5, everyMs: minuteMs },
    { bad: 4, outOf: 9, attemptsMax: 5, everyMs: 20_000 },
  ])('$bad of $outOf with $attemptsMax attempts stays', ({ bad, outOf, attemptsMax, everyMs }) => {
    const disabled = disabledIn(playShare(bad, outOf, { attemptsMax }, everyMs));
    // Once the traffic stops only retries are left, which disable any hook.
    expect(disabled?.atMs).toBeGreaterThan(trafficMs);
  });

  test.each([
    { bad: 13, outOf: 30, attemptsMax: 6, fromMin: 170.5, toMin: 231 },
    { bad: 1, outOf: 2, attemptsMax: 5, fromMin: 42.5, toMin: 103 },
  ])(
    '$bad of $outOf with $attemptsMax attempts is disabled once the last retries fill the window',
    ({ bad, outOf, attemptsMax, fromMin, toMin }) => {
      const disabled = disabledIn(playShare(bad, outOf, { attemptsMax }));
      expect(disabled?.atMs).toBeGreaterThan(fromMin * minuteMs);
      expect(disabled?.atMs).toBeLessThan(toMin * minuteMs);
    },
  );

  test.each([
    { bad: 2, outOf: 5, attemptsMax: 6, everyMs: minuteMs },
    { bad: 4, outOf: 9, attemptsMax: 5, everyMs: 20_000 },
  ])(
    'at $bad of $outOf with $attemptsMax attempts exactly 80% fail in an hour',
    ({ bad, outOf, attemptsMax, everyMs }) => {
      const never = { attemptsMax, threshold: { numerator: 1, denominator: 1 } };
      const { commands } = playShare(bad, outOf, never, everyMs);
      const inHour = commands.filter(({ atMs }) => atMs > 5 * hourMs && atMs <= 6 * hourMs);
      const attempts = inHour.filter(({ command }) => isAttempt(command.kind)).length;
      const delivered = inHour.filter(({ command }) => command.kind === 'delivered').length;
      expect(delivered * 5).toBe(attempts);
    },
  );
});

test('a scenario longer than its bound says how far it came', () => {
  const inputs: readonly PlayInput[] = steady(1000, 10_000);
  expect(() =>
    play({ policy: policies.documented, inputs, outcomeOf: () => accepted, stepsMax: 5 }),
  ).toThrow('not over after 5 steps (at 2000 ms, ');
});
