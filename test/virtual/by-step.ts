/**
 * Plays the plan of one account by the delivery state machine, one state a hook, to hold the engine
 * to: it only waits, lets receivers answer and keeps the books; what to do next `step` decides.
 */
import {
  type DeliveryCommand,
  type DeliveryInput,
  createDeliveryState,
  step,
} from '../../simulator/core/delivery.js';
import { attemptsIn, standing } from '../../simulator/core/window.js';
import { answerTo } from '../../simulator/virtual/behaviours.js';
import type { Plan, PlannedAction } from '../../simulator/virtual/plan.js';
import type { Next } from '../../simulator/virtual/rows.js';
import { type Played, openBooks } from './books.js';
import { createPlainAgenda } from './plain-agenda.js';

interface Delivery {
  readonly event: number;
  readonly resend: boolean;
  /** When it was due last. */
  dueMs: number;
}

type CommandOf<Kind extends DeliveryCommand['kind']> = Extract<DeliveryCommand, { kind: Kind }>;

/** Uses the plan up: its traffic is read and its receivers answer. */
export const playBySteps = (plan: Plan, receiverNames: readonly string[]): Played => {
  const { policy } = plan;
  const books = openBooks(plan, receiverNames);
  const states = plan.hooks.map(() => createDeliveryState(policy));
  const deliveries = plan.hooks.map(() => new Map<string, Delivery>());
  /** Deliveries by hand that have not been handed to the state machine yet. */
  const queued = plan.hooks.map(() => new Set<string>());
  let nextId = 0;

  const deliveryOf = (hook: number, id: string): Delivery => deliveries[hook]!.get(id)!;

  const newDelivery = (hook: number, event: number, resend: boolean): string => {
    const id = `${event}/${nextId++}`;
    deliveries[hook]!.set(id, { event, resend, dueMs: agenda.nowMs() });
    return id;
  };

  const tell = (hook: number, input: DeliveryInput): readonly DeliveryCommand[] =>
    step(states[hook]!, input).commands;

  const enter = (hook: number, id: string): readonly DeliveryCommand[] => {
    const atMs = agenda.nowMs();
    const { event, resend } = deliveryOf(hook, id);
    queued[hook]!.delete(id);
    const keys = [String(event)];
    return tell(hook, { kind: 'enqueue', deliveryId: id, eventKeys: keys, atMs, resend });
  };

  const enqueue = (hook: number, id: string, aside: 'missed' | 'dropped'): void =>
    follow(hook, enter(hook, id), aside);

  const waitUntil = (hook: number, id: string, atMs: number, happen: () => void): void => {
    const { event } = deliveryOf(hook, id);
    deliveryOf(hook, id).dueMs = atMs;
    agenda.add({ atMs, rank: 'tried', event, hook, happen });
  };

  const attempt = (hook: number, { deliveryId, attempt: number }: CommandOf<'attempt'>): void => {
    const startedAtMs = agenda.nowMs();
    const { event } = deliveryOf(hook, deliveryId);
    const receiver = plan.receivers[plan.hooks[hook]!.receiver]!;
    const answer = answerTo(receiver, event, books.pairOf(event), number, startedAtMs);
    const happen = (): void => attemptEnded(hook, deliveryId, number, answer, startedAtMs);
    if (receiver.durationMs === 0) happen();
    else agenda.add({ atMs: startedAtMs + receiver.durationMs, rank: 'ends', event, hook, happen });
  };

  const attemptEnded = (
    hook: number,
    deliveryId: string,
    attempt: number,
    number: number,
    startedAtMs: number,
  ): void => {
    const endedAtMs = agenda.nowMs();
    const answer = plan.answers.answers[number]!;
    const { outcome, failed } = answer;
    const { event, resend } = deliveryOf(hook, deliveryId);
    const state = states[hook]!;
    const wasEnabled = state.enabled;
    const times = { startedAtMs, endedAtMs };
    const commands = tell(hook, { kind: 'attempt-ended', deliveryId, ...times, outcome });
    const isOwn = (command: DeliveryCommand): boolean =>
      'deliveryId' in command && command.deliveryId === deliveryId;
    const {
      failed: windowFailed,
      total: windowTotal,
      headroom,
    } = standing(state.window, endedAtMs);
    const isCounted = !resend || policy.resendsCounted;
    if (isCounted && wasEnabled && windowTotal >= policy.attemptsMin) {
      books.hooks[hook]!.lacked.push(headroom);
    }
    const retryAtMs = state.pending.get(deliveryId)?.dueMs ?? null;
    const next = retryAtMs === null ? (commands.find(isOwn)!.kind as Next) : 'retry';
    const figures = { windowFailed, windowTotal, headroom, next, retryAtMs };
    const entry = { atMs: endedAtMs, startedAtMs, event, attempt, resend, failed, ...figures };
    books.attempt(hook, entry, answer);
    const isSettled = (command: DeliveryCommand): boolean =>
      isOwn(command) && command.kind !== 'schedule';
    const others = commands.filter((command) => !isSettled(command));
    follow(hook, others, 'dropped', event);
    // A retry that is held sets no timer; the engine's comes to nothing, but prolongs the run.
    if (retryAtMs !== null && !others.some(isOwn)) {
      waitUntil(hook, deliveryId, retryAtMs, () => undefined);
    }
  };

  const disabled = (hook: number, command: CommandOf<'hook-disabled'>, event?: number): void => {
    const { atMs, reason, failed, total: counted, attemptOrdinal: ordinal } = command;
    const attempt = attemptsIn(states[hook]!.window, atMs);
    const figures = { atMs, reason, attempt, ordinal, failed, counted };
    const times = books.disabled(hook, figures, reason === 'rule' ? event : undefined);
    const { reenableAfterMs } = plan.hooks[hook]!;
    if (reason === 'request' || reenableAfterMs === undefined) return;
    const happen = (): void => {
      if (books.hooks[hook]!.disabled.length === times) enable(hook);
    };
    agenda.add({ atMs: atMs + reenableAfterMs, rank: 'by hand', happen });
  };

  const enable = (hook: number): void => {
    follow(hook, tell(hook, { kind: 'enable', atMs: agenda.nowMs() }), 'dropped');
  };

  /** What was queued is given up in the order in which it was due, as the engine tells it. */
  const giveUp = (hook: number, ids: readonly string[], aside: 'missed' | 'dropped'): void => {
    const dropped = ids.map((id) => deliveryOf(hook, id));
    dropped.sort((a, b) => a.dueMs - b.dueMs || a.event - b.event);
    for (const { event } of dropped) books.giveUp(aside, agenda.nowMs(), hook, event);
  };

  const follow = (
    hook: number,
    commands: readonly DeliveryCommand[],
    aside: 'missed' | 'dropped',
    event?: number,
  ): void => {
    const dropped: string[] = [];
    for (const command of commands) {
      if (command.kind === 'attempt') attempt(hook, command);
      if (command.kind === 'schedule') {
        const { deliveryId, dueMs } = command;
        const due = (): void =>
          follow(hook, tell(hook, { kind: 'due', deliveryId, atMs: dueMs }), aside);
        waitUntil(hook, deliveryId, dueMs, due);
      }
      if (command.kind === 'hook-enabled') books.enabled(command.atMs, hook);
      if (command.kind === 'hook-disabled') disabled(hook, command, event);
      if (command.kind === 'dropped') dropped.push(command.deliveryId);
    }
    const isDisabled = commands.some(({ kind }) => kind === 'hook-disabled');
    const isDropping = isDisabled && policy.onDisable === 'drop';
    if (isDropping) agenda.takeTries(hook);
    // What was queued by hand at this very instant shares the fate of what is queued.
    const byHand = isDropping ? [...queued[hook]!] : [];
    for (const id of byHand) {
      const { resend } = deliveryOf(hook, id);
      queued[hook]!.delete(id);
      const input = { kind: 'enqueue', deliveryId: id, eventKeys: [id], resend } as const;
      for (const { kind } of tell(hook, { ...input, atMs: agenda.nowMs() })) {
        if (kind === 'dropped') dropped.push(id);
      }
    }
    giveUp(hook, dropped, aside);
    if (!commands.some(({ kind }) => kind === 'notify')) return;
    books.mail(agenda.nowMs(), hook);
    if (policy.scope === 'account') for (const other of states.keys()) disable(other, 'account');
  };

  const disable = (hook: number, reason: 'request' | 'account'): void => {
    follow(hook, tell(hook, { kind: 'disable', atMs: agenda.nowMs(), reason }), 'dropped');
  };

  const resend = (hook: number, most: number): void => {
    if (!states[hook]!.enabled && policy.onDisable !== 'hold') return;
    for (const event of books.takeLacking(hook, most)) {
      const id = newDelivery(hook, event, true);
      const begin = (): void => {
        if (queued[hook]!.has(id)) enqueue(hook, id, 'missed');
      };
      queued[hook]!.add(id);
      if (!states[hook]!.enabled) begin();
      else if (policy.onDisable !== 'send') waitUntil(hook, id, agenda.nowMs(), begin);
      else {
        // It is begun now, and sent in its turn, though the hook be disabled by then.
        const commands = enter(hook, id);
        waitUntil(hook, id, agenda.nowMs(), () => follow(hook, commands, 'missed'));
      }
    }
  };

  const act = (action: PlannedAction): void => {
    if (action.kind === 'disable') disable(action.hook, 'request');
    if (action.kind === 'enable') enable(action.hook);
    if (action.kind === 'resend') resend(action.hook, action.most);
    if (action.kind === 'poll') books.poll(agenda.nowMs(), action.receiver);
  };

  const happens = (pair: number): void => {
    const event = books.addEvent(pair);
    for (const [hook, { subscribes }] of plan.hooks.entries()) {
      if (subscribes[pair]) enqueue(hook, newDelivery(hook, event, false), 'missed');
    }
  };

  const agenda = createPlainAgenda(plan, act, happens);
  agenda.run();
  return books.close(agenda.nowMs(), (hook) => states[hook]!.pending.size + queued[hook]!.size);
};
