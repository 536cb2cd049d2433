/**
 * Plays the plan of one account by the slow rule and without any art, to hold the engine to. An
 * attempt that takes no time ends at once; a new event goes to all its hooks at once.
 */
import { answerTo } from '../../simulator/virtual/behaviours.js';
import type { Plan, PlannedAction } from '../../simulator/virtual/plan.js';
import type { DisabledAt } from '../../simulator/virtual/result.js';
import type { Next } from '../../simulator/virtual/rows.js';
import { type Played, openBooks } from './books.js';
import { createPlainAgenda } from './plain-agenda.js';
import {
  type Counted,
  type Tried,
  figuresAt,
  hasFailed,
  insideAt,
  missingToTrip,
  triedAgainAt,
  trips,
} from './slow-rule.js';

interface Delivery {
  readonly hook: number;
  readonly event: number;
  readonly resend: boolean;
  readonly attempts: Tried[];
}

/** Uses the plan up: its traffic is read and its receivers answer. */
export const playSlowly = (plan: Plan, receiverNames: readonly string[]): Played => {
  const { policy } = plan;
  const books = openBooks(plan, receiverNames);
  const hooks = plan.hooks.map(() => ({
    enabled: true,
    log: [] as Counted[],
    held: [] as Delivery[],
  }));

  const disable = (index: number, reason: DisabledAt['reason'], event?: number): void => {
    const hook = hooks[index]!;
    if (!hook.enabled) return;
    hook.enabled = false;
    const atMs = agenda.nowMs();
    const { failed, total: counted } = figuresAt(policy, hook.log, atMs);
    const attempt = insideAt(policy, hook.log, atMs).length;
    const ordinal = books.hooks[index]!.attempts.length;
    const figures = { atMs, reason, attempt, ordinal, failed, counted };
    const times = books.disabled(index, figures, event);
    if (policy.onDisable === 'drop') {
      for (const one of agenda.takeTries(index)) books.giveUp('dropped', atMs, index, one.event!);
    }
    const { reenableAfterMs } = plan.hooks[index]!;
    if (reason === 'request' || reenableAfterMs === undefined) return;
    // Whoever waits so long finds nothing to do if the hook was enabled in the meantime.
    const again = (): void => {
      if (books.hooks[index]!.disabled.length === times) enable(index);
    };
    agenda.add({ atMs: atMs + reenableAfterMs, rank: 'by hand', happen: again });
  };

  const disableByRule = (index: number, event: number): void => {
    disable(index, 'rule', event);
    books.mail(agenda.nowMs(), index);
    if (policy.scope === 'account') for (const other of hooks.keys()) disable(other, 'account');
  };

  const enable = (index: number): void => {
    const hook = hooks[index]!;
    if (hook.enabled) return;
    hook.enabled = true;
    books.enabled(agenda.nowMs(), index);
    if (policy.onEnable === 'clear') hook.log = [];
    for (const delivery of hook.held.splice(0)) tryAt(agenda.nowMs(), delivery);
  };

  const tryAt = (atMs: number, delivery: Delivery): void => {
    const { event, hook } = delivery;
    agenda.add({ atMs, rank: 'tried', event, hook, happen: () => attempt(delivery) });
  };

  const attempt = (delivery: Delivery): void => {
    const { hook, event, attempts } = delivery;
    const startedAtMs = agenda.nowMs();
    const { enabled, held } = hooks[hook]!;
    if (!enabled && policy.onDisable === 'hold') {
      held.push(delivery);
    } else if (!enabled && attempts.length === 0 && !delivery.resend) {
      books.giveUp('missed', startedAtMs, hook, event);
    } else {
      const receiver = plan.receivers[plan.hooks[hook]!.receiver]!;
      const number = attempts.length + 1;
      const answer = answerTo(receiver, event, books.pairOf(event), number, startedAtMs);
      const happen = (): void => end(delivery, answer, startedAtMs);
      if (receiver.durationMs === 0) happen();
      else
        agenda.add({ atMs: startedAtMs + receiver.durationMs, rank: 'ends', event, hook, happen });
    }
  };

  const end = (delivery: Delivery, number: number, startedAtMs: number): void => {
    const { hook: index, event, resend, attempts } = delivery;
    const hook = hooks[index]!;
    const atMs = agenda.nowMs();
    const answer = plan.answers.answers[number]!;
    const failed = hasFailed(policy, answer.outcome);
    attempts.push({ startedAtMs, endedAtMs: atMs });
    const counts = !resend || policy.resendsCounted;
    if (counts) hook.log.push({ atMs, failed, event });
    const { failed: windowFailed, total: windowTotal } = figuresAt(policy, hook.log, atMs);
    const headroom = missingToTrip(policy, windowFailed, windowTotal);
    const isJudged = counts && hook.enabled && windowTotal >= policy.attemptsMin;
    const isTripped = isJudged && trips(policy, windowFailed, windowTotal);
    if (isJudged) books.hooks[index]!.lacked.push(headroom);
    const dueMs = failed ? triedAgainAt(policy, attempts) : undefined;
    const stays = policy.onDisable !== 'drop' || (hook.enabled && !isTripped);
    let next: Next = 'delivered';
    if (failed) next = 'exhausted';
    if (dueMs !== undefined) next = stays ? 'retry' : 'dropped';
    const retryAtMs = next === 'retry' ? dueMs! : null;
    const figures = { windowFailed, windowTotal, headroom, next, retryAtMs };
    const entry = {
      atMs,
      startedAtMs,
      event,
      attempt: attempts.length,
      resend,
      failed,
      ...figures,
    };
    books.attempt(index, entry, answer);
    if (retryAtMs !== null) tryAt(retryAtMs, delivery);
    if (isTripped) disableByRule(index, event);
  };

  const resend = (hook: number, most: number): void => {
    if (!hooks[hook]!.enabled && policy.onDisable !== 'hold') return;
    for (const event of books.takeLacking(hook, most)) {
      const delivery = { hook, event, resend: true, attempts: [] };
      if (hooks[hook]!.enabled) tryAt(agenda.nowMs(), delivery);
      else attempt(delivery);
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
      if (subscribes[pair]) attempt({ hook, event, resend: false, attempts: [] });
    }
  };

  const agenda = createPlainAgenda(plan, act, happens);
  agenda.run();
  return books.close(agenda.nowMs(), (hook) => hooks[hook]!.held.length + agenda.countOf(hook));
};
