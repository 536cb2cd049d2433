/** The state of a virtual run of one account: plain data, advanced by the functions beside it. */
import type { DeliveryPolicy } from '../core/policy.js';
import { type Agenda, createAgenda } from './agenda.js';
import type { Answer } from './answers.js';
import { type Inbox, createInbox, widened } from './inbox.js';
import type { Plan, PlannedAction, PlannedHook, ReceiverModel, Traffic } from './plan.js';
import type { AttemptRow, RowSink } from './rows.js';
import { type Tally, createTally } from './tally.js';

/** Attempts that a delivery may have, ways in which one can end, hooks of an account. */
export const limits = { attempts: 0x7fff, answers: 256, hooks: 0xffff } as const;

// The marks of a delivery in one number: its hook, whether it was resent by hand, how many attempts
// it had. Literals, because an imported constant is looked up anew in every attempt.
export const newMarks = (hook: number, resend: boolean): number =>
  hook * 0x10000 + (resend ? 0x8000 : 0);
export const hookIn = (marks: number): number => marks >>> 16;
export const isResend = (marks: number): boolean => (marks & 0x8000) !== 0;
export const attemptsIn = (marks: number): number => marks & 0x7fff;
/** Tells deliveries apart: an event, its hook, and whether it was resent. */
export const deliveryOf = (event: number, marks: number): number =>
  event * 0x20000 + (marks >>> 15);

export interface Run {
  readonly policy: DeliveryPolicy;
  readonly hooks: readonly PlannedHook[];
  readonly receivers: readonly ReceiverModel[];
  readonly answers: readonly Answer[];
  readonly traffic: Traffic;
  /** What is done by hand, in time order; those before `nextAction` have been. */
  readonly actions: PlannedAction[];
  nextAction: number;
  readonly untilMs: number;
  readonly sink: RowSink | undefined;
  readonly retries: Agenda;
  /** Attempts in the air. */
  readonly ends: Agenda;
  /** Whether retries count from the first attempt, so that its start has to be kept. */
  readonly keepsFirst: boolean;
  /** When the deliveries in the air were first tried; only if `keepsFirst`. */
  readonly firstStarts: Map<number, number>;
  readonly tallies: readonly Tally[];
  readonly inboxes: readonly Inbox[];
  /** By pair, the hooks that subscribe to it. */
  readonly subscribers: readonly (readonly number[])[];
  /** The hooks that the latest event is for, and how many of them it has been sent to. */
  hooksToTell: readonly number[];
  toldHooks: number;
  /** Which pair an event is. */
  pairs: Uint8Array<ArrayBuffer>;
  /** Events that have happened; the next one's number. */
  events: number;
  attempts: number;
  nowMs: number;
  /** Filled anew for each attempt. */
  readonly row: AttemptRow;
}

/** A run of a plan, at its beginning. The plan's traffic and receivers are used up by it. */
export const createRun = (plan: Plan, sink: RowSink | undefined): Run => {
  const { policy, hooks, receivers, traffic, answers, actions, untilMs } = plan;
  const keepsFirst = policy.delayFrom === 'first-start';
  return {
    policy,
    hooks,
    receivers,
    answers: answers.answers,
    traffic,
    actions: [...actions],
    nextAction: 0,
    untilMs,
    sink,
    retries: createAgenda(Math.max(1, policy.attemptsMax - 1), keepsFirst),
    ends: createAgenda(1, true),
    keepsFirst,
    firstStarts: new Map(),
    tallies: hooks.map(() => createTally(policy, answers.answers.length)),
    inboxes: receivers.map(() => createInbox()),
    subscribers: subscribersOf(hooks),
    hooksToTell: [],
    toldHooks: 0,
    pairs: new Uint8Array(1024),
    events: 0,
    attempts: 0,
    nowMs: startOf(traffic.nextMs, actions[0]?.atMs ?? Number.POSITIVE_INFINITY),
    row: {
      startedAtMs: 0,
      atMs: 0,
      hook: 0,
      event: 0,
      pair: 0,
      answer: 0,
      attempt: 0,
      resend: false,
      failed: false,
      windowFailed: 0,
      windowTotal: 0,
      headroom: 0,
      next: 'delivered',
      retryAtMs: 0,
    },
  };
};

/** When something happens first; time 0 if nothing ever does. */
const startOf = (eventMs: number, actionMs: number): number => {
  const firstMs = Math.min(eventMs, actionMs);
  return firstMs === Number.POSITIVE_INFINITY ? 0 : firstMs;
};

const subscribersOf = (hooks: readonly PlannedHook[]): readonly (readonly number[])[] =>
  (hooks[0]?.subscribes ?? []).map((_, pair) =>
    [...hooks.keys()].filter((hook) => hooks[hook]?.subscribes[pair] === true),
  );

export const tallyOf = (run: Run, hook: number): Tally => run.tallies[hook] as Tally;

export const hookOf = (run: Run, hook: number): PlannedHook => run.hooks[hook] as PlannedHook;

export const inboxOf = (run: Run, hook: number): Inbox =>
  run.inboxes[hookOf(run, hook).receiver] as Inbox;

export const pairOf = (run: Run, event: number): number => run.pairs[event] as number;

/** Enters the next event of the traffic. */
export const addEvent = (run: Run): void => {
  const event = run.events;
  run.events += 1;
  if (event === run.pairs.length) {
    run.pairs = widened(run.pairs);
    for (const inbox of run.inboxes) inbox.has = widened(inbox.has);
  }
  run.pairs[event] = run.traffic.pair;
  run.traffic.advance();
};
