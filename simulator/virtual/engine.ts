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
import { answerTo } from './behaviours.js';
import { act } from './by-hand.js';
import { disableByRule, putAside } from './disable.js';
import { addEvent } from './event-list.js';
import type { PlannedAction } from './plan.js';
import type { AttemptRow, Next } from './rows.js';
import { type Run, attemptsIn, deliveryOf, hookIn, isResend, widenEvents } from './run.js';
import { playStretch } from './stretch.js';
import type { Tally } from './tally.js';
import { advance } from './traffic.js';

/**
 * Plays so many steps, an attempt or an event each, unless the run is over before; tells whether it
 * is.
 *
 * One loop, because a call for each part of an attempt costs more than the attempt: what is next,
 * the attempt that it begins, the end of an attempt. What is rare stands in functions of its own.
 */
export const play = (run: Run, steps: number): boolean => {
  const { policy, flags, traffic, ends, retries, sink, tallies, subscribers } = run;
  const { attemptsMin, resendsCounted, onDisable } = policy;
  const keepsFirst = policy.delayFrom === 'first-start';
  const keepsRetries = onDisable !== 'drop';
  const holds = onDisable === 'hold';
  // What is due at Infinity never is.
  const untilMs = Math.min(run.untilMs, Number.MAX_VALUE);
  let { hooksToTell, toTell, toldHooks } = run;
  let isOver = false;
  for (let step = 0; step < steps; step++) {
    // What is next: an event for one more hook, an action, an end, a retry, an event.
    let atMs = run.nowMs;
    let event = 0;
    let pair = 0;
    let marks = 0;
    let answer = 0;
    let startedAtMs = atMs;
    let firstMs = atMs;
    let hasEnded = false;
    if (toldHooks < toTell) {
      event = run.events - 1;
      pair = run.pairs[event] as number;
      marks = (hooksToTell[toldHooks] as number) * 0x10000;
      toldHooks += 1;
    } else {
      const retryMs = retries.nextMs;
      const endMs = ends.nextMs;
      atMs = traffic.nextMs;
      if (retryMs < atMs) atMs = retryMs;
      if (endMs < atMs) atMs = endMs;
      const actionMs = run.nextActionMs;
      if (actionMs <= atMs) {
        if (actionMs > untilMs) {
          isOver = true;
          break;
        }
        actNow(run);
        continue;
      }
      if (atMs > untilMs) {
        isOver = true;
        break;
      }
      run.nowMs = atMs;
      startedAtMs = atMs;
      firstMs = atMs;
      if (endMs <= atMs) {
        pop(ends);
        ({ event, marks } = ends);
        startedAtMs = Math.floor(ends.sinceMs / 256);
        answer = (ends.sinceMs - startedAtMs * 256) | 0;
        firstMs = keepsFirst ? takeFirstStart(run, event, marks) : startedAtMs;
        hasEnded = true;
      } else if (retryMs <= atMs) {
        pop(retries);
        ({ event, marks } = retries);
        pair = run.pairs[event] as number;
        if (keepsFirst && (marks & 0x7fff) > 0) firstMs = retries.sinceMs;
      } else {
        // An event and its attempt at the first hook are one turn, and two steps.
        step += 1;
        event = run.events;
        if (event === run.pairs.length) widenEvents(run);
        run.events = event + 1;
        ({ pair } = traffic);
        run.pairs[event] = pair;
        advance(traffic);
        hooksToTell = subscribers[pair] as readonly number[];
        toTell = hooksToTell.length;
        if (toTell === 0) continue;
        marks = (hooksToTell[0] as number) * 0x10000;
        toldHooks = 1;
      }
    }

    const tally = tallies[marks >>> 16] as Tally;
    if (!hasEnded) {
      // Retries of a hook that is disabled are sent all the same, unless they were dropped or are held.
      if (tally.enabled === 0 && (holds || (marks & 0x7fff) === 0)) {
        if (holds || sink !== undefined) putAside(run, event, marks);
        else {
          // What `putAside` does where nobody listens: a call costs more, and bad hooks miss most events.
          tally.missed += 1;
          addEvent(tally.missing, event);
          if (toTell === 1) step += playStretch(run, marks >>> 16, steps - step);
        }
        continue;
      }
      const { model } = tally;
      marks += 1;
      answer = answerTo(model, event, pair, marks & 0x7fff, atMs);
      const { durationMs } = model;
      if (durationMs > 0) {
        if (keepsFirst) run.firstStarts.set(deliveryOf(event, marks), firstMs);
        // The answer is known now and told later: it waits in one number with the start.
        push(ends, 0, atMs + durationMs, event, marks, atMs * 256 + answer);
        continue;
      }
    }

    // The attempt ends: it is counted, judged, and its delivery settled or tried again.
    const flag = flags[answer] as number;
    const failed = (flag & 1) !== 0;
    tally.byAnswer[answer] = (tally.byAnswer[answer] as number) + 1;
    if ((flag & 2) !== 0) {
      const { inbox } = tally;
      if (inbox.has[event] === 0) inbox.has[event] = 1;
      else inbox.duplicates += 1;
    }
    const { window } = tally;
    let tripped = false;
    if ((marks & 0x8000) === 0 || resendsCounted) {
      count(window, atMs, failed, event);
      const { total } = window;
      if (tally.enabled === 1 && total >= attemptsMin) {
        const short = shortOf(policy, window.failed, total);
        if (short < tally.shortMin) tally.shortMin = short;
        tripped = short < 0;
        // Before the retry is set, so that a hook just disabled does not set one.
        if (tripped) tally.enabled = 0;
      }
    }
    let next: Next = 'delivered';
    let dueMs = Number.POSITIVE_INFINITY;
    let isGivenUp = false;
    if (failed) {
      const tried = marks & 0x7fff;
      dueMs = retryDueMs(policy, tried, firstMs, startedAtMs, atMs);
      if (dueMs === Number.POSITIVE_INFINITY) {
        next = 'exhausted';
        tally.exhausted += 1;
        isGivenUp = true;
      } else if (tally.enabled === 1 || keepsRetries) {
        next = 'retry';
        push(retries, tried - 1, dueMs, event, marks, firstMs);
      } else {
        next = 'dropped';
        tally.dropped += 1;
        isGivenUp = true;
      }
    } else isGivenUp = (flag & 2) === 0;
    if (isGivenUp) addEvent(tally.missing, event);
    if (sink !== undefined) tell(run, event, marks, answer, startedAtMs, next, dueMs);
    if (tripped) disableByRule(run, marks >>> 16, event);
    else if (
      tally.model.mayTakeAll === 1 &&
      tally.enabled === 1 &&
      toTell === 1 &&
      sink === undefined
    ) {
      step += playStretch(run, marks >>> 16, steps - step);
    }
  }
  run.hooksToTell = hooksToTell;
  run.toTell = toTell;
  run.toldHooks = toldHooks;
  return isOver;
};

/** Does what is to be done by hand next. */
const actNow = (run: Run): void => {
  const { actions } = run;
  const action = actions[run.nextAction] as PlannedAction;
  run.nowMs = action.atMs;
  const next = run.nextAction + 1;
  run.nextAction = next;
  // Asked before it is read: what once read beyond the end of a list is slow ever after.
  const isLast = next === actions.length;
  run.nextActionMs = isLast ? Number.POSITIVE_INFINITY : (actions[next] as PlannedAction).atMs;
  act(run, action);
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
  dueMs: number,
): void => {
  const row = run.row as AttemptRow;
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
  if (next === 'retry') row.retryAtMs = dueMs;
  run.sink?.attempt(row);
};

/** Deliveries of a hook that are not settled yet. */
export const pendingOf = (run: Run, hook: number): number => {
  const isMine = (marks: number): boolean => hookIn(marks) === hook;
  const held = (run.tallies[hook] as Tally).held.length;
  return held + countIn(run.ends, isMine) + countIn(run.retries, isMine);
};
