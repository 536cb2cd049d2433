/**
 * Plays the plan of one account in virtual time, millions of attempts a second.
 *
 * It decides as `core/delivery.ts` does, over numbers in typed arrays in place of deliveries with
 * names; rule, window and schedule are the core's own. Tests hold the two together, row by row.
 *
 * What is due at the same instant happens in this order: what is done by hand, attempts that end,
 * retries, new events; among equals the older event first, then the hook that stands first. An
 * attempt that takes no time ends at once.
 */
import { retryDueMs } from '../core/schedule.js';
import { count, headroomOf, shortOf, standing } from '../core/window.js';
import { countIn, pop, push } from './agenda.js';
import type { Answer } from './answers.js';
import { act } from './by-hand.js';
import { disableByRule, putAside } from './disable.js';
import type { Inbox } from './inbox.js';
import type { PlannedHook, ReceiverModel } from './plan.js';
import type { Next } from './rows.js';
import {
  type Run,
  addEvent,
  attemptsIn,
  deliveryOf,
  hookIn,
  isResend,
  limits,
  newMarks,
} from './run.js';
import type { Tally } from './tally.js';

/**
 * Plays so many steps, an attempt or an event each, unless the run is over before; tells whether it
 * is.
 *
 * One loop, because a call for each part of an attempt costs more than the attempt: what is next,
 * the attempt that it begins, the end of an attempt. What is rare stands in functions of its own.
 */
export const play = (run: Run, steps: number): boolean => {
  const { policy, hooks, receivers, answers, traffic, actions, ends, retries, sink } = run;
  const { tallies, inboxes, subscribers, untilMs } = run;
  const { attemptsMin } = policy;
  for (let step = 0; step < steps; step++) {
    // What is next: an event for one more hook, an action, an end, a retry, an event.
    let atMs = run.nowMs;
    let event = run.events - 1;
    let marks = 0;
    let answer = 0;
    let startedAtMs = atMs;
    let firstMs = atMs;
    let hasEnded = false;
    const more = run.hooksToTell[run.toldHooks];
    if (more !== undefined) {
      run.toldHooks += 1;
      marks = newMarks(more, false);
    } else {
      const trafficMs = traffic.nextMs;
      const retryMs = retries.nextMs;
      const endMs = ends.nextMs;
      atMs = trafficMs;
      if (retryMs < atMs) atMs = retryMs;
      if (endMs < atMs) atMs = endMs;
      const action = run.nextAction < actions.length ? actions[run.nextAction] : undefined;
      if (action !== undefined && action.atMs <= atMs) {
        if (action.atMs > untilMs) return true;
        run.nowMs = action.atMs;
        run.nextAction += 1;
        act(run, action);
        continue;
      }
      if (atMs > untilMs || atMs === Number.POSITIVE_INFINITY) return true;
      run.nowMs = atMs;
      startedAtMs = atMs;
      firstMs = atMs;
      if (endMs === atMs) {
        pop(ends);
        ({ event, marks } = ends);
        startedAtMs = Math.floor(ends.sinceMs / limits.answers);
        answer = ends.sinceMs - startedAtMs * limits.answers;
        firstMs = run.keepsFirst ? takeFirstStart(run, event, marks) : startedAtMs;
        hasEnded = true;
      } else if (retryMs === atMs) {
        pop(retries);
        ({ event, marks } = retries);
        if (run.keepsFirst && attemptsIn(marks) > 0) firstMs = retries.sinceMs;
      } else {
        run.hooksToTell = subscribers[traffic.pair] as readonly number[];
        run.toldHooks = 0;
        addEvent(run);
        continue;
      }
    }

    const hook = hookIn(marks);
    const tally = tallies[hook] as Tally;
    const { receiver } = hooks[hook] as PlannedHook;
    if (!hasEnded) {
      if (!tally.enabled && putAside(run, event, marks, firstMs)) continue;
      const model = receivers[receiver] as ReceiverModel;
      answer = model.answer(event, run.pairs[event] as number, attemptsIn(marks) + 1, atMs);
      marks += 1;
      const { durationMs } = model;
      if (durationMs > 0) {
        if (run.keepsFirst) run.firstStarts.set(deliveryOf(event, marks), firstMs);
        // The answer is known now and told later: it waits in one number with the start.
        push(ends, 0, atMs + durationMs, event, marks, atMs * limits.answers + answer);
        continue;
      }
    }

    // The attempt ends: it is counted, judged, and its delivery settled or tried again.
    const { failed, processed } = answers[answer] as Answer;
    run.attempts += 1;
    tally.attempts += 1;
    tally.byAnswer[answer] = (tally.byAnswer[answer] as number) + 1;
    if (processed) {
      const inbox = inboxes[receiver] as Inbox;
      if (inbox.has[event] === 0) inbox.has[event] = 1;
      else inbox.duplicates += 1;
    }
    const { window } = tally;
    let tripped = false;
    if (!isResend(marks) || policy.resendsCounted) {
      count(window, atMs, failed, event);
      if (tally.enabled && window.total >= attemptsMin) {
        const short = shortOf(policy, window.failed, window.total);
        if (short < tally.shortMin) tally.shortMin = short;
        tripped = short < 0;
        // Before the retry is set, so that a hook just disabled does not set one.
        if (tripped) tally.enabled = false;
      }
    }
    let next: Next = 'delivered';
    if (failed) {
      tally.failed += 1;
      const attempts = attemptsIn(marks);
      const dueMs = retryDueMs(policy, attempts, firstMs, startedAtMs, atMs);
      if (dueMs !== Number.POSITIVE_INFINITY && (tally.enabled || policy.onDisable !== 'drop')) {
        next = 'retry';
        run.row.retryAtMs = dueMs;
        push(retries, attempts - 1, dueMs, event, marks, firstMs);
      } else {
        next = dueMs === Number.POSITIVE_INFINITY ? 'exhausted' : 'dropped';
        tally[next] += 1;
        tally.missing.push(event);
      }
    } else {
      tally.delivered += 1;
      if (!processed) tally.missing.push(event);
    }
    if (sink !== undefined) tell(run, event, marks, answer, startedAtMs, next);
    if (tripped) disableByRule(run, hook, event);
  }
  return false;
};

const takeFirstStart = (run: Run, event: number, marks: number): number => {
  const delivery = deliveryOf(event, marks);
  const firstMs = run.firstStarts.get(delivery) as number;
  run.firstStarts.delete(delivery);
  return firstMs;
};

const tell = (
  run: Run,
  event: number,
  marks: number,
  answer: number,
  startedAtMs: number,
  next: Next,
): void => {
  const { row } = run;
  const hook = hookIn(marks);
  const { window } = run.tallies[hook] as Tally;
  row.startedAtMs = startedAtMs;
  row.atMs = run.nowMs;
  row.hook = hook;
  row.event = event;
  row.pair = run.pairs[event] as number;
  row.answer = answer;
  row.attempt = attemptsIn(marks);
  row.resend = isResend(marks);
  row.failed = (run.answers[answer] as Answer).failed;
  // An attempt that is not counted has not moved the window on to its instant.
  const isCounted = !row.resend || run.policy.resendsCounted;
  const { failed, total } = isCounted ? window : standing(window, run.nowMs);
  row.windowFailed = failed;
  row.windowTotal = total;
  row.headroom = headroomOf(run.policy, failed, total);
  row.next = next;
  run.sink?.attempt(row);
};

/** Deliveries of a hook that are not settled yet. */
export const pendingOf = (run: Run, hook: number): number => {
  const isMine = (marks: number): boolean => hookIn(marks) === hook;
  const held = (run.tallies[hook] as Tally).held.length;
  return held + countIn(run.ends, isMine) + countIn(run.retries, isMine);
};
