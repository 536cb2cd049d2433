import { z } from 'zod';
import { wholeSecondsPattern } from './dates.js';
import { identifierPattern } from './identifiers.js';
import { findPair, pairs, type EventPair } from './pairs.js';
import { findProduct, products } from './products.js';

/** The only file of the catalogue that loads zod (tens of milliseconds): import it when needed. */

const objects = new Map<string, z.ZodType>();

/**
 * The schema of an event's `object` as it is at an action. It is strict: the status words of
 * another action, a field that comes later in the resource's life and an unknown one are refused.
 *
 * @throws {HookproofError} `unknown_event` when the product has no such action.
 */
export const objectSchema = (slug: string, action: string): z.ZodType => {
  const { name } = findPair(`${slug}.${action}`);
  const schema = objects.get(name) ?? findProduct(slug).object(z, action);
  objects.set(name, schema);
  return schema;
};

const schemaOf = ({ product, action, eventType }: EventPair) =>
  z.strictObject({
    id: z.string().regex(identifierPattern('HKE')),
    event_type: z.literal(eventType),
    event_action: z.literal(action),
    version: z.literal('1.0'),
    timestamp: z.string().regex(wholeSecondsPattern),
    object: objectSchema(product, action),
    idempotency_key: z.string().regex(identifierPattern('HIK')).optional(),
  });

/**
 * The schema of one pair's events, under the catalogue's own event type.
 *
 * @throws {HookproofError} `unknown_event`
 */
export const eventSchemaOf = (pair: string) => schemaOf(findPair(pair));

type OneOrMore<Item> = [Item, ...Item[]];

const actionsOf = (slug: string) =>
  z.discriminatedUnion(
    'event_action',
    pairs.filter(({ product }) => product === slug).map(schemaOf) as OneOrMore<
      ReturnType<typeof schemaOf>
    >,
  );

/** Any of the 45 events, under the catalogue's own event types. */
export const eventSchema = z.discriminatedUnion(
  'event_type',
  products.map(({ slug }) => actionsOf(slug)) as OneOrMore<ReturnType<typeof actionsOf>>,
);

/** What a delivered token holds: one event or a batch, when it was signed (seconds), and by whom. */
export const claimsSchema = z.strictObject({
  events: z.array(eventSchema).min(1),
  iat: z.int().nonnegative(),
  iss: z.literal('Truora'),
});
