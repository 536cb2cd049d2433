/** What the control API answers, in the rows of the stand-in. */
import type { DeliveryPolicy } from '../../../../core/policy.js';
import type { Delivery, StoredAttempt, StoredEvent, Totals } from '../../../stand-in.js';

export interface Clock {
  readonly kind: 'real' | 'test';
  readonly nowMs: number;
  readonly nextDueMs: number | null;
}

export interface State {
  readonly clock: Clock;
  readonly totals: Totals;
  readonly policy: DeliveryPolicy;
  readonly publicUrl: string;
}

/** An attempt, and what its token said. */
export type ReadAttempt = StoredAttempt & { readonly payload: unknown };

export interface EventDetails {
  readonly event: StoredEvent;
  readonly deliveries: readonly Delivery[];
  readonly attempts: readonly ReadAttempt[];
}

/** One of the 45 pairs that can be sent. */
export interface Pair {
  readonly name: string;
  readonly product: string;
  readonly productTitle: string;
  readonly action: string;
  readonly eventType: string;
}
