/** The Events API: what it says of an event, and of a page of them. */
import { pairs, syntheticClientId } from '../catalog/index.js';
import type { TruoraEvent } from '../catalog/index.js';

/** How far an event's delivery has come. */
export interface EventProgress {
  /** The slug; found by type and action where it is left out. */
  readonly product?: string;
  readonly attempts: number;
  readonly status: 'success' | 'failure' | 'pending';
  /** RFC 3339. */
  readonly updateDate: string;
}

/** A row of the Events API (REF). */
export interface EventRow {
  readonly client_id: string;
  readonly product: string;
  /** REF shows no `id` here; with it a receiver knows what it was delivered (INF). */
  readonly id?: string;
  readonly idempotency_key: string;
  readonly event_type: string;
  readonly event_action: string;
  /** JSON as text. */
  readonly object: string;
  readonly timestamp: string;
  readonly update_date: string;
  readonly delivery_attempts: number;
  readonly delivery_status: 'success' | 'failure' | 'pending';
}

/** Rows of the largest page where no other size is said (an assumption, INF). */
export const eventsPerPage = 100;

/**
 * What an event is asked for by. Where it carries no key of its own the delivered one stands in: that
 * the two are then the same value is an assumption (INF).
 */
export const eventKeyOf = ({ id, idempotency_key: key }: TruoraEvent): string => key ?? id;

/** What an event is told as; without its progress, as one that was delivered at once. */
export const eventRow = (event: TruoraEvent, progress?: EventProgress): EventRow => {
  // Events of a test may have no id at all.
  const {
    id,
    event_type: type,
    event_action: action,
    timestamp,
  } = event as Partial<TruoraEvent> & Omit<TruoraEvent, 'id'>;
  const pair = pairs.find((one) => one.eventType === type && one.action === action);
  return {
    client_id: syntheticClientId,
    product: progress?.product ?? pair?.product ?? '',
    ...(id === undefined ? {} : { id }),
    idempotency_key: eventKeyOf(event),
    event_type: type,
    event_action: action,
    object: JSON.stringify(event.object),
    timestamp,
    update_date: progress?.updateDate ?? timestamp,
    delivery_attempts: progress?.attempts ?? 1,
    delivery_status: progress?.status ?? 'success',
  };
};
