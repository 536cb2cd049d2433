import fc from 'fast-check';
import {
  createEvent,
  createRandom,
  createResource,
  findPair,
  loadSchemas,
  pairs,
} from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { fromSchema } from './zod.js';

const { eventSchemaOf } = await loadSchemas();

/**
 * Events of one pair, `checks.finished`, that its schema accepts: names in many scripts, dates at
 * the ends of months, every status that is right at that action.
 *
 * @throws {HookproofError} `unknown_event`
 */
export const eventOf = (pair: string): fc.Arbitrary<TruoraEvent> => {
  const known = all.get(pair) ?? (fromSchema(eventSchemaOf(pair)) as fc.Arbitrary<TruoraEvent>);
  all.set(pair, known);
  return known;
};

const all = new Map<string, fc.Arbitrary<TruoraEvent>>();

/** Events of any of the 45 pairs, or of those named; they shrink towards the first of them. */
export const event = (
  options: { readonly pairs?: readonly string[] } = {},
): fc.Arbitrary<TruoraEvent> => {
  const names = options.pairs ?? pairs.map(({ name }) => name);
  return fc.constantFrom(...names).chain(eventOf);
};

/**
 * All events of one resource's life, in any order: each is what the resource is at that action. The
 * order shrinks towards that of their actions.
 *
 * @throws {HookproofError} `invalid_argument` when there is no such product.
 */
export const lifecycle = (product: string): fc.Arbitrary<readonly TruoraEvent[]> => {
  const names = pairs.filter((one) => one.product === product).map(({ name }) => name);
  return fc
    .tuple(fc.nat(), fc.shuffledSubarray(names, { minLength: names.length }))
    .map(([seed, order]) => {
      const random = createRandom(seed);
      const resource = createResource(product, random, START_MS);
      return order.map((name) =>
        createEvent(
          findPair(name),
          resource,
          random.fork(name),
          START_MS + names.indexOf(name) * STEP_MS,
        ),
      );
    });
};

const START_MS = Date.parse('2026-01-01T12:00:00Z');
const STEP_MS = 1000;
