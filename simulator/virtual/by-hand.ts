/** What people and receivers do on their own account in a virtual run. */
import { clearWindow } from '../core/window.js';
import { push } from './agenda.js';
import { disable, putAside } from './disable.js';
import { eventsIn } from './event-list.js';
import type { Inbox } from './inbox.js';
import type { PlannedAction } from './plan.js';
import { type Run, attemptsIn, hookOf, newMarks, pairOf, tallyOf } from './run.js';

export const act = (run: Run, action: PlannedAction): void => {
  switch (action.kind) {
    case 'disable':
      if (tallyOf(run, action.hook).enabled === 1) disable(run, action.hook, 'request');
      return;
    case 'enable':
      enable(run, action.hook);
      return;
    case 'reenable':
      if (tallyOf(run, action.hook).disabled.length === action.times) enable(run, action.hook);
      return;
    case 'resend':
      resend(run, action.hook, action.most);
      return;
    case 'poll':
      poll(run, action.receiver);
  }
};

const enable = (run: Run, hook: number): void => {
  const tally = tallyOf(run, hook);
  if (tally.enabled === 1) return;
  tally.enabled = 1;
  tally.enabledAtMs.push(run.nowMs);
  tally.disabledMs += run.nowMs - tally.disabledSinceMs;
  if (run.policy.onEnable === 'clear') clearWindow(tally.window);
  run.sink?.incident({ kind: 'enabled', atMs: run.nowMs, hook });
  if (tally.held.length === 0) return;
  for (const { event, marks, firstMs } of tally.held.splice(0)) {
    push(run.retries, Math.max(0, attemptsIn(marks) - 1), run.nowMs, event, marks, firstMs);
  }
};

/**
 * Sends again what a hook gave up and its receiver still lacks, the oldest events first. A hook that
 * is disabled sends nothing: unless it holds what comes, all stays given up, as it was (INF).
 */
const resend = (run: Run, hook: number, most: number): void => {
  const tally = tallyOf(run, hook);
  if (tally.enabled === 0 && run.policy.onDisable !== 'hold') return;
  const { has } = tally.inbox;
  const lacking = [...new Set(eventsIn(tally.missing))].filter((event) => has[event] === 0);
  lacking.sort((one, other) => one - other);
  const chosen = lacking.splice(0, most);
  tally.missing.numbers.set(lacking);
  tally.missing.length = lacking.length;
  tally.resent += chosen.length;
  const marks = newMarks(hook, true);
  for (const event of chosen) {
    if (tally.enabled === 0) putAside(run, event, marks);
    else push(run.retries, 0, run.nowMs, event, marks, run.nowMs);
  }
};

/** A receiver asks GET /events for all that happened since it last did. */
const poll = (run: Run, receiver: number): void => {
  const inbox = run.inboxes[receiver] as Inbox;
  let recovered = 0;
  let duplicates = 0;
  for (let event = inbox.polledBefore; event < run.events; event++) {
    const hooks = run.subscribers[pairOf(run, event)] as readonly number[];
    if (!hooks.some((hook) => hookOf(run, hook).receiver === receiver)) continue;
    if (inbox.has[event] === 0) recovered += 1;
    else duplicates += 1;
    inbox.has[event] = 1;
  }
  inbox.polledBefore = run.events;
  inbox.recovered += recovered;
  inbox.duplicates += duplicates;
  run.sink?.incident({ kind: 'polled', atMs: run.nowMs, receiver, recovered, duplicates });
};
