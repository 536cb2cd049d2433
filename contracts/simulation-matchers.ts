/** Matchers for results of `simulate`, for `expect.extend` of vitest, Jest and whatever takes the same. */
import {
  type HookResult,
  type SimulationResult,
  HookproofError,
  formatTime,
  parseTime,
  timePattern,
} from '../simulator/index.js';

interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Which hook is meant; all of them if left out. */
export interface HookChoice {
  readonly hook?: string;
}

const resultIn = (received: unknown): SimulationResult => {
  if (typeof received === 'object' && received !== null && 'sentence' in received) {
    return received as SimulationResult;
  }
  throw new TypeError('expected the result of a simulation: await simulate(scenario)');
};

const hooksIn = (result: SimulationResult, { hook }: HookChoice): readonly HookResult[] => {
  if (!result.complete) throw new Error('not decided: the simulation was stopped before its end');
  const hooks = result.hooks.filter((one) => hook === undefined || one.hook === hook);
  // Of a hook without attempts nothing shows how it stands up to the rule.
  const idle = hooks.find(({ attempts, disabled }) => attempts === 0 && disabled.length === 0);
  if (idle !== undefined) {
    throw new Error(`not decided: nothing was delivered to ${idle.hook} in this scenario`);
  }
  if (hooks.length > 0) return hooks;
  const known = [...new Set(result.hooks.map((one) => one.hook))].join(', ');
  throw new TypeError(`there is no hook '${String(hook)}' in the result; it has ${known}`);
};

/** When the rule disabled a hook, itself or with its account; not when somebody did. */
const timesOf = ({ disabled }: HookResult): readonly number[] =>
  disabled.filter(({ reason }) => reason !== 'request').map(({ atMs }) => atMs);

const said = ({ sentence }: SimulationResult, expected: string, not: boolean): string =>
  `${not ? 'did not expect' : 'expected'}: ${expected}\n${sentence}`;

/** A text that is no time would be read as 0, and `not` would pass. */
const readTime = (time: unknown): number => {
  if (typeof time === 'number' && Number.isSafeInteger(time)) return time;
  if (typeof time === 'string' && timePattern.test(time)) return parseTime(time);
  throw new HookproofError(
    'invalid_argument',
    `${JSON.stringify(time) ?? 'undefined'} is no time`,
    "write it as '31m36s', or as whole milliseconds",
  );
};

/** Matchers for the result of `simulate`, for `expect.extend` of vitest and Jest. */
export const simulationMatchers = {
  /** The rule disables the hook, for the first time, at an instant such as `31m` or 1860000. */
  toBeDisabledAt: (received: unknown, time: string | number, choice: HookChoice = {}): Matched => {
    const result = resultIn(received);
    const atMs = readTime(time);
    const pass = hooksIn(result, choice).some((hook) => timesOf(hook)[0] === atMs);
    const expected = `${choice.hook ?? 'a hook'} disabled at ${formatTime(atMs)}`;
    return { pass, message: () => said(result, expected, pass) };
  },
  /** The rule never disables the hook. */
  toStayEnabled: (received: unknown, choice: HookChoice = {}): Matched => {
    const result = resultIn(received);
    const pass = hooksIn(result, choice).every((hook) => timesOf(hook).length === 0);
    const expected = `${choice.hook ?? 'every hook'} to stay enabled`;
    return { pass, message: () => said(result, expected, pass) };
  },
};
