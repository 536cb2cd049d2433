/** What a run counts for one hook. */
import { clearWindow, createWindow, type DisableWindow } from '../core/window.js';
import type { DeliveryPolicy } from '../core/policy.js';

/** One disabling of a hook. */
export interface Disabling {
  /** Milliseconds from the scenario's time 0. */
  readonly atMs: number;
  readonly reason: 'rule' | 'request' | 'account';
  /** How manieth attempt of its window the one was that ended last. */
  readonly attempt: number;
  /** How manieth attempt of the hook it was, from the start of the run. */
  readonly ordinal: number;
  /** What the window held: failed ones, and all that count. */
  readonly failed: number;
  readonly counted: number;
  /** The event that was delivered by that attempt; undefined if no attempt had ended. */
  readonly event: number | undefined;
}

export interface Tally {
  readonly window: DisableWindow;
  enabled: boolean;
  attempts: number;
  failed: number;
  delivered: number;
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
  readonly byAnswer: Float64Array;
  readonly disabled: Disabling[];
  readonly enabledAtMs: number[];
  /** Deliveries that wait for the hook to be enabled, under 'hold'. */
  readonly held: { readonly event: number; readonly marks: number; readonly firstMs: number }[];
  /** Events given up without the receiver having them, each perhaps several times. */
  readonly missing: number[];
}

/** A tally at its beginning. It takes over the room of one that is used up. */
export const createTally = (policy: DeliveryPolicy, answers: number, spare?: Tally): Tally => {
  if (spare !== undefined) {
    clearWindow(spare.window);
    spare.byAnswer.fill(0);
  }
  return {
    window: spare?.window ?? createWindow(policy),
    enabled: true,
    attempts: 0,
    failed: 0,
    delivered: 0,
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
    missing: [],
  };
};
