import { describe, expect, test } from 'vitest';
import {
  type DeliveryCommand,
  type DeliveryInput,
  type DeliveryState,
  createDeliveryState,
  step,
} from '../../simulator/core/delivery.js';
import { type DeliveryPolicy, createPolicy, policies } from '../../simulator/core/policy.js';
import { standing } from '../../simulator/core/window.js';
import { accepted, rejected } from './play.js';

const enqueue = (deliveryId: string, atMs: number, resend = false): DeliveryInput => ({
  kind: 'enqueue',
  deliveryId,
  eventKeys: [`HKE-${deliveryId}`],
  atMs,
  resend,
});
const due = (deliveryId: string, atMs: number): DeliveryInput => ({
  kind: 'due',
  deliveryId,
  atMs,
});
const ended = (deliveryId: string, atMs: number, outcome = rejected): DeliveryInput => ({
  kind: 'attempt-ended',
  deliveryId,
  startedAtMs: atMs,
  endedAtMs: atMs,
  outcome,
});
const disable = (atMs: number): DeliveryInput => ({ kind: 'disable', atMs });
const enable = (atMs: number): DeliveryInput => ({ kind: 'enable', atMs });

/** Feeds the inputs in turn; gives the last state and each input's commands. */
const feed = (
  policy: DeliveryPolicy,
  inputs: readonly DeliveryInput[],
): {
  readonly state: DeliveryState;
  readonly commands: readonly (readonly DeliveryCommand[])[];
} => {
  let state = createDeliveryState(policy);
  const commands = inputs.map((input) => {
    const advanced = step(state, input);
    state = advanced.state;
    return advanced.commands;
  });
  return { state, commands };
};

const lastOf = (policy: DeliveryPolicy, inputs: readonly DeliveryInput[]) =>
  feed(policy, inputs).commands.at(-1);

describe('a delivery', () => {
  test('is attempted at once, scheduled after a failure, attempted again and delivered', () => {
    const { state, commands } = feed(policies.documented, [
      enqueue('a', 5),
      ended('a', 10),
      due('a', 30_010),
      ended('a', 30_020, accepted),
    ]);
    expect(commands).toEqual([
      [{ kind: 'attempt', deliveryId: 'a', attempt: 1 }],
      [{ kind: 'schedule', deliveryId: 'a', attempt: 2, dueMs: 30_010 }],
      [{ kind: 'attempt', deliveryId: 'a', attempt: 2 }],
      [{ kind: 'delivered', deliveryId: 'a', attempts: 2 }],
    ]);
    expect(state.pending.size).toBe(0);
    expect(state.attemptsEnded).toBe(2);
  });

  test('is exhausted when its last attempt fails', () => {
    const policy = createPolicy({ attemptsMax: 2 });
    const inputs = [enqueue('a', 0), ended('a', 0), due('a', 30_000), ended('a', 30_000)];
    expect(lastOf(policy, inputs)).toEqual([{ kind: 'exhausted', deliveryId: 'a', attempts: 2 }]);
  });

  test.each([
    ['unknown', [due('b', 0)]],
    ['too early', [enqueue('a', 0), ended('a', 0), due('a', 29_999)]],
    ['already in the air', [enqueue('a', 0), due('a', 0)]],
    ['settled', [enqueue('a', 0), ended('a', 0, accepted), due('a', 30_000)]],
  ])('ignores a timer that is %s', (_why, inputs) => {
    expect(lastOf(policies.documented, inputs)).toEqual([]);
  });

  test.each([
    ['delivery a is pending already', [enqueue('a', 0), enqueue('a', 1)]],
    ['delivery a has no attempt in the air', [ended('a', 0)]],
    ['delivery a has no attempt in the air', [enqueue('a', 0), ended('a', 0), ended('a', 1)]],
  ])('"%s" is a mistake of its driver', (message, inputs) => {
    expect(() => feed(policies.documented, inputs)).toThrow(message);
  });
});

describe('disabling', () => {
  test('by the rule gives the figures, then notifies, then drops what waits', () => {
    const policy = createPolicy({ attemptsMin: 2 });
    const inputs = [enqueue('a', 0), ended('a', 0), enqueue('b', 7), ended('b', 9)];
    expect(lastOf(policy, inputs)).toEqual([
      {
        kind: 'hook-disabled',
        atMs: 9,
        reason: 'rule',
        failed: 2,
        total: 2,
        attemptOrdinal: 2,
      },
      { kind: 'notify', atMs: 9, recipients: ['creator', 'owner'] },
      { kind: 'dropped', deliveryId: 'a', attempts: 1 },
      { kind: 'dropped', deliveryId: 'b', attempts: 1 },
    ]);
  });

  test.each([undefined, 'account'] as const)('for the reason %s sends no e-mail', (reason) => {
    const input: DeliveryInput = { kind: 'disable', atMs: 3, ...(reason && { reason }) };
    const figures = { failed: 0, total: 1, attemptOrdinal: 1 };
    expect(lastOf(policies.documented, [enqueue('a', 0), ended('a', 0, accepted), input])).toEqual([
      { kind: 'hook-disabled', atMs: 3, reason: reason ?? 'request', ...figures },
    ]);
  });

  test('is judged after a good attempt too', () => {
    const inputs = Array.from({ length: 10 }, (_, index) => [
      enqueue(`d${index}`, index),
      ended(`d${index}`, index, index === 9 ? accepted : rejected),
    ]).flat();
    expect(lastOf(policies.documented, inputs)).toContainEqual(
      expect.objectContaining({ kind: 'hook-disabled', failed: 9, total: 10 }),
    );
  });

  test.each([
    ['disabled', [disable(0), disable(1)]],
    ['enabled', [enable(0)]],
  ])('or enabling a hook already %s does nothing', (_state, inputs) => {
    expect(lastOf(policies.documented, inputs)).toEqual([]);
  });
});

describe('what is queued when the hook is disabled', () => {
  // a waits for a retry, b is in the air.
  const queued = [enqueue('a', 0), ended('a', 0), enqueue('b', 10), disable(20)];
  const disabledThen = (onDisable: DeliveryPolicy['onDisable'], ...inputs: DeliveryInput[]) =>
    lastOf(createPolicy({ onDisable }), [...queued, ...inputs]);
  const kindsOf = (commands: readonly DeliveryCommand[] | undefined) =>
    commands?.map(({ kind }) => kind);

  test.each([
    ['drop', ['hook-disabled', 'dropped']],
    ['hold', ['hook-disabled']],
    ['send', ['hook-disabled']],
  ] as const)('%s: %j', (onDisable, kinds) => {
    expect(kindsOf(disabledThen(onDisable))).toEqual(kinds);
  });

  test.each([
    ['drop', 'its retry falls due', due('a', 30_000), []],
    ['hold', 'its retry falls due', due('a', 30_000), []],
    ['send', 'its retry falls due', due('a', 30_000), ['attempt']],
    ['drop', 'the one in the air fails', ended('b', 30), ['dropped']],
    ['hold', 'the one in the air fails', ended('b', 30), []],
    ['send', 'the one in the air fails', ended('b', 30), ['schedule']],
    ['drop', 'the one in the air succeeds', ended('b', 30, accepted), ['delivered']],
    ['hold', 'the one in the air succeeds', ended('b', 30, accepted), ['delivered']],
    ['send', 'the one in the air succeeds', ended('b', 30, accepted), ['delivered']],
    ['drop', 'an event comes', enqueue('c', 30), ['dropped']],
    ['hold', 'an event comes', enqueue('c', 30), []],
    ['send', 'an event comes', enqueue('c', 30), ['dropped']],
    ['drop', 'it is enabled', enable(30), ['hook-enabled']],
    ['hold', 'it is enabled', enable(30), ['hook-enabled', 'schedule']],
    ['send', 'it is enabled', enable(30), ['hook-enabled']],
  ] as const)('%s, when %s: %j', (onDisable, _when, input, kinds) => {
    expect(kindsOf(disabledThen(onDisable, input))).toEqual(kinds);
  });

  test('held deliveries go out when the hook is enabled, those overdue at once', () => {
    const inputs = [due('a', 30_000), ended('b', 29_000), enqueue('c', 40_000), enable(50_000)];
    expect(disabledThen('hold', ...inputs)).toEqual([
      { kind: 'hook-enabled', atMs: 50_000 },
      { kind: 'schedule', deliveryId: 'a', attempt: 2, dueMs: 50_000 },
      { kind: 'schedule', deliveryId: 'b', attempt: 2, dueMs: 59_000 },
      { kind: 'schedule', deliveryId: 'c', attempt: 1, dueMs: 50_000 },
    ]);
  });

  test('a held delivery is attempted once, however many timers it left behind', () => {
    const early = [enable(20_000), due('a', 30_000), due('a', 30_000)];
    expect(disabledThen('hold', ...early)).toEqual([]);
    expect(disabledThen('hold', ...early.slice(0, 2))).toEqual([
      { kind: 'attempt', deliveryId: 'a', attempt: 2 },
    ]);
  });
});

describe('the window', () => {
  const failures = Array.from({ length: 10 }, (_, index) => [
    enqueue(`d${index}`, index),
    ended(`d${index}`, index),
  ]).flat();

  test.each([
    ['clear', { failed: 0, total: 0 }],
    ['keep', { failed: 10, total: 10 }],
  ] as const)('%s: it holds %j once the hook is enabled', (onEnable, figures) => {
    const { state } = feed(createPolicy({ onEnable }), [...failures, enable(20)]);
    expect(state.enabled).toBe(true);
    expect(standing(state.window, 20)).toMatchObject(figures);
  });

  test('a kept window disables the hook again at its next attempt', () => {
    const inputs = [...failures, enable(20), enqueue('again', 30), ended('again', 30, accepted)];
    expect(lastOf(createPolicy({ onEnable: 'keep' }), inputs)?.[0]).toMatchObject({
      kind: 'hook-disabled',
      failed: 10,
      total: 11,
      attemptOrdinal: 11,
    });
  });

  test.each([
    [false, 0],
    [true, 1],
  ])('a resend is counted: %s', (resendsCounted, total) => {
    const policy = createPolicy({ resendsCounted });
    const { state } = feed(policy, [enqueue('a', 0, true), ended('a', 0)]);
    expect(standing(state.window, 0)).toMatchObject({ total });
    expect(state.attemptsEnded).toBe(1);
  });

  test.each([
    ['attempts', 2],
    ['events', 3],
  ] as const)('a batch of three tried twice is %s: %i', (counted, total) => {
    const eventKeys = ['HKE1', 'HKE2', 'HKE3'];
    const { state } = feed(createPolicy({ counted }), [
      { kind: 'enqueue', deliveryId: 'a', eventKeys, atMs: 0 },
      ended('a', 0),
      due('a', 30_000),
      ended('a', 30_000),
    ]);
    expect(standing(state.window, 30_000)).toMatchObject({ failed: total, total });
  });
});
