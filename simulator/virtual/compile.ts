/** From a scenario to the plan of one of its accounts. */
import { describeValue, oneOf } from '../core/checks.js';
import { HookproofError } from '../core/errors.js';
import { createPolicy, policies } from '../core/policy.js';
import type { DeliveryPolicy } from '../core/policy.js';
import { createAnswerBook } from './answers.js';
import { matchAny } from './patterns.js';
import type { ReceiverModel } from './behaviours.js';
import type { Plan, PlannedAction, PlannedHook } from './plan.js';
import { createReceiverModel, seedReceiver } from './receiver-models.js';
import { limits } from './run.js';
import type { Scenario, ScenarioAction, ScenarioHook } from './scenario.js';
import { requireSpan, wrongScenario } from './scenario-errors.js';
import { compileTraffic, lastEventMs } from './traffic.js';
import { parseTime } from './units.js';
import { say } from '../../language/say.js';

/** A reading of the delivery rules: by name, or by the fields in which it differs. */
export type PolicyChoice = keyof typeof policies | Partial<DeliveryPolicy>;

/** @throws {HookproofError} `invalid_argument` for a field that cannot be */
export const choosePolicy = (choice: PolicyChoice = 'documented'): DeliveryPolicy => {
  const policy = typeof choice === 'string' ? policyNamed(choice) : createPolicy(choice);
  if (policy.attemptsMax <= limits.attempts) return policy;
  throw wrongScenario(
    ['policy', 'attemptsMax'],
    say`at most ${limits.attempts} in a simulation`,
    policy.attemptsMax,
  );
};

const policyNamed = (choice: string): DeliveryPolicy => {
  const found = Object.entries(policies).find(([name]) => name === choice);
  if (found !== undefined) return found[1];
  throw new HookproofError(
    'invalid_argument',
    say`policy: expected ${oneOf(...Object.keys(policies)).expected}, got ${describeValue(choice)}`,
    say`or give the fields that differ`,
  );
};

/** Repeated actions at the most, so that a slip of the unit does not fill the memory. */
const ACTIONS_MAX = 1_000_000;

/** What is chosen beside the scenario. */
export interface PlanChoices {
  readonly policy: DeliveryPolicy;
  readonly seed: number;
  /** Infinity where the run ends by itself. */
  readonly untilMs: number;
  /** From 0. */
  readonly account: number;
}

const hooksOf = (scenario: Scenario): readonly ScenarioHook[] =>
  scenario.hooks ?? [{ name: 'main' }];

/** The receivers of a scenario by name: those named, the common one, and those of single hooks. */
export const receiverNames = (scenario: Scenario): readonly string[] => [
  ...Object.keys(scenario.receivers ?? {}),
  ...(hooksOf(scenario).some(({ receiver }) => receiver === undefined) ? [COMMON] : []),
  ...hooksOf(scenario)
    .filter(({ receiver }) => typeof receiver === 'object')
    .map(({ name }) => name),
];

const COMMON = 'receiver';

/** Makes the plan of an account. The plan before is used up then: they share their receivers. */
export type MakePlan = (account: number) => Plan;

/**
 * Reads the scenario once for all of its accounts, which differ in their chance only.
 *
 * @throws {HookproofError} `invalid_scenario` for what only the whole scenario shows to be wrong
 */
export const compile = (
  scenario: Scenario,
  { policy, seed, untilMs }: Omit<PlanChoices, 'account'>,
): MakePlan => {
  const answers = createAnswerBook(policy);
  const names = receiverNames(scenario);
  const hooks = hooksOf(scenario);
  const planned = planHooks(hooks, names);
  refuseTwins(hooks, names);
  const receivers = names.map((name): ReceiverModel => {
    const own = hooks.findIndex((hook) => hook.name === name && typeof hook.receiver === 'object');
    const { receivers: all = {} } = scenario;
    const named = Object.hasOwn(all, name) ? all[name] : undefined;
    const tools = { policy, answers };
    if (named !== undefined) return createReceiverModel(named, tools, ['receivers', name]);
    const behaviours = hooks[own]?.receiver;
    return typeof behaviours === 'object'
      ? createReceiverModel(behaviours, tools, ['hooks', own, 'receiver'])
      : createReceiverModel(scenario.receiver, tools, ['receiver']);
  });
  if (answers.answers.length > limits.answers) {
    throw wrongScenario(
      ['receivers'],
      say`at most ${limits.answers} different answers`,
      answers.answers.length,
    );
  }
  const trafficOf = compileTraffic(scenario, untilMs);
  const actions = planActions(scenario.actions ?? [], hooks, names, untilMs);
  return (account) => {
    const label = `${seed}/account/${account}`;
    for (const [index, model] of receivers.entries()) {
      seedReceiver(model, `${label}/receiver/${names[index] ?? ''}`);
    }
    const traffic = trafficOf(label);
    return { policy, hooks: planned, receivers, answers, traffic, actions, untilMs };
  };
};

/** The plan of one account. @throws as `compile` does */
export const createPlan = (scenario: Scenario, choices: PlanChoices): Plan =>
  compile(scenario, choices)(choices.account);

/** A receiver of a hook's own is called after it, so that no other may have that name. */
const refuseTwins = (hooks: readonly ScenarioHook[], receivers: readonly string[]): void => {
  const twin = receivers.find((name, index) => receivers.indexOf(name) !== index);
  if (twin === undefined) return;
  const own = hooks.findIndex(
    ({ name, receiver }) => name === twin && typeof receiver === 'object',
  );
  throw wrongScenario(
    own === -1 ? ['receivers', twin] : ['hooks', own, 'name'],
    say`a name that no other receiver has`,
    twin,
  );
};

const planHooks = (
  hooks: readonly ScenarioHook[],
  receivers: readonly string[],
): readonly PlannedHook[] => {
  if (hooks.length > limits.hooks) {
    throw wrongScenario(['hooks'], say`at most ${limits.hooks} of them`, hooks.length);
  }
  return hooks.map((hook, index) => {
    const twin = hooks.findIndex(({ name }) => name === hook.name);
    if (twin !== index) {
      throw wrongScenario(['hooks', index, 'name'], say`a name of its own`, hook.name);
    }
    const { receiver, creator = 'creator@example.com', owner = 'owner@example.com' } = hook;
    const by = typeof receiver === 'object' ? hook.name : (receiver ?? COMMON);
    const place = receivers.indexOf(by);
    if (place === -1) {
      throw wrongScenario(
        ['hooks', index, 'receiver'],
        say`the name of a receiver: ${receivers.join(', ') || say`there is none`}`,
        receiver,
      );
    }
    return {
      name: hook.name,
      receiver: place,
      subscribes: matchAny(hook.events, ['hooks', index, 'events']),
      reenableAfterMs: hook.reenableAfter === undefined ? undefined : parseTime(hook.reenableAfter),
      recipients: creator === owner ? [creator] : [creator, owner],
    };
  });
};

const planActions = (
  actions: readonly ScenarioAction[],
  hooks: readonly ScenarioHook[],
  receivers: readonly string[],
  untilMs: number,
): readonly PlannedAction[] => {
  const names = hooks.map(({ name }) => name);
  const placesOf = (
    known: readonly string[],
    name: string | undefined,
    index: number,
    what: string,
  ): readonly number[] => {
    if (name === undefined) return [...known.keys()];
    const place = known.indexOf(name);
    if (place !== -1) return [place];
    throw wrongScenario(['actions', index, what], say`one of ${known.join(', ')}`, name);
  };
  return actions
    .flatMap((action, index) => {
      requireSpan(['actions', index], action.at, action.until);
      const times = timesOf(action, index, untilMs);
      if (action.kind === 'poll') {
        const places = placesOf(receivers, action.receiver, index, 'receiver');
        return times.flatMap((atMs) =>
          places.map((receiver): PlannedAction => ({ kind: 'poll', atMs, receiver })),
        );
      }
      const places = placesOf(names, action.hook, index, 'hook');
      return times.flatMap((atMs) =>
        places.map((hook): PlannedAction =>
          action.kind === 'resend'
            ? { kind: 'resend', atMs, hook, most: action.most ?? Number.POSITIVE_INFINITY }
            : { kind: action.kind, atMs, hook },
        ),
      );
    })
    .toSorted((one, other) => one.atMs - other.atMs);
};

const timesOf = (action: ScenarioAction, index: number, untilMs: number): readonly number[] => {
  const firstMs = parseTime(action.at);
  if (action.every === undefined) return [firstMs];
  const everyMs = parseTime(action.every);
  const endMs = action.until === undefined ? Number.POSITIVE_INFINITY : parseTime(action.until);
  const lastMs = Math.min(endMs - 1, untilMs);
  if (lastMs === Number.POSITIVE_INFINITY) {
    throw wrongScenario(
      ['actions', index],
      say`an end: "until" here, "until" in the scenario, or --until`,
      action,
    );
  }
  const most = Math.floor((lastMs - firstMs) / everyMs) + 1;
  if (everyMs < 1 || most > ACTIONS_MAX) {
    throw wrongScenario(
      ['actions', index, 'every'],
      say`a longer time: at most ${ACTIONS_MAX} repetitions`,
      action.every,
    );
  }
  return Array.from({ length: Math.max(0, most) }, (_, times) => firstMs + times * everyMs);
};

/** When a run is over at the latest, as far as can be told before it. */
export const expectedEndMs = (
  scenario: Scenario,
  { policy, untilMs }: Pick<PlanChoices, 'policy' | 'untilMs'>,
): number => {
  const retriesMs = policy.delaysMs
    .slice(0, policy.attemptsMax - 1)
    .reduce((sum, delayMs) => sum + delayMs + policy.timeoutMs, policy.timeoutMs);
  return Math.min(untilMs, lastEventMs(scenario) + retriesMs);
};
