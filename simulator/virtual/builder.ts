/** Scenarios by chained calls, for tests: every call gives a new scenario and leaves the old one. */
import type { PolicyChoice } from './compile.js';
import type {
  Behaviour,
  Scenario,
  ScenarioAction,
  ScenarioHook,
  ScenarioTraffic,
} from './scenario.js';

type Of<Union extends { readonly kind: string }, Kind extends Union['kind']> = Omit<
  Extract<Union, { kind: Kind }>,
  'kind'
>;
type Without<Fields, Key extends PropertyKey> = Omit<Fields, Key>;
type Time = string | number;

/** A scenario that grows by chained calls. Behaviours given first decide first. */
export interface ScenarioBuilder {
  /** Events at even distances. */
  readonly constant: (
    rate: string,
    rest?: Without<Of<ScenarioTraffic, 'constant'>, 'rate'>,
  ) => ScenarioBuilder;
  /** Events at random, so many on average. */
  readonly poisson: (
    rate: string,
    rest?: Without<Of<ScenarioTraffic, 'poisson'>, 'rate'>,
  ) => ScenarioBuilder;
  /** Many events at an instant, or in a short time. */
  readonly burst: (
    at: Time,
    count: number,
    rest?: Without<Of<ScenarioTraffic, 'burst'>, 'at' | 'count'>,
  ) => ScenarioBuilder;
  /** Events as they were recorded. */
  readonly recorded: (
    lines: NonNullable<Of<ScenarioTraffic, 'recorded'>['lines']>,
    rest?: Pick<Of<ScenarioTraffic, 'recorded'>, 'at'>,
  ) => ScenarioBuilder;

  /** The receiver takes nothing in a span of time. */
  readonly outage: (
    from?: Time,
    until?: Time,
    rest?: Without<Of<Behaviour, 'outage'>, 'from' | 'until'>,
  ) => ScenarioBuilder;
  /** It fails for a share of the events, always, or of the attempts. */
  readonly failing: (
    share: string | number,
    rest?: Without<Of<Behaviour, 'failing'>, 'share'>,
  ) => ScenarioBuilder;
  /** It does its work, but takes its time. */
  readonly slow: (
    latency: Of<Behaviour, 'slow'>['latency'],
    rest?: Without<Of<Behaviour, 'slow'>, 'latency'>,
  ) => ScenarioBuilder;
  /** It is up for a while, down for a while, and again. */
  readonly flapping: (
    up: Time,
    down: Time,
    rest?: Without<Of<Behaviour, 'flapping'>, 'up' | 'down'>,
  ) => ScenarioBuilder;
  /** It refuses some kinds of events. */
  readonly rejecting: (
    events: Of<Behaviour, 'rejecting'>['events'],
    rest?: Without<Of<Behaviour, 'rejecting'>, 'events'>,
  ) => ScenarioBuilder;
  /** It does so much at a time, and breaks down under more. */
  readonly capacity: (
    rate: string,
    rest?: Without<Of<Behaviour, 'capacity'>, 'rate'>,
  ) => ScenarioBuilder;
  /** It takes what no other behaviour decided. */
  readonly healthy: (rest?: Of<Behaviour, 'healthy'>) => ScenarioBuilder;

  /** A hook; without any there is one, `main`, for all events. */
  readonly hook: (name: string, rest?: Without<ScenarioHook, 'name'>) => ScenarioBuilder;
  /** A receiver that hooks name. */
  readonly receiver: (name: string, ...behaviours: readonly Behaviour[]) => ScenarioBuilder;

  /** Somebody disables a hook. */
  readonly disable: (
    at: Time,
    rest?: Without<Of<ScenarioAction, 'disable'>, 'at'>,
  ) => ScenarioBuilder;
  /** Somebody enables a hook. */
  readonly enable: (
    at: Time,
    rest?: Without<Of<ScenarioAction, 'enable'>, 'at'>,
  ) => ScenarioBuilder;
  /** Somebody has events sent again. */
  readonly resend: (
    at: Time,
    rest?: Without<Of<ScenarioAction, 'resend'>, 'at'>,
  ) => ScenarioBuilder;
  /** The receiver asks GET /events. */
  readonly poll: (at: Time, rest?: Without<Of<ScenarioAction, 'poll'>, 'at'>) => ScenarioBuilder;

  /** What the scenario shows, in a sentence. */
  readonly about: (about: string) => ScenarioBuilder;
  /** The reading of the rules. */
  readonly policy: (policy: PolicyChoice) => ScenarioBuilder;
  /** What chance draws from. */
  readonly seed: (seed: number) => ScenarioBuilder;
  /** When the run ends. */
  readonly until: (until: Time) => ScenarioBuilder;
  /** So many accounts alike. */
  readonly accounts: (accounts: number) => ScenarioBuilder;
  /** The scenario as it is written in a file. */
  readonly toJSON: () => Scenario;
}

interface Draft {
  readonly fields: Omit<Scenario, 'traffic' | 'receiver' | 'receivers' | 'hooks' | 'actions'>;
  readonly traffic: readonly ScenarioTraffic[];
  readonly behaviours: readonly Behaviour[];
  readonly receivers: Readonly<Record<string, Behaviour[]>>;
  readonly hooks: readonly ScenarioHook[];
  readonly actions: readonly ScenarioAction[];
}

const build = (draft: Draft): ScenarioBuilder => {
  const field = (more: Draft['fields']): ScenarioBuilder =>
    build({ ...draft, fields: { ...draft.fields, ...more } });
  const traffic = (one: ScenarioTraffic): ScenarioBuilder =>
    build({ ...draft, traffic: [...draft.traffic, one] });
  const behaviour = (one: Behaviour): ScenarioBuilder =>
    build({ ...draft, behaviours: [...draft.behaviours, one] });
  const action = (one: ScenarioAction): ScenarioBuilder =>
    build({ ...draft, actions: [...draft.actions, one] });
  return {
    constant: (rate, rest) => traffic({ ...rest, kind: 'constant', rate }),
    poisson: (rate, rest) => traffic({ ...rest, kind: 'poisson', rate }),
    burst: (at, count, rest) => traffic({ ...rest, kind: 'burst', at, count }),
    recorded: (lines, rest) => traffic({ ...rest, kind: 'recorded', lines }),
    outage: (from, until, rest) => behaviour({ ...rest, kind: 'outage', from, until }),
    failing: (share, rest) => behaviour({ ...rest, kind: 'failing', share }),
    slow: (latency, rest) => behaviour({ ...rest, kind: 'slow', latency }),
    flapping: (up, down, rest) => behaviour({ ...rest, kind: 'flapping', up, down }),
    rejecting: (events, rest) => behaviour({ ...rest, kind: 'rejecting', events }),
    capacity: (rate, rest) => behaviour({ ...rest, kind: 'capacity', rate }),
    healthy: (rest) => behaviour({ ...rest, kind: 'healthy' }),
    hook: (name, rest) => build({ ...draft, hooks: [...draft.hooks, { ...rest, name }] }),
    receiver: (name, ...behaviours) =>
      build({ ...draft, receivers: { ...draft.receivers, [name]: [...behaviours] } }),
    disable: (at, rest) => action({ ...rest, kind: 'disable', at }),
    enable: (at, rest) => action({ ...rest, kind: 'enable', at }),
    resend: (at, rest) => action({ ...rest, kind: 'resend', at }),
    poll: (at, rest) => action({ ...rest, kind: 'poll', at }),
    about: (about) => field({ about }),
    policy: (policy) => field({ policy }),
    seed: (seed) => field({ seed }),
    until: (until) => field({ until }),
    accounts: (accounts) => field({ accounts }),
    toJSON: () => ({
      ...draft.fields,
      traffic: [...draft.traffic],
      ...(draft.behaviours.length === 0 ? {} : { receiver: [...draft.behaviours] }),
      ...(Object.keys(draft.receivers).length === 0 ? {} : { receivers: draft.receivers }),
      ...(draft.hooks.length === 0 ? {} : { hooks: [...draft.hooks] }),
      ...(draft.actions.length === 0 ? {} : { actions: [...draft.actions] }),
    }),
  };
};

/**
 * Begins a scenario.
 *
 * @example
 * ```ts
 * const deploy = scenario('deploy').constant('10/min', { from: '-1h', until: '4h' }).outage(0, '25m');
 * expect(await simulate(deploy)).toStayEnabled();
 * ```
 */
export const scenario = (name: string): ScenarioBuilder =>
  build({
    fields: { name },
    traffic: [],
    behaviours: [],
    receivers: {},
    hooks: [],
    actions: [],
  });
