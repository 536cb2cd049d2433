/** What a wrong scenario is told: the place, what was expected there, what was found. */
import { expect, test } from 'vitest';
import { HookproofError } from '../../simulator/core/errors.js';
import { type SimulateOptions, simulate } from '../../simulator/virtual/simulate.js';
import type { Scenario } from '../../simulator/virtual/scenario.js';

const traffic = { kind: 'burst', at: 0, count: 1 };
const constant = { kind: 'constant', rate: '1/min', until: '1h' };

const errorOf = async (scenario: unknown, options: SimulateOptions = {}): Promise<HookproofError> =>
  simulate(scenario as Scenario, options).then(
    () => expect.unreachable('it was played'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(HookproofError);
      return error as HookproofError;
    },
  );

test.each([
  [{}, 'traffic: expected a stream such as', 'found nothing'],
  [{ trafic: constant }, 'trafic: expected no field of that name', 'found {"kind":"constant"'],
  [[], 'the scenario: expected an object', 'found [] (list)'],
  ['x', 'the scenario: expected an object', 'found "x" (string)'],
  [{ traffic: { kind: 'steady' } }, 'traffic.kind: expected ', 'found "steady" (string)'],
  [{ traffic: { ...constant, rate: '10' } }, 'traffic.rate: expected a rate such as', 'found "10"'],
  [{ traffic: { ...constant, rate: '0/s' } }, 'traffic.rate: expected a rate above 0', '"0/s"'],
  [{ traffic: { ...constant, rate: '1/0s' } }, 'traffic.rate: expected a rate above 0', '"1/0s"'],
  [{ traffic: [{ ...constant, until: 'soon' }] }, 'traffic[0].until: expected a time', '"soon"'],
  [{ traffic: { ...traffic, count: 0 } }, 'traffic.count: expected ', 'found 0 (number)'],
  [
    { traffic: { ...traffic, events: 'check.*' } },
    'traffic.events: expected an event',
    '"check.*"',
  ],
  [
    { traffic: [traffic, { ...traffic, events: { 'checks.*': 0 } }] },
    'traffic[1].events: expected an event with a weight above 0',
    'found {"checks.*":0}',
  ],
  [
    { traffic: { ...traffic, over: '2m', every: '1m', until: '1h' } },
    'traffic.every: expected at least 1 ms, and as long as "over"',
    'found "1m"',
  ],
  [{ traffic: [] }, 'traffic: expected a stream such as', 'found [] (list)'],
  [{ traffic, receiver: 'down' }, 'receiver: expected a behaviour such as', 'found "down"'],
  [
    { traffic, receiver: [{ kind: 'outage', from: '2h', until: '1h' }] },
    'receiver[0].until: expected no time before 2h, when it begins',
    'found "1h"',
  ],
  [
    { traffic: { ...constant, from: '4h' } },
    'traffic.until: expected no time before 4h, when it begins',
    'found "1h"',
  ],
  [
    { traffic: { ...constant, until: '-1h' } },
    'traffic.until: expected no time before 0,',
    '"-1h"',
  ],
  [
    { traffic, actions: [{ kind: 'poll', at: '2h', every: '10m', until: '1h' }] },
    'actions[0].until: expected no time before 2h, when it begins',
    'found "1h"',
  ],
  [{ traffic: { kind: 'recorded' } }, 'traffic.lines: expected lines or a file', 'found nothing'],
  [
    { traffic: { kind: 'recorded', lines: [{ at: 0, event: 'checks.done' }] } },
    'traffic.lines[0].event: expected an event such as',
    '"checks.done"',
  ],
  [
    { traffic: { kind: 'recorded', lines: [{ at: 0, event: 'checks.*' }] } },
    'traffic.lines[0].event: expected one event, not several',
    '"checks.*"',
  ],
  [
    { traffic, receiver: [{ kind: 'outage' }, { kind: 'slow', latency: { min: 5, max: 2 } }] },
    'receiver[1].latency.max: expected at least "min"',
    'found 2 (number)',
  ],
  [
    { traffic, receiver: [{ kind: 'outage' }, { kind: 'slow', latency: { min: 5, max: 'x' } }] },
    'receiver[1].latency.max: expected a duration',
    'found "x" (string)',
  ],
  [
    { traffic, receiver: { kind: 'slow', latency: { median: '2s', p99: '1s' } } },
    'receiver.latency.p99: expected at least "median"',
    'found "1s"',
  ],
  [
    { traffic, receiver: { kind: 'failing', share: '7/5' } },
    'receiver.share: expected a share of 1 at the most',
    'found "7/5"',
  ],
  [
    { traffic, receiver: { kind: 'slow', latency: 5, share: '7/5' } },
    'receiver.share: expected a share of 1 at the most',
    'found "7/5"',
  ],
  [
    { traffic, receiver: { kind: 'flapping', up: 0, down: 0 } },
    'receiver.down: expected at least 1ms',
    'found 0',
  ],
  [
    { traffic, receiver: { kind: 'outage', answer: 99 } },
    'receiver.answer: expected a status from 100 to 599',
    'found 99',
  ],
  [
    { traffic, hooks: [{ name: 'a', receiver: 'b' }] },
    'hooks[0].receiver: expected the name of a receiver: there is none',
    'found "b"',
  ],
  [
    { traffic, hooks: [{ name: 'a' }, { name: 'a' }] },
    'hooks[1].name: expected a name of its own',
    'found "a"',
  ],
  [
    { traffic, receivers: { a: [] }, hooks: [{ name: 'a', receiver: { kind: 'outage' } }] },
    'hooks[0].name: expected a name that no other receiver has',
    'found "a"',
  ],
  [
    { traffic, receivers: { receiver: [] } },
    'receivers.receiver: expected a name that no other receiver has',
    'found "receiver"',
  ],
  [
    { traffic, actions: [{ kind: 'enable', at: 0, hook: 'other' }] },
    'actions[0].hook: expected one of main',
    'found "other"',
  ],
  [
    { traffic, actions: [{ kind: 'poll', at: 0, receiver: 'other' }] },
    'actions[0].receiver: expected one of receiver',
    'found "other"',
  ],
  [
    { traffic, actions: [{ kind: 'poll', at: 0, every: '1h' }] },
    'actions[0]: expected an end: "until" here',
    'found {"kind":"poll"',
  ],
  [
    { traffic, actions: [{ kind: 'poll', at: 0, every: '1ms', until: '1d' }] },
    'actions[0].every: expected a longer time: at most 1000000 repetitions',
    'found "1ms"',
  ],
  [
    { traffic, actions: [{ kind: 'poll', at: 0, every: 0, until: '1d' }] },
    'actions[0].every: expected a longer time',
    'found 0',
  ],
  [
    { traffic: { kind: 'constant', rate: '1/min' } },
    'traffic: expected an end: "until" or "count" here',
    'found {"kind":"constant"',
  ],
  [
    { traffic: { kind: 'burst', at: 0, count: 1, every: '1h' } },
    'traffic: expected an end',
    'found {"kind":"burst"',
  ],
  [
    { traffic, receiver: { kind: 'failing', share: 1.5 } },
    'receiver.share: expected a share',
    '1.5',
  ],
  [
    { traffic, hooks: [{ name: 'a', reenableAfter: -5 }] },
    'hooks[0].reenableAfter: expected a duration',
    '-5',
  ],
  [{ traffic, policy: 'strict' }, 'policy: expected one of documented', 'found "strict"'],
  [
    { traffic, policy: { attemptsMax: 40_000, delaysMs: Array.from({ length: 40_000 }, () => 1) } },
    'policy.attemptsMax: expected at most 32767',
    'found 40000',
  ],
  [{ traffic, parameters: { rate: null } }, 'parameters.rate: expected an object', 'found null'],
  [
    { parameters: { rate: { default: 1, about: '' } }, traffic: { ...constant, rate: '{rates}' } },
    'traffic.rate: expected a parameter among rate',
    'found "{rates}"',
  ],
])('%j is told where it is wrong', async (scenario, expected, found) => {
  const { code, message } = await errorOf(scenario);
  expect(code).toBe('invalid_scenario');
  expect(message).toContain(expected);
  expect(message.slice(message.indexOf(', found '))).toContain(found);
});

test.each([
  [{ traffic, hook: [] }, 'hook: expected no field of that name', 'did you mean hooks?'],
  [
    { traffic: { ...constant, rat: '1/s' } },
    'traffic.rat: expected no field of that name',
    'did you mean rate?',
  ],
  [
    { traffic, hooks: [{ name: 'a', reciever: 'b' }] },
    'hooks[0].reciever: expected no field',
    'did you mean receiver?',
  ],
  [{ traffic, zzzzzzzz: 1 }, 'zzzzzzzz: expected no field of that name', 'remove it'],
])('of an unknown field in %j the nearest one is named', async (scenario, expected, remedy) => {
  const error = await errorOf(scenario);
  expect(error.message).toContain(expected);
  expect(error.remedy).toContain(remedy);
});

test.each([
  [{ rates: '1/s' }, "no parameter 'rates'", 'did you mean rate? it has rate'],
  [{ constructor: '1/s' }, "no parameter 'constructor'", 'it has rate'],
])('a parameter that it does not have is refused: %j', async (parameters, expected, remedy) => {
  const scenario = {
    parameters: { rate: { default: '1/min', about: 'events' } },
    traffic: { ...constant, rate: '{rate}' },
  };
  const error = await errorOf(scenario, { parameters });
  expect(error.code).toBe('invalid_argument');
  expect(error.message).toContain(expected);
  expect(error.remedy).toContain(remedy);
});

test('a field of the policy that cannot be is refused in the policy’s words', async () => {
  const error = await errorOf({ traffic, policy: { attemptsMin: 0 } });
  expect(error).toMatchObject({ code: 'invalid_argument' });
  expect(error.message).toContain('policy.attemptsMin: expected a whole number of at least 1');
});

test('a scenario that does not end is stopped', async () => {
  const scenario = { traffic: { ...constant, rate: '1000/s' }, receiver: { kind: 'outage' } };
  const error = await errorOf(scenario, { stepsMax: 100_000 });
  expect(error.code).toBe('endless_scenario');
  expect(error.message).toMatch(/^not over after 100000 steps, at \w+, with \d+ attempts$/);
});

test('shows no more of a large value than says which it is', async () => {
  const { message } = await errorOf({ traffic: 'x'.repeat(300_000) });
  expect(message).toMatch(/found "x{100,199}…$/);
});
