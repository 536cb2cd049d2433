/** What came of a simulation: plain data, the same after a trip through JSON. */
import type { DeliveryPolicy } from '../core/policy.js';
import { headroomFrom } from '../core/window.js';
import type { Answer } from './answers.js';
import { pendingOf } from './engine.js';
import { eventsIn } from './event-list.js';
import { type Run, hookOf, tallyOf } from './run.js';
import type { DisabledAt, Tally } from './tally.js';

export type { DisabledAt };

/** What happened to one hook of one account. */
export interface HookResult {
  readonly hook: string;
  /** From 0; only one where the scenario has one account. */
  readonly account: number;
  readonly disabled: readonly DisabledAt[];
  readonly enabledAtMs: readonly number[];
  /** Milliseconds that it was disabled until the run ended. */
  readonly disabledMs: number;
  readonly attempts: number;
  readonly failed: number;
  /** Deliveries that ended well, after all their attempts, or by the hook being disabled. */
  readonly delivered: number;
  readonly exhausted: number;
  readonly dropped: number;
  /** Events that happened while it was disabled, and were not tried. */
  readonly missed: number;
  readonly resent: number;
  /** Deliveries that were not settled when the run ended. */
  readonly pending: number;
  /** Events that were given up and that its receiver does not have. */
  readonly lost: number;
  /** E-mails to creator and owner. */
  readonly mails: number;
  /**
   * The fewest failures in a row that were ever missing to disable it, of the times when the window
   * held enough to be judged; 0 if the rule disabled it, null if it was never judged, or if no
   * number of failures can exceed the threshold.
   */
  readonly headroomMin: number | null;
  /** Attempts by how they ended. */
  readonly answers: Readonly<Record<string, number>>;
}

/** What happened to one receiver of one account. */
export interface ReceiverResult {
  readonly receiver: string;
  readonly account: number;
  /** Copies of events that it had, and that it must discard. */
  readonly duplicates: number;
  /** Events that it learned of by GET /events. */
  readonly recovered: number;
}

/** Sums over all hooks and receivers. */
export interface Totals {
  readonly events: number;
  readonly attempts: number;
  readonly failed: number;
  readonly delivered: number;
  readonly exhausted: number;
  readonly dropped: number;
  readonly missed: number;
  readonly resent: number;
  readonly pending: number;
  readonly lost: number;
  readonly mails: number;
  readonly duplicates: number;
  readonly recovered: number;
  /** Hooks that the rule disabled at least once, and how many there are. */
  readonly hooksDisabled: number;
  readonly hooks: number;
}

/** What a scenario came to. */
export interface SimulationResult {
  readonly schemaVersion: 1;
  readonly scenario: string;
  readonly seed: number;
  readonly policy: DeliveryPolicy;
  /** False if it was stopped before its end: then it tells what happened until `untilMs`. */
  readonly complete: boolean;
  readonly accounts: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly hooks: readonly HookResult[];
  readonly receivers: readonly ReceiverResult[];
  readonly totals: Totals;
  /** The outcome in plain words. */
  readonly sentence: string;
}

const lostBy = ({ missing, resent, inbox: { has } }: Tally): number => {
  // Only what was resent can have been given up twice.
  if (resent > 0) return new Set(eventsIn(missing).filter((event) => has[event] === 0)).size;
  const { numbers, length } = missing;
  let lost = 0;
  for (let index = 0; index < length; index++) {
    if (has[numbers[index] as number] === 0) lost += 1;
  }
  return lost;
};

/** What a run says of one of its hooks. */
export const hookResult = (run: Run, hook: number, account: number): HookResult => {
  const tally = tallyOf(run, hook);
  const { name, recipients } = hookOf(run, hook);
  const stillMs = tally.enabled === 1 ? 0 : run.nowMs - tally.disabledSinceMs;
  const headroom = headroomFrom(run.policy, tally.shortMin);
  const counts: string[] = [];
  let failed = 0;
  let delivered = 0;
  for (let index = 0; index < run.answers.length; index++) {
    const answer = run.answers[index] as Answer;
    const times = tally.byAnswer[index] as number;
    if (times > 0) counts.push(`"${answer.label}":${times}`);
    if (answer.failed) failed += times;
    else delivered += times;
  }
  return {
    hook: name,
    account,
    disabled: tally.disabled,
    enabledAtMs: tally.enabledAtMs,
    disabledMs: tally.disabledMs + stillMs,
    attempts: failed + delivered,
    failed,
    delivered,
    exhausted: tally.exhausted,
    dropped: tally.dropped,
    missed: tally.missed,
    resent: tally.resent,
    pending: pendingOf(run, hook),
    lost: lostBy(tally),
    mails: tally.mails * recipients.length,
    headroomMin: Number.isFinite(headroom) ? Math.max(0, headroom) : null,
    // Parsed, because V8 takes `500` for a place in a list: set one by one, it makes room for all before.
    answers: JSON.parse(`{${counts.join()}}`) as Record<string, number>,
  };
};

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

export const totalsOf = (
  hooks: readonly HookResult[],
  receivers: readonly ReceiverResult[],
  events: number,
): Totals => ({
  events,
  attempts: sum(hooks, (hook) => hook.attempts),
  failed: sum(hooks, (hook) => hook.failed),
  delivered: sum(hooks, (hook) => hook.delivered),
  exhausted: sum(hooks, (hook) => hook.exhausted),
  dropped: sum(hooks, (hook) => hook.dropped),
  missed: sum(hooks, (hook) => hook.missed),
  resent: sum(hooks, (hook) => hook.resent),
  pending: sum(hooks, (hook) => hook.pending),
  lost: sum(hooks, (hook) => hook.lost),
  mails: sum(hooks, (hook) => hook.mails),
  duplicates: sum(receivers, (receiver) => receiver.duplicates),
  recovered: sum(receivers, (receiver) => receiver.recovered),
  hooksDisabled: hooks.filter(({ disabled }) => disabled.some(({ reason }) => reason === 'rule'))
    .length,
  hooks: hooks.length,
});
