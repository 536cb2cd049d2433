import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DeliveryPolicy, createPolicy } from '../../simulator/core/policy.js';
import {
  type CountedAttempt,
  createWindow,
  record,
  standing,
} from '../../simulator/core/window.js';

const windowMs = 100;

const logArbitrary = fc
  .array(fc.record({ gapMs: fc.nat(60), failed: fc.boolean(), event: fc.nat(5) }), {
    maxLength: 160,
    size: 'max',
  })
  .map((rows): readonly CountedAttempt[] => {
    let atMs = 1000;
    return rows.map(({ gapMs, failed, event }) => {
      atMs += Math.max(0, gapMs - 30);
      return { atMs, failed, eventKey: `HKE${event}` };
    });
  });

const isInside = (
  policy: DeliveryPolicy,
  firstMs: number,
  attemptMs: number,
  atMs: number,
): boolean => {
  if (policy.window === 'rolling') return attemptMs > atMs - windowMs && attemptMs <= atMs;
  const spanOf = (ms: number): number => Math.floor((ms - firstMs) / windowMs);
  return spanOf(attemptMs) === spanOf(atMs);
};

const recount = (
  policy: DeliveryPolicy,
  log: readonly CountedAttempt[],
  atMs: number,
): { readonly failed: number; readonly total: number } => {
  const firstMs = log[0]?.atMs ?? atMs;
  const inside = log.filter((attempt) => isInside(policy, firstMs, attempt.atMs, atMs));
  const counted =
    policy.counted === 'attempts'
      ? inside
      : [...new Map(inside.map((attempt) => [attempt.eventKey, attempt])).values()];
  return { failed: counted.filter(({ failed }) => failed).length, total: counted.length };
};

const isTripped = (policy: DeliveryPolicy, failed: number, total: number): boolean =>
  total >= policy.attemptsMin &&
  policy.threshold.denominator * failed > policy.threshold.numerator * total;

test.each([
  ['rolling', 'attempts'],
  ['rolling', 'events'],
  ['tumbling', 'attempts'],
  ['tumbling', 'events'],
] as const)('a %s window of %s equals a naive recount', (window, counted) => {
  const policy = createPolicy({ window, windowMs, counted, attemptsMin: 4 });
  fc.assert(
    fc.property(logArbitrary, fc.nat(250), (log, aheadMs) => {
      let advancing = createWindow(policy);
      for (const [index, attempt] of log.entries()) {
        advancing = record(advancing, attempt);
        const soFar = log.slice(0, index + 1);
        const now = standing(advancing, attempt.atMs);
        expect(now).toMatchObject(recount(policy, soFar, attempt.atMs));
        expect(now.tripped).toBe(isTripped(policy, now.failed, now.total));
        const aheadAtMs = attempt.atMs + aheadMs;
        expect(standing(advancing, aheadAtMs)).toMatchObject(recount(policy, soFar, aheadAtMs));
      }
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('headroom is the fewest failures in a row that trip the rule', () => {
  const thresholds = fc
    .tuple(fc.nat(20), fc.integer({ min: 1, max: 20 }))
    .map(([numerator, more]) => ({ numerator, denominator: numerator + more }));
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { maxLength: 60 }),
      thresholds,
      fc.integer({ min: 1, max: 15 }),
      (verdicts, threshold, attemptsMin) => {
        const policy = createPolicy({ threshold, attemptsMin });
        let window = createWindow(policy);
        for (const failed of verdicts) window = record(window, { atMs: 0, failed, eventKey: '' });
        const { failed, total, headroom } = standing(window, 0);
        expect(isTripped(policy, failed + headroom, total + headroom)).toBe(true);
        if (headroom > 0) {
          expect(isTripped(policy, failed + headroom - 1, total + headroom - 1)).toBe(false);
        }
      },
    ),
    { seed: 2, numRuns: 500 },
  );
});
