/**
 * The one state machine of deliveries: what to do next for the deliveries of one hook. It only
 * decides; whoever drives it waits, sends and stores, and feeds back what happened.
 *
 * Readings chosen here (INF): an attempt in the air when the hook is disabled is let end and still
 * counts; what is enqueued while disabled is held under 'hold' and dropped otherwise ('send' speaks
 * of retries already queued); a delivery resent by hand is retried like any other; only the rule
 * sends an e-mail, a disabling by hand does not.
 */
import type { DeliveryCommand, DeliveryInput, DisableReason } from './delivery-messages.js';
import { failedUnder } from './outcome.js';
import type { DeliveryPolicy } from './policy.js';
import { type AttemptsSoFar, addAttempt, nextDueMs } from './schedule.js';
import { type DisableWindow, createWindow, record, standing } from './window.js';

export type { DeliveryCommand, DeliveryInput };

/** A delivery that is not settled yet. */
export interface PendingDelivery {
  readonly id: string;
  /** Idempotency keys of the events it carries. */
  readonly eventKeys: readonly string[];
  readonly resend: boolean;
  readonly phase: 'waiting' | 'in-flight';
  /** When the attempt it waits for, or has in the air, was due. */
  readonly dueMs: number;
  readonly attempts: AttemptsSoFar | undefined;
}

/** One hook with its pending deliveries. Only `step` advances it. */
export interface DeliveryState {
  readonly policy: DeliveryPolicy;
  readonly enabled: boolean;
  readonly pending: ReadonlyMap<string, PendingDelivery>;
  readonly window: DisableWindow;
  /** Attempts of this hook that have ended, counted in the window or not. */
  readonly attemptsEnded: number;
}

/** The state after an input, and what to do about it. */
export interface DeliveryStep {
  readonly state: DeliveryState;
  readonly commands: readonly DeliveryCommand[];
}

type Writable<Data> = { -readonly [Field in keyof Data]: Data[Field] };
type Delivery = Writable<PendingDelivery>;
type Hook = Writable<Omit<DeliveryState, 'pending'>> & { readonly pending: Map<string, Delivery> };
type InputOf<Kind extends DeliveryInput['kind']> = Extract<DeliveryInput, { kind: Kind }>;
type Commands = readonly DeliveryCommand[];

/** An enabled hook without deliveries. */
export const createDeliveryState = (policy: DeliveryPolicy): DeliveryState => ({
  policy,
  enabled: true,
  pending: new Map(),
  window: createWindow(policy),
  attemptsEnded: 0,
});

const isHolding = (hook: Hook): boolean => !hook.enabled && hook.policy.onDisable === 'hold';

const isDropping = (hook: Hook): boolean => !hook.enabled && hook.policy.onDisable === 'drop';

const nextAttempt = (delivery: Delivery): number => (delivery.attempts?.count ?? 0) + 1;

const begin = (delivery: Delivery): DeliveryCommand => {
  delivery.phase = 'in-flight';
  return { kind: 'attempt', deliveryId: delivery.id, attempt: nextAttempt(delivery) };
};

const schedule = (delivery: Delivery): DeliveryCommand => ({
  kind: 'schedule',
  deliveryId: delivery.id,
  attempt: nextAttempt(delivery),
  dueMs: delivery.dueMs,
});

const settle = (
  hook: Hook,
  delivery: Delivery,
  kind: 'delivered' | 'exhausted' | 'dropped',
): DeliveryCommand => {
  hook.pending.delete(delivery.id);
  return { kind, deliveryId: delivery.id, attempts: delivery.attempts?.count ?? 0 };
};

const enqueue = (hook: Hook, input: InputOf<'enqueue'>): Commands => {
  const { deliveryId: id, eventKeys, atMs: dueMs, resend = false } = input;
  if (hook.pending.has(id)) throw new Error(`delivery ${id} is pending already`);
  const delivery: Delivery = {
    id,
    eventKeys,
    resend,
    phase: 'waiting',
    dueMs,
    attempts: undefined,
  };
  hook.pending.set(id, delivery);
  if (hook.enabled) return [begin(delivery)];
  return isHolding(hook) ? [] : [settle(hook, delivery, 'dropped')];
};

// Timers outlive what they were set for: a delivery may have been dropped, held or set anew.
const due = (hook: Hook, input: InputOf<'due'>): Commands => {
  const delivery = hook.pending.get(input.deliveryId);
  if (delivery?.phase !== 'waiting' || input.atMs < delivery.dueMs) return [];
  return isHolding(hook) ? [] : [begin(delivery)];
};

const disable = (hook: Hook, atMs: number, reason: DisableReason): Commands => {
  if (!hook.enabled) return [];
  hook.enabled = false;
  const { failed, total } = standing(hook.window, atMs);
  const commands: DeliveryCommand[] = [
    { kind: 'hook-disabled', atMs, reason, failed, total, attemptOrdinal: hook.attemptsEnded },
  ];
  if (reason === 'rule') commands.push({ kind: 'notify', atMs, recipients: ['creator', 'owner'] });
  if (isDropping(hook)) {
    for (const delivery of hook.pending.values()) {
      if (delivery.phase === 'waiting') commands.push(settle(hook, delivery, 'dropped'));
    }
  }
  return commands;
};

/** Counts an attempt in the window and judges it. An attempt that is not counted trips nothing. */
const judge = (hook: Hook, delivery: Delivery, atMs: number, failed: boolean): Commands => {
  const { policy } = hook;
  if (delivery.resend && !policy.resendsCounted) return [];
  const keys = policy.counted === 'events' ? delivery.eventKeys : [delivery.id];
  for (const eventKey of keys) hook.window = record(hook.window, { atMs, failed, eventKey });
  return standing(hook.window, atMs).tripped ? disable(hook, atMs, 'rule') : [];
};

const afterAttempt = (hook: Hook, delivery: Delivery, soFar: AttemptsSoFar): DeliveryCommand[] => {
  const dueMs = nextDueMs(hook.policy, soFar);
  if (dueMs === undefined) return [settle(hook, delivery, 'exhausted')];
  if (isDropping(hook)) return [settle(hook, delivery, 'dropped')];
  delivery.phase = 'waiting';
  delivery.dueMs = dueMs;
  return isHolding(hook) ? [] : [schedule(delivery)];
};

const attemptEnded = (hook: Hook, input: InputOf<'attempt-ended'>): Commands => {
  const delivery = hook.pending.get(input.deliveryId);
  if (delivery?.phase !== 'in-flight') {
    throw new Error(`delivery ${input.deliveryId} has no attempt in the air`);
  }
  const failed = failedUnder(hook.policy, input.outcome) !== undefined;
  const soFar = addAttempt(delivery.attempts, input);
  delivery.attempts = soFar;
  hook.attemptsEnded += 1;
  // Judged before the retry is set, so that a hook just disabled does not set one.
  const judged = judge(hook, delivery, input.endedAtMs, failed);
  const settled = failed
    ? afterAttempt(hook, delivery, soFar)
    : [settle(hook, delivery, 'delivered')];
  return judged.length === 0 ? settled : [...judged, ...settled];
};

const enable = (hook: Hook, atMs: number): Commands => {
  if (hook.enabled) return [];
  const commands: DeliveryCommand[] = [{ kind: 'hook-enabled', atMs }];
  if (isHolding(hook)) {
    for (const delivery of hook.pending.values()) {
      if (delivery.phase !== 'waiting') continue;
      delivery.dueMs = Math.max(delivery.dueMs, atMs);
      commands.push(schedule(delivery));
    }
  }
  hook.enabled = true;
  if (hook.policy.onEnable === 'clear') hook.window = createWindow(hook.policy);
  return commands;
};

const commandsFor = (hook: Hook, input: DeliveryInput): Commands => {
  switch (input.kind) {
    case 'enqueue':
      return enqueue(hook, input);
    case 'due':
      return due(hook, input);
    case 'attempt-ended':
      return attemptEnded(hook, input);
    case 'disable':
      return disable(hook, input.atMs, input.reason ?? 'request');
    case 'enable':
      return enable(hook, input.atMs);
  }
};

/**
 * Advances a hook by one input. Owns the state passed in, which is changed in place and returned:
 * no copy is made, so that a step costs the same however much is pending. A 'due' that comes too
 * early, twice or for a settled delivery is ignored.
 *
 * @throws Error on a driver's mistake, the state unchanged: a delivery enqueued while pending, or
 *   the end of an attempt never begun
 */
export const step = (state: DeliveryState, input: DeliveryInput): DeliveryStep => ({
  state,
  commands: commandsFor(state as Hook, input),
});
