/** What a virtual run of one account is made of: a scenario, read and ready to be played. */
import type { DeliveryPolicy } from '../core/policy.js';
import type { AnswerBook } from './answers.js';
import type { ReceiverModel } from './behaviours.js';

/**
 * Where events come from, in time order. Read `nextMs` and `pair`, then `advance` it. A constant
 * stream of one pair is told by numbers, all else moves on by itself.
 */
export interface Traffic {
  /** When the next event happens, in whole milliseconds; Infinity when no more come. */
  nextMs: number;
  /** Which of the 45 pairs it is, by its place in the catalogue. */
  pair: number;
  /** Events up to the next one; of a constant stream, when they happen and when they end. */
  index: number;
  readonly fromMs: number;
  readonly everyMs: number;
  /** No event is later, and there are no more than `count` of them. */
  readonly lastMs: number;
  readonly count: number;
  /** Moves on by itself; undefined for a constant stream of one pair. */
  readonly step: (() => void) | undefined;
}

export interface PlannedHook {
  readonly name: string;
  /** Its place among the plan's receivers; hooks may share one. */
  readonly receiver: number;
  /** Whether it subscribes to a pair, by the pair's place in the catalogue. */
  readonly subscribes: readonly boolean[];
  /** Milliseconds until someone enables it again after the rule disabled it. */
  readonly reenableAfterMs: number | undefined;
  /** Who is told when it is disabled: its creator and its owner. */
  readonly recipients: readonly string[];
}

/** Something that is done by hand, or by the receiver on its own account. */
export type PlannedAction =
  | { readonly kind: 'disable' | 'enable'; readonly atMs: number; readonly hook: number }
  | {
      readonly kind: 'reenable';
      readonly atMs: number;
      readonly hook: number;
      /** How often the hook had been disabled; nothing is done if it was enabled since. */
      readonly times: number;
    }
  | {
      readonly kind: 'resend';
      readonly atMs: number;
      readonly hook: number;
      /** How many of the events that it misses are sent again; the oldest first. */
      readonly most: number;
    }
  | { readonly kind: 'poll'; readonly atMs: number; readonly receiver: number };

export interface Plan {
  readonly policy: DeliveryPolicy;
  readonly hooks: readonly PlannedHook[];
  readonly receivers: readonly ReceiverModel[];
  readonly answers: AnswerBook;
  readonly traffic: Traffic;
  /** In time order. */
  readonly actions: readonly PlannedAction[];
  /** The run stops after what is due at this instant. */
  readonly untilMs: number;
}
