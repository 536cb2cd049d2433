/**
 * Small random scenarios for which everything coincides: instants, delays and latencies are a few
 * milliseconds, so that what happens at one instant is put to the test by nearly all of them.
 */
import fc from 'fast-check';
import type { DeliveryPolicy } from '../../simulator/core/policy.js';
import type {
  Behaviour,
  Scenario,
  ScenarioAction,
  ScenarioHook,
  ScenarioTraffic,
} from '../../simulator/virtual/scenario.js';

const END_MS = 40;

const ms = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
const instant = fc.integer({ min: -5, max: END_MS });
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

/** What ends before it begins is refused: turned round, it is a span. */
const ordered = <One extends object>(one: One): One => {
  const { kind, from, at, until } = one as Readonly<Record<string, unknown>>;
  const begins = from ?? at ?? (kind === 'flapping' ? 0 : undefined);
  if (typeof begins !== 'number' || typeof until !== 'number' || until >= begins) return one;
  return { ...one, [at === undefined ? 'from' : 'at']: until, until: begins };
};

const EVENTS = ['checks.created', 'checks.finished', 'digital_identity.succeeded'] as const;
const one = fc.constantFrom(...EVENTS);
const names = fc.oneof(
  fc.constantFrom<string>('*', 'checks.*', 'digital_identity.*', ...EVENTS),
  fc.subarray([...EVENTS], { minLength: 1 }),
);

const answer = fc.constantFrom(
  ...([
    500,
    404,
    302,
    204,
    'refused',
    'reset',
    'dns',
    'tls',
    'connect-timeout',
    'timeout',
  ] as const),
);
const latency = fc.oneof(
  ms(6),
  fc.tuple(ms(4), ms(4)).map(([min, more]) => ({ min, max: min + more })),
  fc.tuple(ms(3), ms(9)).map(([median, more]) => ({ median: median + 1, p99: median + 1 + more })),
);
const share = fc.constantFrom('0%', '50%', '100%', '2/5', '3/4', 0.8);
const rate = fc.constantFrom('1/ms', '2/ms', '1/2ms', '1/3ms', '3/7ms', '1/5ms');

const traffic: fc.Arbitrary<ScenarioTraffic> = fc
  .oneof(
    fc.record({
      kind: fc.constantFrom('constant', 'poisson'),
      rate,
      from: instant,
      until: maybe(instant),
      count: ms(12),
      events: fc.oneof(
        names,
        fc.record({ 'checks.*': ms(3), 'digital_identity.succeeded': fc.constant(1) }),
      ),
    }) as fc.Arbitrary<ScenarioTraffic>,
    fc.record({
      kind: fc.constant('burst'),
      at: instant,
      count: fc.integer({ min: 1, max: 6 }),
      over: ms(5),
      every: fc.constantFrom(5, 8, 13),
      until: instant.map((at) => at + 5),
      events: names,
    }) as fc.Arbitrary<ScenarioTraffic>,
    fc.record({
      kind: fc.constant('recorded'),
      lines: fc.array(fc.record({ at: instant, event: one }), { maxLength: 10 }),
      at: maybe(instant),
    }) as fc.Arbitrary<ScenarioTraffic>,
  )
  .map(ordered);

const span = { from: maybe(instant), until: maybe(instant) };

const behaviour: fc.Arbitrary<Behaviour> = fc
  .oneof(
    fc.record({ kind: fc.constant('healthy'), latency: maybe(latency), ...span }),
    fc.record({ kind: fc.constant('outage'), answer: maybe(answer), ...span }),
    fc.record({
      kind: fc.constant('failing'),
      share,
      of: fc.constantFrom('events', 'attempts'),
      spread: fc.constantFrom('random', 'even'),
      answer: maybe(answer),
      ...span,
    }),
    fc.record({ kind: fc.constant('slow'), latency, share: maybe(share), ...span }),
    fc.record({
      kind: fc.constant('flapping'),
      up: fc.integer({ min: 1, max: 9 }),
      down: ms(9),
      answer: maybe(answer),
      ...span,
    }),
    fc.record({ kind: fc.constant('rejecting'), events: names, answer: maybe(answer), ...span }),
    fc.record({
      kind: fc.constant('capacity'),
      rate,
      backlog: maybe(ms(3)),
      answer: maybe(answer),
      ...span,
    }),
  )
  .map(ordered);

const receiver = fc.oneof(behaviour, fc.array(behaviour, { maxLength: 3 }));

const hook = (name: string): fc.Arbitrary<ScenarioHook> =>
  fc.record({
    name: fc.constant(name),
    events: maybe(names),
    receiver: fc.oneof(fc.constantFrom('shared', undefined), receiver),
    reenableAfter: maybe(ms(9)),
    creator: fc.constantFrom(undefined, 'owner@example.com'),
  });

const again = {
  at: instant,
  every: maybe(fc.integer({ min: 2, max: 9 })),
  until: fc.constant(END_MS),
};

const actionOf = (hooks: readonly string[]): fc.Arbitrary<ScenarioAction> => {
  const which = { hook: maybe(fc.constantFrom(...hooks)) };
  return fc.oneof(
    fc.record({ kind: fc.constantFrom('disable', 'enable', 'enable'), ...which, ...again }),
    fc.record({
      kind: fc.constant('resend'),
      most: maybe(fc.integer({ min: 1, max: 3 })),
      ...which,
      ...again,
    }),
    fc.record({ kind: fc.constant('poll'), ...again }),
  );
};

/** The ten open choices, drawn at random, with windows of a few milliseconds. */
export const policyArbitrary: fc.Arbitrary<DeliveryPolicy> = fc.record({
  attemptsMax: fc.integer({ min: 1, max: 6 }),
  delaysMs: fc.array(fc.constantFrom(0, 1, 2, 2, 3, 5, 8), { minLength: 5, maxLength: 5 }),
  delayFrom: fc.constantFrom('previous-end', 'previous-start', 'first-start'),
  failureConditions: fc.oneof(
    fc.constant(['status', 'timeout', 'connection', 'dns', 'tls', 'redirects']),
    fc.subarray(['status', 'timeout', 'connection', 'dns', 'tls', 'redirects']),
  ),
  timeoutMs: fc.integer({ min: 1, max: 6 }),
  redirectsMax: fc.constant(2),
  window: fc.constantFrom('rolling', 'tumbling'),
  windowMs: fc.integer({ min: 1, max: 30 }),
  threshold: fc.constantFrom(
    { numerator: 4, denominator: 5 },
    { numerator: 1, denominator: 2 },
    { numerator: 2, denominator: 3 },
    { numerator: 0, denominator: 1 },
    { numerator: 19, denominator: 20 },
    { numerator: 1, denominator: 1 },
  ),
  attemptsMin: fc.constantFrom(1, 1, 2, 3, 5, 10),
  counted: fc.constantFrom('attempts', 'events'),
  resendsCounted: fc.boolean(),
  onDisable: fc.constantFrom('drop', 'hold', 'send'),
  onEnable: fc.constantFrom('clear', 'keep'),
  scope: fc.constantFrom('hook', 'account'),
}) as fc.Arbitrary<DeliveryPolicy>;

/** What is undefined is left out, as in a scenario that was written down. */
const asWritten = (scenario: Scenario): Scenario => JSON.parse(JSON.stringify(scenario));

/** A scenario of one account. */
export const scenarioArbitrary: fc.Arbitrary<Scenario> = fc
  .integer({ min: 1, max: 3 })
  .chain((size) => {
    const hooks = ['first', 'second', 'third'].slice(0, size);
    return fc.record({
      seed: fc.nat(99),
      policy: policyArbitrary as fc.Arbitrary<unknown> as fc.Arbitrary<Record<string, unknown>>,
      until: maybe(fc.integer({ min: 0, max: 2 * END_MS })),
      traffic: fc.array(traffic, { minLength: 1, maxLength: 3 }),
      receivers: fc.record({ shared: receiver }),
      receiver,
      hooks: fc.tuple(...hooks.map(hook)),
      actions: fc.array(actionOf(hooks), { maxLength: 4 }),
    });
  })
  .map(asWritten);
