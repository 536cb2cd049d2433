/** What a run counts for one hook. */
import { clearWindow, createWindow, type DisableWindow } from '../core/window.js';
import type { DeliveryPolicy } from '../core/policy.js';
import type { ReceiverModel } from './behaviours.js';
import { type EventList, createEventList } from './event-list.js';
import type { Inbox } from './inbox.js';

/** One disabling of a hook; instants are milliseconds from the scenario's time 0. */
export interface DisabledAt {
  readonly atMs: number;
  readonly reason: 'rule' | 'request' | 'account';
  /** How manieth attempt of its window the one was that ended last. */
  readonly attempt: number;
  /** How manieth attempt of the hook it was, from the start of the run. */
  readonly ordinal: number;
  /** What the window held: failed ones, and all that count. */
  readonly failed: number;
  readonly counted: number;
  /** What its last attempt delivered; null if somebody or another hook disabled it. */
  readonly event: { readonly number: number; readonly name: string } | null;
  /** Who gets an e-mail about it. */
  readonly mailed: readonly string[];
}

export interface Tally {
  readonly window: DisableWindow;
  /** What stands behind its URL, and what that has. */
  readonly model: ReceiverModel;
  readonly inbox: Inbox;
  /** 1 while it is enabled, 0 while it is not: to test a boolean takes V8 three times as long. */
  enabled: 0 | 1;
  exhausted: number;
  dropped: number;
  missed: number;
  resent: number;
  /** E-mails to creator and owner, one for each time the rule disabled the hook. */
  mails: number;
  /**
   * The least that `numerator × total − denominator × failed` ever was when the rule could trip: how
   * close the hook came to being disabled.
   */
  shortMin: number;
  disabledMs: number;
  disabledSinceMs: number;
  /** Attempts by the number of their answer. */
  readonly byAnswer: Float64Array;
  readonly disabled: DisabledAt[];
  readonly enabledAtMs: number[];
  /** Deliveries that wait for the hook to be enabled, under 'hold'. */
  readonly held: { readonly event: number; readonly marks: number; readonly firstMs: number }[];
  /** Events given up without the receiver having them, each perhaps several times. */
  readonly missing: EventList;
}

/** A tally at its beginning. It takes over the room of one that is used up. */
export const createTally = (
  policy: DeliveryPolicy,
  { model, inbox }: Pick<Tally, 'model' | 'inbox'>,
  answers: number,
  spare?: Tally,
): Tally => {
  if (spare !== undefined) {
    clearWindow(spare.window);
    spare.byAnswer.fill(0);
  }
  return {
    window: spare?.window ?? createWindow(policy),
    model,
    inbox,
    enabled: 1,
    exhausted: 0,
    dropped: 0,
    missed: 0,
    resent: 0,
    mails: 0,
    shortMin: Number.POSITIVE_INFINITY,
    disabledMs: 0,
    disabledSinceMs: 0,
    byAnswer: spare?.byAnswer ?? new Float64Array(answers),
    disabled: [],
    enabledAtMs: [],
    held: [],
    missing: createEventList(spare?.missing),
  };
};

/** Attempts that have ended. */
export const attemptsOf = ({ byAnswer }: Tally): number => {
  let attempts = 0;
  for (let answer = 0; answer < byAnswer.length; answer++) attempts += byAnswer[answer] as number;
  return attempts;
};
