/** What the pictures say of a policy, a bucket and a mark. */
import type { DeliveryPolicy } from '../../core/policy.js';
import type { SimulationResult } from '../result.js';
import { formatTime } from '../units.js';
import type { HookTimeline, Span, Timeline } from './model.js';
import type { Group } from './palette.js';
import { say } from '../../../language/say.js';

/** `80 %`, `81.63 %`. */
export const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;

export const thresholdOf = ({ threshold }: DeliveryPolicy): number =>
  threshold.numerator / threshold.denominator;

/** What the rule counts. */
export const countedOf = ({ counted }: DeliveryPolicy): string =>
  counted === 'events' ? say`events` : say`attempts`;

/** What a colour stands for. */
export const groupTitle = ({ label, failed }: Pick<Group, 'label' | 'failed'>): string =>
  failed ? `${label}${say` (failed)`}` : label;

/** `share of failed attempts in the last 1h`. */
export const shareTitle = (policy: DeliveryPolicy): string => {
  const span = formatTime(policy.windowMs);
  const window = policy.window === 'rolling' ? say`the last ${span}` : say`the window of ${span}`;
  return say`share of failed ${countedOf(policy)} in ${window}`;
};

/** Why a hook was disabled, with what its window held. */
export const describeSpan = ({
  reason,
  failed,
  total,
}: Pick<Span, 'reason' | 'failed' | 'total'>): string => {
  switch (reason) {
    case 'rule':
      return say`by the rule: ${failed} of ${total} failed, ${percent(total === 0 ? 0 : failed / total)}`;
    case 'request':
      return say`by hand`;
    case 'account':
      return say`with its account`;
  }
};

/** A hook by its name, and by its account where there are several. */
export const hookTitle = (
  { hook, account }: Pick<HookTimeline, 'hook' | 'account'>,
  { accounts }: SimulationResult,
): string => (accounts > 1 ? say`${hook} (account ${account})` : hook);

/** What a timeline has left out, one sentence each; of rows only where they are told of. */
export const leftOutOf = (
  timeline: Timeline,
  result: SimulationResult,
  { rows = true }: { readonly rows?: boolean } = {},
): readonly string[] => [
  ...(timeline.hooksLeftOut === 0
    ? []
    : [say`${timeline.hooksLeftOut} of ${result.hooks.length} hooks are not shown.`]),
  ...timeline.hooks.flatMap((hook) => {
    const name = hookTitle(hook, result);
    return [
      ...(hook.rowsLeftOut === 0 || !rows
        ? []
        : [
            say`${hook.rowsLeftOut} rows of ${name} were left out: ${hook.rows.length} are kept, the first ones and those near disablings.`,
          ]),
      ...(hook.pollsLeftOut === 0 ? [] : [say`${hook.pollsLeftOut} more polls are not marked.`]),
    ];
  }),
];

/** How often a hook was disabled. */
export const timesDisabled = ({ spans }: Pick<HookTimeline, 'spans'>): number =>
  spans.reduce((sum, { times }) => sum + times, 0);

/** The part of a span in which its hook was disabled, from 0 to 1. */
export const shadeOf = ({ fromMs, untilMs, disabledMs }: Span, endMs: number): number => {
  const lengthMs = (untilMs ?? endMs) - fromMs;
  return lengthMs <= 0 ? 1 : Math.round((100 * disabledMs) / lengthMs) / 100;
};
