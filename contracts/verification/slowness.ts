/** Whether what was sent set the receiver to work, rather than that everything takes long there. */
import type { Attempt, Judgement } from '../runner/case.js';
import { describeAnswer } from '../runner/judge.js';
import { say } from '../../language/say.js';

const timedOut = ({ exchange: { outcome } }: Attempt): boolean =>
  outcome.kind === 'failure' && outcome.failure === 'timeout';

export const isSlow = (attempt: Attempt, slowMs: number): boolean =>
  attempt.exchange.latencyMs > slowMs || timedOut(attempt);

/** The labels under which a slow body is looked into. */
export const plainLabel = (label: string): string => `${label}, beside it a plain forgery`;
export const againLabel = (label: string): string => `${label}, again`;

const TIMES_SLOWER = 10;

/** Slow twice, while a plain forgery is answered much faster: a hiccup is neither. */
const isProven = (attempts: readonly Attempt[], { label }: Attempt, slowMs: number): boolean => {
  const plain = attempts.find((one) => one.label === plainLabel(label));
  const again = attempts.find((one) => one.label === againLabel(label));
  if (plain === undefined || again === undefined || !isSlow(again, slowMs)) return false;
  return !timedOut(plain) && again.exchange.latencyMs > TIMES_SLOWER * plain.exchange.latencyMs;
};

const secondsOf = ({ exchange }: Attempt): string => (exchange.latencyMs / 1000).toFixed(1);

/** Judges that nothing kept the receiver busy for longer than this, in milliseconds. */
export const answersWithin = (attempts: readonly Attempt[], slowMs: number): Judgement => {
  const slow = attempts.find((attempt) => isProven(attempts, attempt, slowMs));
  return {
    verdict: slow === undefined ? 'passed' : 'failed',
    expected: say`an answer within ${slowMs / 1000} s`,
    actual:
      slow === undefined
        ? say`in time`
        : say`${slow.label}: ${describeAnswer(slow)} after ${secondsOf(slow)} s, and again as slow`,
  };
};
