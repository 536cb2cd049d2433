import { ackImpliesEffect } from './ack-implies-effect.js';
import { ackLiveness } from './ack-liveness.js';
import { atMostOnce } from './at-most-once.js';
import type { Invariant } from './invariant.js';
import { noForgery } from './no-forgery.js';
import { noInterference } from './no-interference.js';
import { orderConfluence } from './order-confluence.js';
import { retryConverges } from './retry-converges.js';

export type { Facts, Invariant } from './invariant.js';

/** In the order in which they are asked: the first that is broken names the violation. */
export const invariants: readonly Invariant[] = [
  noForgery,
  atMostOnce,
  ackImpliesEffect,
  noInterference,
  retryConverges,
  ackLiveness,
  orderConfluence,
];

/** What an effect too many proves at once; the others need time to settle. */
export const provenAtOnce: readonly Invariant[] = [noForgery, atMostOnce];
