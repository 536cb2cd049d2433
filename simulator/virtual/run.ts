/** The state of a virtual run of one account: plain data, advanced by the functions beside it. */
import type { DeliveryPolicy } from '../core/policy.js';
import { type Agenda, clearAgenda, createAgenda } from './agenda.js';
import type { Answer } from './answers.js';
import type { ReceiverModel } from './behaviours.js';
import { type Inbox, createInbox, widened } from './inbox.js';
import type { Plan, PlannedAction, PlannedHook, Traffic } from './plan.js';
import type { AttemptRow, RowSink } from './rows.js';
import { type Tally, attemptsOf, createTally } from './tally.js';

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
  /** By answer, FAILED and PROCESSED. */
  readonly flags: Uint8Array;
  readonly traffic: Traffic;
  /** What is done by hand, in time order; those before `nextAction` have been. */
  readonly actions: PlannedAction[];
  nextAction: number;
  /** When that one is due; Infinity where there is none. */
  nextActionMs: number;
  readonly untilMs: number;
  readonly sink: RowSink | undefined;
  readonly retries: Agenda;
  /** Attempts in the air. */
  readonly ends: Agenda;
  /** When the deliveries in the air were first tried; only where retries count from there. */
  readonly firstStarts: Map<number, number>;
  readonly tallies: readonly Tally[];
  readonly inboxes: readonly Inbox[];
  /** By pair, the hooks that subscribe to it. */
  readonly subscribers: readonly (readonly number[])[];
  /** The hooks that an event is for, how many they are, and how many of them it has been sent to. */
  hooksToTell: readonly number[];
  toTell: number;
  toldHooks: number;
  /** Which pair an event is. */
  pairs: Uint8Array<ArrayBuffer>;
  /** Events that have happened; the next one's number. */
  events: number;
  nowMs: number;
  /** Filled anew for each attempt; undefined where nobody listens. */
  readonly row: AttemptRow | undefined;
}

/** What the engine asks of an answer, in one byte. */
const FAILED = 1;
const PROCESSED = 2;

const flagsOf = (answers: readonly Answer[]): Uint8Array =>
  Uint8Array.from(
    answers,
    ({ failed, processed }) => (failed ? FAILED : 0) | (processed ? PROCESSED : 0),
  );

/**
 * A run of a plan, at its beginning. The plan's traffic and receivers are used up by it.
 *
 * `spare` is a run of another account of the same scenario, which is over: the new one takes over
 * its room, and nothing of it may be read any more. Most accounts are small, and making room for
 * one takes as long as playing it.
 */
export const createRun = (plan: Plan, sink: RowSink | undefined, spare?: Run): Run => {
  const { policy, hooks, receivers, traffic, answers, actions, untilMs } = plan;
  if (spare !== undefined) {
    clearAgenda(spare.retries);
    clearAgenda(spare.ends);
    spare.firstStarts.clear();
  }
  const firstActionMs = actions[0]?.atMs ?? Number.POSITIVE_INFINITY;
  const keepsFirst = policy.delayFrom === 'first-start';
  const inboxes = receivers.map((_, receiver) => createInbox(spare?.inboxes[receiver]));
  const tallies = hooks.map(({ receiver }, hook) => {
    const behind = {
      model: receivers[receiver] as ReceiverModel,
      inbox: inboxes[receiver] as Inbox,
    };
    return createTally(policy, behind, answers.answers.length, spare?.tallies[hook]);
  });
  return {
    policy,
    hooks,
    receivers,
    answers: answers.answers,
    flags: spare?.flags ?? flagsOf(answers.answers),
    traffic,
    actions: [...actions],
    nextAction: 0,
    nextActionMs: firstActionMs,
    untilMs,
    sink,
    retries: spare?.retries ?? createAgenda(Math.max(1, policy.attemptsMax - 1), keepsFirst),
    ends: spare?.ends ?? createAgenda(1, true),
    firstStarts: spare?.firstStarts ?? new Map<number, number>(),
    tallies,
    inboxes,
    subscribers: spare?.subscribers ?? subscribersOf(hooks),
    hooksToTell: [],
    toTell: 0,
    toldHooks: 0,
    pairs: spare?.pairs ?? new Uint8Array(1024),
    events: 0,
    nowMs: startOf(traffic.nextMs, firstActionMs),
    row: sink === undefined ? undefined : createRow(),
  };
};

const createRow = (): AttemptRow => ({
  startedAtMs: Number.NaN,
  atMs: Number.NaN,
  hook: 0,
  event: 0,
  pair: 0,
  answer: 0,
  attempt: 0,
  resend: false,
  failed: false,
  windowFailed: 0,
  windowTotal: 0,
  headroom: Number.NaN,
  next: 'delivered',
  retryAtMs: Number.NaN,
});

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

/** Attempts that have ended, of all hooks. */
export const attemptsOfRun = ({ tallies }: Run): number =>
  tallies.reduce((attempts, tally) => attempts + attemptsOf(tally), 0);

export const hookOf = (run: Run, hook: number): PlannedHook => run.hooks[hook] as PlannedHook;

export const pairOf = (run: Run, event: number): number => run.pairs[event] as number;

/** Makes room for more events. */
export const widenEvents = (run: Run): void => {
  run.pairs = widened(run.pairs);
  for (const inbox of run.inboxes) inbox.has = widened(inbox.has);
};
