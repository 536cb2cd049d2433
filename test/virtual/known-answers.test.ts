/** What the rule answers by hand, from the shipped scenarios, to the attempt. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PolicyChoice } from '../../simulator/virtual/compile.js';
import type { Parameters } from '../../simulator/virtual/read-scenario.js';
import type { DisabledAt, SimulationResult } from '../../simulator/virtual/result.js';
import type { Scenario } from '../../simulator/virtual/scenario.js';
import { simulate } from '../../simulator/virtual/simulate.js';

const MINUTE_MS = 60_000;

const playShipped = async (
  name: string,
  parameters: Parameters = {},
  policy: PolicyChoice = 'documented',
): Promise<SimulationResult> => {
  const url = new URL(`../../fixtures/scenarios/${name}.json`, import.meta.url);
  return simulate(JSON.parse(readFileSync(url, 'utf8')) as Scenario, { parameters, policy });
};

const firstOf = ({ hooks }: SimulationResult): DisabledAt | undefined => hooks[0]!.disabled[0];

const minutesOf = (disabled: DisabledAt | undefined): number | undefined =>
  disabled === undefined ? undefined : disabled.atMs / MINUTE_MS;

describe('a total outage after an hour of health', () => {
  test.each([
    ['1/min', 'literal', 31, 113, 141, 173],
    ['1/min', 'documented', 31, 113, 141, 173],
    ['10/min', 'literal', 31.6, 1133, 1416, 1733],
    ['10/min', 'documented', 31.6, 1133, 1416, 1733],
    ['1/5min', 'literal', 30, 23, 28, 35],
    ['1/5min', 'documented', 30, 23, 28, 35],
    ['1/20min', 'literal', 20, 5, 6, 8],
    ['1/20min', 'documented', 40.5, 10, 10, 13],
  ] as const)(
    '%s under %s: disabled after %d min, %i of %i, by its attempt %i',
    async (rate, policy, afterMin, failed, counted, ordinal) => {
      const disabled = firstOf(await playShipped('total-outage', { rate }, policy));
      expect(minutesOf(disabled)).toBe(afterMin);
      expect(disabled).toMatchObject({ failed, counted, ordinal, attempt: counted });
    },
  );
});

test.each([
  ['literal', { atMs: 0, failed: 1, counted: 1, ordinal: 1, attempt: 1 }],
  ['documented', undefined],
] as const)('a fresh hook whose first event always fails, under %s', async (policy, expected) => {
  const result = await playShipped('poison-event', {}, policy);
  if (expected === undefined) expect(firstOf(result)).toBeUndefined();
  else expect(firstOf(result)).toMatchObject(expected);
  expect(result.hooks[0]!.attempts).toBe(policy === 'literal' ? 1 : 6);
});

describe('some good events, then one that always fails', () => {
  test.each([
    [1, 42.5, 5, 6, 6],
    [2, 170.5, 1, 1, 8],
  ])(
    '%i good, under literal: disabled after %d min, %i of %i, by its attempt %i',
    async (good, afterMin, failed, counted, ordinal) => {
      const result = await playShipped('one-good-one-poison', { good }, 'literal');
      expect(minutesOf(firstOf(result))).toBe(afterMin);
      expect(firstOf(result)).toMatchObject({ failed, counted, ordinal, attempt: counted });
    },
  );

  test.each([1, 2])('%i good, under documented: never disabled', async (good) => {
    const { hooks, untilMs } = await playShipped('one-good-one-poison', { good });
    expect(hooks[0]).toMatchObject({ disabled: [], exhausted: 1, headroomMin: null });
    expect(untilMs).toBe(170.5 * MINUTE_MS);
  });

  test('4 of 5 is exactly 80 % and stays', async () => {
    const { hooks } = await playShipped(
      'one-good-one-poison',
      { good: 1 },
      { attemptsMin: 1, attemptsMax: 4 },
    );
    expect(hooks[0]).toMatchObject({ disabled: [], attempts: 5, failed: 4, headroomMin: 1 });
  });
});

describe('steady traffic of which a share is always rejected', () => {
  // Traffic ends with the run: once it stopped, retries alone would disable any hook. Where the rhythm
  // of the failures divides the hour, the share is exact in every window.
  test.each([
    ['1/min', '40%', 'documented', undefined],
    ['1/min', '2/5', 'documented', undefined],
    ['1/min', '35%', 'documented', undefined],
    ['1/min', '41%', 'documented', 208.5],
    ['1/min', '45%', 'documented', 97.5],
    ['1/min', '40%', 'five', undefined],
    ['3/min', '4/9', 'five', undefined],
    ['1/min', '4/9', 'five', 99.5],
    ['1/min', '50%', 'five', 59.5],
  ] as const)(
    '%s, %s of them, under %s: disabled after %s min',
    async (rate, share, policy, afterMin) => {
      const result = await playShipped('slow-bleed', { rate, share }, policy);
      expect(minutesOf(firstOf(result))).toBe(afterMin);
    },
  );

  test.each([
    ['2/5', 6, '1/min'],
    ['4/9', 5, '3/min'],
  ])(
    'at %s with %i attempts exactly four of five fail in an hour',
    async (share, attemptsMax, rate) => {
      const policy = { attemptsMax, threshold: { numerator: 1, denominator: 1 } };
      const until = async (hours: number) => {
        const parameters = { share, rate, until: `${hours}h` };
        return (await playShipped('slow-bleed', parameters, policy)).totals;
      };
      const [one, other] = [await until(5), await until(6)];
      expect(5 * (other.failed - one.failed)).toBe(4 * (other.attempts - one.attempts));
    },
  );
});

test('every shipped scenario is played, and its sentence names its hooks', async () => {
  for (const name of [
    'deploy-every-10-min',
    'flapping',
    'one-of-two-hooks',
    'recovery-drill',
    'rejects-unknown-products',
  ]) {
    const { hooks, sentence, scenario, complete } = await playShipped(name);
    expect({ scenario, complete }).toEqual({ scenario: name, complete: true });
    for (const { hook } of hooks) expect(sentence).toContain(hook);
  }
});

test('the drill recovers what the outage cost', async () => {
  const { hooks, totals } = await playShipped('recovery-drill');
  expect(minutesOf(hooks[0]!.disabled[0])).toBe(31);
  expect(hooks[0]!.enabledAtMs).toEqual([60 * MINUTE_MS]);
  expect(totals.recovered).toBeGreaterThan(0);
  expect(totals.lost).toBe(0);
});
