import { HookproofError } from '../core/errors.js';
import { nearest } from '../core/nearest.js';
import type { Source } from './product.js';
import { products } from './products.js';
import { say } from '../../language/say.js';

/** One product and one of its actions: what a hook subscribes to, and what an event reports. */
export interface EventPair {
  /** `checks.finished`: the product's slug and the action. */
  readonly name: string;
  /** The product's slug. */
  readonly product: string;
  readonly productTitle: string;
  readonly action: string;
  readonly eventType: string;
  readonly eventTypeSource: Source;
}

/** All 45 pairs, in the documented order (DOC). */
export const pairs: readonly EventPair[] = products.flatMap((product) =>
  product.actions.map((action) => ({
    name: `${product.slug}.${action}`,
    product: product.slug,
    productTitle: product.title,
    action,
    eventType: product.eventType,
    eventTypeSource: product.eventTypeSource,
  })),
);

const remedyFor = (name: string): string => {
  const alike = nearest(
    name,
    pairs.map((pair) => pair.name),
  );
  const list = say`'hookproof list events' shows all of them`;
  return alike === undefined ? list : say`did you mean '${alike}'? ${list}`;
};

/**
 * Finds a pair by its name.
 *
 * @example findPair('checks.finished').eventType // 'check'
 * @throws {HookproofError} `unknown_event`, with the most similar name in its remedy.
 */
export const findPair = (name: string): EventPair => {
  const pair = pairs.find((candidate) => candidate.name === name);
  if (pair !== undefined) return pair;
  throw new HookproofError(
    'unknown_event',
    say`there is no event named '${name}'`,
    remedyFor(name),
  );
};
