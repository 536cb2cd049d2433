import { HookproofError } from '../core/errors.js';
import { createRandom, type Random } from '../core/random.js';
import { toNanoseconds, toWholeSeconds } from './dates.js';
import { createIdentifier } from './identifiers.js';
import type { EventPair } from './pairs.js';
import { createPerson } from './people.js';
import type { Moment, Product, Resource } from './product.js';
import { findProduct, products } from './products.js';
import { say } from '../../language/say.js';

/** One element of a delivery's `events`, in the order its fields are sent (REF). */
export interface TruoraEvent {
  /** `HKE` and 40 hexadecimal characters: a receiver's idempotency key. */
  readonly id: string;
  readonly event_type: string;
  readonly event_action: string;
  readonly version: string;
  /** RFC 3339, whole seconds. */
  readonly timestamp: string;
  readonly object: Readonly<Record<string, unknown>>;
  /** `HIK` and 40 hexadecimal characters; in deliveries only when asked for. */
  readonly idempotency_key?: string;
}

/**
 * Makes the resource that events will be about: one check, process, validation or session, with
 * its person. It came into being shortly before `atMs`, the instant its first event leaves.
 */
export const createResource = (product: string, random: Random, atMs: number): Resource => ({
  product,
  id: createIdentifier(findProduct(product).idPrefix, random),
  creationMs: atMs - random.integer(20, 900),
  accountId: createIdentifier('ACC', random),
  flowId: createIdentifier('IPF', random),
  identityProcessId: random.integer(1, 4) === 1 ? null : createIdentifier('IDP', random),
  person: createPerson(random),
});

const momentOf = (product: Product, action: string, resource: Resource, atMs: number): Moment => {
  // Seeded by the resource, so that its later events repeat what its earlier ones said.
  const random = createRandom(resource.id);
  const nanoseconds = (label: string): number => random.fork(label).integer(0, 999_999);
  return {
    action,
    status: product.statuses[action]?.[0] ?? '',
    creationDate: toNanoseconds(resource.creationMs, nanoseconds('creation')),
    updateDate: toNanoseconds(atMs, nanoseconds(action)),
    random,
  };
};

/**
 * Makes an event of a resource: the object as it looks at that action. Only the event's id is
 * drawn from `random`; the object depends on the resource, the action and the instant alone.
 *
 * @throws {HookproofError} `invalid_argument` when the resource belongs to another product.
 */
export const createEvent = (
  pair: EventPair,
  resource: Resource,
  random: Random,
  atMs: number,
): TruoraEvent => {
  if (pair.product !== resource.product) {
    throw new HookproofError(
      'invalid_argument',
      say`'${pair.name}' cannot be about a resource of '${resource.product}'`,
      say`make the resource with createResource('${pair.product}', …)`,
    );
  }
  const product = findProduct(pair.product);
  return {
    id: createIdentifier('HKE', random),
    event_type: pair.eventType,
    event_action: pair.action,
    version: '1.0',
    timestamp: toWholeSeconds(atMs),
    object: product.snapshot(resource, momentOf(product, pair.action, resource, atMs)),
  };
};

/** Longest first: a continuous check also names the check that ran. */
const resourceIdFields = [...new Set(products.map((product) => product.resourceIdField))].toSorted(
  (one, other) => other.length - one.length,
);

/** The field of an event's object that holds the id of what it is about; undefined if none does. */
export const resourceIdFieldOf = (object: TruoraEvent['object']): string | undefined =>
  resourceIdFields.find((field) => typeof object[field] === 'string');

/**
 * The id of what an event is about. It is found by its field, so it works whatever event type the
 * user has chosen for the product.
 *
 * @throws {HookproofError} `invalid_argument` when the object holds none of the known ids.
 */
export const resourceIdOf = (event: TruoraEvent): string => {
  const field = resourceIdFieldOf(event.object);
  if (field !== undefined) return String(event.object[field]);
  throw new HookproofError(
    'invalid_argument',
    say`the object of event '${event.id}' has no resource id`,
    say`give it one of: ${resourceIdFields.join(', ')}`,
  );
};
