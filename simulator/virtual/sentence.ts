/** The outcome of a simulation in plain words. */
import type { DeliveryPolicy } from '../core/policy.js';
import { policies } from '../core/policy.js';
import type { DisabledAt, HookResult, SimulationResult } from './result.js';
import { formatTime } from './units.js';
import { plural, say } from '../../language/say.js';

/** A reading of the rules by its name, or by the fields in which it differs from the defaults. */
export const describePolicy = (policy: DeliveryPolicy): string => {
  const text = (value: unknown): string => JSON.stringify(value);
  for (const [name, known] of Object.entries(policies)) {
    if (text(known) === text(policy)) return name;
  }
  const changed = Object.entries(policy).filter(
    ([field, value]) => text(value) !== text(policies.documented[field as keyof DeliveryPolicy]),
  );
  return changed.map(([field, value]) => `${field} ${text(value)}`).join(', ');
};

const share = ({ failed, counted }: DisabledAt): string =>
  say`${failed} of ${counted} (${counted === 0 ? 0 : ((100 * failed) / counted).toFixed(1)} %)`;

const describeFirst = ({ disabled }: HookResult, policy: DeliveryPolicy): string => {
  const [first] = disabled;
  if (first === undefined) return '';
  const at = say`at ${formatTime(first.atMs)}`;
  if (first.reason === 'request') return say`was disabled by hand ${at}`;
  if (first.reason === 'account') return say`was disabled ${at}, with its account`;
  const { numerator, denominator } = policy.threshold;
  const attempt = say`by attempt ${first.attempt} of its window, the hook's ${ordinal(first.ordinal)}`;
  const more = say`more than ${((100 * numerator) / denominator).toFixed(0)} %`;
  const what = policy.counted === 'events' ? say`events` : say`attempts`;
  return say`was disabled ${at} ${attempt}: ${share(first)} ${what} of ${formatTime(policy.windowMs)} had failed, ${more}`;
};

const ordinal = (number: number): string => {
  const tens = number % 100;
  if (tens >= 11 && tens <= 13) return say`${number}th`;
  return (
    [say`${number}th`, say`${number}st`, say`${number}nd`, say`${number}rd`][number % 10] ??
    say`${number}th`
  );
};

const describeStay = (
  { headroomMin, attempts }: HookResult,
  { threshold }: DeliveryPolicy,
): string => {
  if (attempts === 0) return say`stayed enabled; nothing was tried`;
  if (threshold.numerator === threshold.denominator) {
    return say`stayed enabled; nothing disables it`;
  }
  if (headroomMin === null) return say`stayed enabled; its window never held enough to be judged`;
  return say`stayed enabled; at its closest ${plural(headroomMin, 'more failure')} would have disabled it`;
};

const describeHook = (hook: HookResult, result: SimulationResult): string => {
  const { disabled, enabledAtMs, disabledMs, lost } = hook;
  const parts = [
    `${hook.hook} ${disabled.length === 0 ? describeStay(hook, result.policy) : describeFirst(hook, result.policy)}`,
  ];
  if (disabled.length > 1) {
    parts.push(say`it was disabled ${plural(disabled.length, 'time')} in all`);
  }
  if (disabled.length > 0) {
    parts.push(
      enabledAtMs.length < disabled.length
        ? say`it was disabled for ${formatTime(disabledMs)}, until the run ended`
        : say`it was disabled for ${formatTime(disabledMs)}`,
    );
  }
  if (lost > 0) parts.push(say`${plural(lost, 'event')} never reached its receiver`);
  return `${parts.join('; ')}.`;
};

const describeFleet = ({ totals, accounts }: SimulationResult): string => {
  const { hooksDisabled, hooks } = totals;
  const part = ((100 * hooksDisabled) / hooks).toFixed(1);
  return say`Of ${plural(hooks, 'hook')} of ${plural(accounts, 'account')}, ${hooksDisabled} (${part} %) were disabled by the rule; ${plural(totals.lost, 'event')} never reached a receiver.`;
};

/** When what was disabled, by which attempt, and under which reading. */
export const describeSimulation = (result: SimulationResult): string => {
  const outcome =
    result.accounts === 1
      ? result.hooks.map((hook) => describeHook(hook, result)).join(' ')
      : describeFleet(result);
  const stopped = result.complete
    ? ''
    : say` The run was stopped at ${formatTime(result.untilMs)}: what came later is not told.`;
  return say`Under the reading ${describePolicy(result.policy)}: ${outcome}${stopped}`;
};
