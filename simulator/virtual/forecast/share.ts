/** Which share of the events the receiver may always reject, in the long run: by a formula. */
import type { DeliveryPolicy, Ratio } from '../../core/policy.js';
import { retryDueMs } from '../../core/schedule.js';
import { type ExactFigure, exactly } from './figure.js';

/**
 * The fatal share. An event that is always rejected brings `a` failed attempts, any other brings
 * one that succeeds; so a share p of rejected events makes pa of pa + 1 − p attempts fail. That is
 * more than the threshold n/d where p > n / (n + a(d − n)): 40 % for six attempts and 4/5.
 *
 * It holds for windows that are full, and in the long run. Chance lets a smaller share disable the
 * hook sooner or later.
 */
export interface ShareAnswer {
  /** Above it the hook is disabled; null where no share is fatal. */
  readonly fatal: ExactFigure;
  /** The same as an exact fraction. */
  readonly fraction: Ratio | null;
  /**
   * What counts for a rejected event: its attempts; or, where events are counted, the windows in
   * which it stands.
   */
  readonly counted: Ratio;
  /**
   * From when on a window may be full of events with so many attempts, in milliseconds from the
   * first rejection, and the share that is fatal then. Empty where events are counted.
   */
  readonly stages: readonly {
    readonly attempts: number;
    readonly fullAfterMs: number;
    readonly fatal: number;
  }[];
}

/** When the attempts of an event that is always rejected at once take place, from its first one. */
export const attemptOffsets = (policy: DeliveryPolicy): readonly number[] => {
  const offsets = [0];
  for (let dueMs = 0; dueMs !== Number.POSITIVE_INFINITY;) {
    const lastMs = offsets.at(-1) ?? 0;
    dueMs = retryDueMs(policy, offsets.length, 0, lastMs, lastMs);
    if (dueMs !== Number.POSITIVE_INFINITY) offsets.push(dueMs);
  }
  return offsets;
};

const divisorOf = (a: number, b: number): number => (b === 0 ? a : divisorOf(b, a % b));

const reduced = (numerator: number, denominator: number): Ratio => {
  const divisor = Math.max(1, divisorOf(numerator, denominator));
  return { numerator: numerator / divisor, denominator: denominator / divisor };
};

/** Windows in which an event stands, on average: the time during which it does, over their length. */
const windowsOf = ({ windowMs }: DeliveryPolicy, offsets: readonly number[]): Ratio => {
  let standsMs = 0;
  let untilMs = 0;
  for (const offset of offsets) {
    standsMs += Math.max(0, offset + windowMs - Math.max(untilMs, offset));
    untilMs = offset + windowMs;
  }
  return reduced(standsMs, windowMs);
};

const fatalFor = ({ threshold }: DeliveryPolicy, counted: Ratio): Ratio => {
  const { numerator, denominator } = threshold;
  return reduced(
    numerator * counted.denominator,
    numerator * counted.denominator + counted.numerator * (denominator - numerator),
  );
};

/** The fatal share under a policy. Rejecting answers a status outside 2xx. */
export const answerShare = (policy: DeliveryPolicy): ShareAnswer => {
  const offsets = attemptOffsets(policy);
  const countsEvents = policy.counted === 'events';
  const counted = countsEvents ? windowsOf(policy, offsets) : reduced(offsets.length, 1);
  const { numerator, denominator } = policy.threshold;
  const isFatal = numerator < denominator && policy.failureConditions.includes('status');
  if (!isFatal) return { fatal: exactly(null), fraction: null, counted, stages: [] };
  const fraction = fatalFor(policy, counted);
  return {
    fatal: exactly(fraction.numerator / fraction.denominator),
    fraction,
    counted,
    stages: countsEvents
      ? []
      : offsets.map((offset, index) => {
          const share = fatalFor(policy, { numerator: index + 1, denominator: 1 });
          return {
            attempts: index + 1,
            fullAfterMs: offset + policy.windowMs,
            fatal: share.numerator / share.denominator,
          };
        }),
  };
};
