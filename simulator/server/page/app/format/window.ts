/** A hook's window against the rule: the gauge's geometry, and the words beside it. */
import type { DeliveryPolicy } from '../../../../core/policy.js';
import type { HookWithFigures, WindowFigures } from '../../../stand-in.js';
import { formatShare } from './numbers.js';

export interface Gauge {
  /** Percent of the whole width, from 0 to 100. */
  readonly filled: number;
  readonly line: number;
  readonly level: 'calm' | 'near' | 'over';
}

type Rule = Pick<DeliveryPolicy, 'threshold' | 'attemptsMin'>;

export const thresholdOf = ({ threshold }: Rule): number =>
  threshold.numerator / threshold.denominator;

/** Near begins at three quarters of what the rule allows. */
const NEAR = 0.75;

export const gaugeOf = (figures: WindowFigures, rule: Rule): Gauge => {
  const { numerator, denominator } = rule.threshold;
  const { failed, total } = figures;
  const exceeded = failed * denominator > numerator * total;
  const near = total > 0 && failed * denominator >= NEAR * numerator * total;
  const calm = near ? 'near' : 'calm';
  return {
    filled: figures.share * 100,
    line: thresholdOf(rule) * 100,
    level: exceeded ? 'over' : calm,
  };
};

/** `5 of 8 failed, 62.5%`. */
export const describeWindow = ({ failed, total, share }: WindowFigures): string =>
  total === 0 ? 'No attempt in the window' : `${failed} of ${total} failed, ${formatShare(share)}`;

/** How far the hook is from being disabled. */
export const describeHeadroom = (
  hook: Pick<HookWithFigures, 'status' | 'subscriberType'> & { readonly window: WindowFigures },
): string => {
  if (hook.subscriberType === 'email') return 'An e-mail hook has no window.';
  if (hook.status === 'disabled') return 'Disabled: nothing is sent.';
  const { headroom } = hook.window;
  if (headroom === null) return 'No number of failures disables it.';
  if (headroom <= 1) return 'The next failure disables it.';
  return `${headroom} more failures in a row disable it.`;
};
