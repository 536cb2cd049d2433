/**
 * The books of a play that the engine is held to: lists of what happened to each hook and receiver,
 * counted only when it is over, in the words of the engine's ledger and result.
 */
import type { Answer } from '../../simulator/virtual/answers.js';
import type { LedgerAttempt, LedgerRow } from '../../simulator/virtual/ledger.js';
import type { Plan, PlannedHook } from '../../simulator/virtual/plan.js';
import type { DisabledAt, HookResult, ReceiverResult } from '../../simulator/virtual/result.js';
import type { Next } from '../../simulator/virtual/rows.js';
import { pairName } from '../../simulator/virtual/traffic.js';

/** What came of a play. */
export interface Played {
  readonly rows: readonly LedgerRow[];
  readonly hooks: readonly HookResult[];
  readonly receivers: readonly ReceiverResult[];
}

/** What a receiver has. */
interface Inbox {
  readonly has: Set<number>;
  duplicates: number;
  recovered: number;
  /** How many events there were when it last asked GET /events. */
  asked: number;
}

interface HookBook {
  readonly planned: PlannedHook;
  readonly inbox: Inbox;
  /** Events given up, each perhaps several times. */
  givenUp: number[];
  readonly attempts: LedgerAttempt[];
  /** Failures in a row that were missing to trip the rule, each time that it was judged. */
  readonly lacked: number[];
  readonly disabled: DisabledAt[];
  readonly enabledAtMs: number[];
  readonly asides: ('missed' | 'dropped')[];
  resent: number;
}

/** What an attempt's row does not take from elsewhere. */
export type AttemptEntry = Omit<
  LedgerAttempt,
  'kind' | 'account' | 'hook' | 'name' | 'answer' | 'share' | 'headroom'
> & { readonly headroom: number };

const inOrder = (a: number, b: number): number => a - b;

const countOf = <Item>(items: readonly Item[], isWanted: (item: Item) => boolean): number =>
  items.filter(isWanted).length;

const hookResult = (hook: HookBook, pending: number, nowMs: number): HookResult => {
  const { attempts, disabled, enabledAtMs, planned, inbox, asides } = hook;
  const ending = (next: Next): number => countOf(attempts, (one) => one.next === next);
  const ends = [...enabledAtMs, nowMs];
  const headroomMin = Math.min(...hook.lacked);
  const answers: Record<string, number> = {};
  for (const { answer } of attempts) answers[answer] = (answers[answer] ?? 0) + 1;
  return {
    hook: planned.name,
    account: 0,
    disabled,
    enabledAtMs,
    disabledMs: disabled.reduce((sum, { atMs }, time) => sum + ends[time]! - atMs, 0),
    attempts: attempts.length,
    failed: countOf(attempts, ({ failed }) => failed),
    delivered: ending('delivered'),
    exhausted: ending('exhausted'),
    dropped: countOf(asides, (one) => one === 'dropped') + ending('dropped'),
    missed: countOf(asides, (one) => one === 'missed'),
    resent: hook.resent,
    pending,
    lost: new Set(hook.givenUp.filter((event) => !inbox.has.has(event))).size,
    mails: disabled.reduce((sum, { mailed }) => sum + mailed.length, 0),
    headroomMin: headroomMin === Infinity ? null : headroomMin,
    answers,
  };
};

/** Empty books for a plan. Instants are milliseconds, hooks and receivers places in the plan. */
export const openBooks = (plan: Plan, receiverNames: readonly string[]) => {
  const rows: LedgerRow[] = [];
  const pairs: number[] = [];
  const inboxes = plan.receivers.map((): Inbox => ({
    has: new Set(),
    duplicates: 0,
    recovered: 0,
    asked: 0,
  }));
  const hooks = plan.hooks.map((planned): HookBook => ({
    planned,
    inbox: inboxes[planned.receiver]!,
    givenUp: [],
    attempts: [],
    lacked: [],
    disabled: [],
    enabledAtMs: [],
    asides: [],
    resent: 0,
  }));
  const account = 0;
  const at = (atMs: number, hook: number) => ({ atMs, account, hook: plan.hooks[hook]!.name });
  const nameOf = (event: number): string => pairName(pairs[event]!);
  return {
    hooks,
    pairOf: (event: number): number => pairs[event]!,
    /** Enters a new event and tells its number. */
    addEvent: (pair: number): number => pairs.push(pair) - 1,
    attempt: (hook: number, entry: AttemptEntry, { label, processed }: Answer): void => {
      const { event, windowFailed, windowTotal, headroom } = entry;
      const row: LedgerAttempt = {
        ...entry,
        kind: 'attempt',
        ...at(entry.atMs, hook),
        name: nameOf(event),
        answer: label,
        share: Math.round((10_000 * windowFailed) / Math.max(1, windowTotal)) / 10_000,
        headroom: headroom === Infinity ? null : headroom,
      };
      const { attempts, inbox, givenUp } = hooks[hook]!;
      rows.push(row);
      attempts.push(row);
      if (processed && inbox.has.has(event)) inbox.duplicates += 1;
      if (processed) inbox.has.add(event);
      if (entry.next !== 'retry' && (entry.failed || !processed)) givenUp.push(event);
    },
    giveUp: (kind: 'missed' | 'dropped', atMs: number, hook: number, event: number): void => {
      hooks[hook]!.asides.push(kind);
      hooks[hook]!.givenUp.push(event);
      rows.push({ kind, ...at(atMs, hook), event, name: nameOf(event) });
    },
    /** `event` is the one whose attempt tripped the rule. Tells how often it was disabled so far. */
    disabled: (
      hook: number,
      figures: Omit<DisabledAt, 'event' | 'mailed'>,
      event: number | undefined,
    ): number => {
      const { atMs, reason, failed: windowFailed, counted: windowTotal } = figures;
      rows.push({ kind: 'disabled', ...at(atMs, hook), reason, windowFailed, windowTotal });
      return hooks[hook]!.disabled.push({
        ...figures,
        event: event === undefined ? null : { number: event, name: nameOf(event) },
        mailed: reason === 'rule' ? plan.hooks[hook]!.recipients : [],
      });
    },
    mail: (atMs: number, hook: number): void => {
      rows.push({ kind: 'mail', ...at(atMs, hook), to: plan.hooks[hook]!.recipients });
    },
    enabled: (atMs: number, hook: number): void => {
      hooks[hook]!.enabledAtMs.push(atMs);
      rows.push({ kind: 'enabled', ...at(atMs, hook) });
    },
    /** The events that a resend takes: given up and lacking, the oldest first. */
    takeLacking: (hook: number, most: number): readonly number[] => {
      const book = hooks[hook]!;
      const lacking = [...new Set(book.givenUp)].filter((event) => !book.inbox.has.has(event));
      lacking.sort(inOrder);
      book.givenUp = lacking.slice(most);
      book.resent += Math.min(most, lacking.length);
      return lacking.slice(0, most);
    },
    poll: (atMs: number, receiver: number): void => {
      const inbox = inboxes[receiver]!;
      const asked = [...pairs.keys()]
        .slice(inbox.asked)
        .filter((event) =>
          plan.hooks.some((hook) => hook.receiver === receiver && hook.subscribes[pairs[event]!]),
        );
      const recovered = countOf(asked, (event) => !inbox.has.has(event));
      const duplicates = asked.length - recovered;
      for (const event of asked) inbox.has.add(event);
      inbox.asked = pairs.length;
      inbox.recovered += recovered;
      inbox.duplicates += duplicates;
      const name = receiverNames[receiver]!;
      rows.push({ kind: 'polled', atMs, account, receiver: name, recovered, duplicates });
    },
    close: (nowMs: number, pendingOf: (hook: number) => number): Played => ({
      rows,
      hooks: hooks.map((hook, index) => hookResult(hook, pendingOf(index), nowMs)),
      receivers: inboxes.map(({ duplicates, recovered }, index) => ({
        receiver: receiverNames[index]!,
        account,
        duplicates,
        recovered,
      })),
    }),
  };
};
