/**
 * Chance that needs no memory: the same event draws the same number whoever asks, and in whatever
 * order, so that hooks, accounts and threads do not disturb each other.
 */
import { createRandom } from '../core/random.js';

/** A whole number from 0 to 2^32 − 1 for an event and a label: the finaliser of MurmurHash3. */
export const draw = (seed: number, event: number, label: number): number => {
  let hash = Math.imul(event ^ seed, 0x9e3779b1) ^ label;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 0;
};

/** A seed for `draw` from a text that says what it is for. */
export const seedOf = (text: string): number => createRandom(text).uint32();

/** A number in [0, 1) of one drawn. */
export const toUnit = (drawn: number): number => drawn / 0x100000000;
