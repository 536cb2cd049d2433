/** The words of the delivery state machine: what it is told, and what it tells its driver to do. */
import type { Outcome } from './outcome.js';

/**
 * Why a hook was disabled: the rule tripped, someone asked, or the rule tripped on another hook of
 * an account that is disabled as a whole.
 */
export type DisableReason = 'rule' | 'request' | 'account';

/** What has happened. Instants are whole milliseconds and should not run backwards. */
export type DeliveryInput =
  | {
      readonly kind: 'enqueue';
      readonly deliveryId: string;
      readonly eventKeys: readonly string[];
      readonly atMs: number;
      readonly resend?: boolean;
    }
  | { readonly kind: 'due'; readonly deliveryId: string; readonly atMs: number }
  | {
      readonly kind: 'attempt-ended';
      readonly deliveryId: string;
      readonly startedAtMs: number;
      readonly endedAtMs: number;
      readonly outcome: Outcome;
    }
  | {
      readonly kind: 'disable';
      readonly atMs: number;
      /** 'request' unless said otherwise. */
      readonly reason?: Exclude<DisableReason, 'rule'>;
    }
  | { readonly kind: 'enable'; readonly atMs: number };

/**
 * What to do, in this order. `attempt` is the number of an attempt within its delivery, from 1;
 * `attempts` how many a settled delivery had.
 */
export type DeliveryCommand =
  | { readonly kind: 'attempt'; readonly deliveryId: string; readonly attempt: number }
  | {
      readonly kind: 'schedule';
      readonly deliveryId: string;
      readonly attempt: number;
      readonly dueMs: number;
    }
  | {
      readonly kind: 'delivered' | 'exhausted' | 'dropped';
      readonly deliveryId: string;
      readonly attempts: number;
    }
  | {
      readonly kind: 'hook-disabled';
      readonly atMs: number;
      readonly reason: DisableReason;
      /** What the window held. */
      readonly failed: number;
      readonly total: number;
      /** Which of the hook's attempts, from 1, ended last. */
      readonly attemptOrdinal: number;
    }
  | {
      readonly kind: 'notify';
      readonly atMs: number;
      readonly recipients: readonly ['creator', 'owner'];
    }
  | { readonly kind: 'hook-enabled'; readonly atMs: number };
