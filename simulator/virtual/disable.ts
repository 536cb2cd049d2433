/** What follows from a hook being disabled in a virtual run, as `core/delivery.ts` has it. */
import { attemptsIn, standing } from '../core/window.js';
import { takeOut } from './agenda.js';
import { addEvent } from './event-list.js';
import type { PlannedAction } from './plan.js';
import { type Run, attemptsIn as attemptsOf, hookIn, hookOf, pairOf, tallyOf } from './run.js';
import { type DisabledAt, attemptsOf as attemptsOfHook } from './tally.js';
import { pairName } from './traffic.js';

/** Gives an event up without another attempt. */
const giveUp = (run: Run, kind: 'missed' | 'dropped', hook: number, event: number): void => {
  const tally = tallyOf(run, hook);
  if (kind === 'missed') tally.missed += 1;
  else tally.dropped += 1;
  addEvent(tally.missing, event);
  run.sink?.incident({ kind, atMs: run.nowMs, hook, event, pair: pairOf(run, event) });
};

/** What becomes of a delivery that may not be tried while its hook is disabled: held or given up. */
export const putAside = (run: Run, event: number, marks: number): void => {
  const hook = hookIn(marks);
  if (run.policy.onDisable === 'hold') {
    // A retry has just been taken out, and with it when its delivery was first tried.
    const firstMs = attemptsOf(marks) === 0 ? run.nowMs : run.retries.sinceMs;
    tallyOf(run, hook).held.push({ event, marks, firstMs });
  } else giveUp(run, 'missed', hook, event);
};

/** Disables a hook. The event is the one whose attempt tripped the rule. */
export const disable = (
  run: Run,
  hook: number,
  reason: DisabledAt['reason'],
  event?: number,
): void => {
  const tally = tallyOf(run, hook);
  const { nowMs: atMs } = run;
  const { failed, total } = standing(tally.window, atMs);
  tally.enabled = 0;
  tally.disabledSinceMs = atMs;
  tally.disabled.push({
    atMs,
    reason,
    attempt: attemptsIn(tally.window, atMs),
    ordinal: attemptsOfHook(tally),
    failed,
    counted: total,
    event: event === undefined ? null : { number: event, name: pairName(pairOf(run, event)) },
    mailed: reason === 'rule' ? hookOf(run, hook).recipients : [],
  });
  run.sink?.incident({ kind: 'disabled', atMs, hook, reason, failed, total });
  if (run.policy.onDisable === 'drop') dropRetries(run, hook);
  const { reenableAfterMs } = hookOf(run, hook);
  if (reason !== 'request' && reenableAfterMs !== undefined) {
    const times = tally.disabled.length;
    insert(run, { kind: 'reenable', atMs: atMs + reenableAfterMs, hook, times });
  }
};

const dropRetries = (run: Run, hook: number): void => {
  const isMine = (marks: number): boolean => hookIn(marks) === hook;
  if (run.sink === undefined) {
    takeOut(run.retries, isMine, (event) => giveUp(run, 'dropped', hook, event));
    return;
  }
  // Only rows show in which order.
  const waiting: { readonly event: number; readonly dueMs: number }[] = [];
  takeOut(run.retries, isMine, (event, dueMs) => waiting.push({ event, dueMs }));
  waiting.sort((a, b) => a.dueMs - b.dueMs || a.event - b.event);
  for (const { event } of waiting) giveUp(run, 'dropped', hook, event);
};

/** The rule disables a hook: creator and owner are told, and the account's other hooks may follow. */
export const disableByRule = (run: Run, hook: number, event: number): void => {
  disable(run, hook, 'rule', event);
  const { recipients } = hookOf(run, hook);
  tallyOf(run, hook).mails += 1;
  run.sink?.incident({ kind: 'mail', atMs: run.nowMs, hook, to: recipients });
  if (run.policy.scope !== 'account') return;
  for (const [other, { enabled }] of run.tallies.entries()) {
    if (enabled === 1) disable(run, other, 'account');
  }
};

/** Enters an action in its place in time, after those of the same instant. */
const insert = (run: Run, action: PlannedAction): void => {
  const { actions } = run;
  let place = run.nextAction;
  for (; place < actions.length; place++) {
    if ((actions[place] as PlannedAction).atMs > action.atMs) break;
  }
  if (place === actions.length) actions.push(action);
  else actions.splice(place, 0, action);
  run.nextActionMs = (actions[run.nextAction] as PlannedAction).atMs;
};
