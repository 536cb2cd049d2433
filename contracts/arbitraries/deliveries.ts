import fc from 'fast-check';
import { signDelivery } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { event, lifecycle } from './events.js';
import { products } from '../../simulator/index.js';
import { twins } from './twins.js';

/** A genuine delivery: its bytes as Truora would send them. */
export interface Delivery {
  readonly events: readonly TruoraEvent[];
  /** When it was signed, in seconds since 1970. */
  readonly iat: number;
  /** The whole body: a compact JWT. A failing test prints it without its signature. */
  readonly token: string;
  readonly contentType: 'application/jwt';
}

/** How generated deliveries are signed. */
export interface SigningOptions {
  /** The signing key, as text. */
  readonly key: string;
  /** The instant at which deliveries arrive, in milliseconds; default now. */
  readonly nowMs?: () => number;
}

/** How long ago a delivery was signed: just now, and at the edges of the retry table, in seconds. */
const AGES_SECONDS = [2, 30, 150, 630, 2550, 10_230];

const MOST_EVENTS = 5;

/**
 * Events that come in one delivery: one to five of any kinds, events with nearly the same key, one
 * event twice, or a resource's whole life in any order.
 */
export const batch = (
  options: { readonly pairs?: readonly string[]; readonly strict?: boolean } = {},
): fc.Arbitrary<readonly TruoraEvent[]> => {
  const one = event(options);
  if (options.pairs !== undefined) return severalOf(one);
  return fc.oneof(
    { arbitrary: severalOf(one), weight: 4 },
    { arbitrary: one.map((again) => [again, again]), weight: 1 },
    { arbitrary: twins(options).map(({ events }) => events), weight: 2 },
    { arbitrary: fc.constantFrom(...products.map(({ slug }) => slug)).chain(lifecycle), weight: 2 },
  );
};

const severalOf = (one: fc.Arbitrary<TruoraEvent>): fc.Arbitrary<readonly TruoraEvent[]> =>
  fc.uniqueArray(one, { minLength: 1, maxLength: MOST_EVENTS, selector: ({ id }) => id });

/** Genuine deliveries of one event, or of those that another arbitrary makes. */
export const delivery = (
  options: SigningOptions & { readonly events?: fc.Arbitrary<readonly TruoraEvent[]> },
): fc.Arbitrary<Delivery> => {
  const { key, nowMs = Date.now, events = event().map((one) => [one]) } = options;
  return fc
    .record({ events, age: fc.constantFrom(...AGES_SECONDS) })
    .map(({ events: delivered, age }) => {
      const iat = Math.floor(nowMs() / 1000) - age;
      return sealed({
        events: delivered,
        iat,
        token: signDelivery({ events: delivered, iat, iss: 'Truora' }, key),
        contentType: 'application/jwt',
      });
    });
};

/** Prints without the signature: a whole genuine token opens the receiver to who reads it. */
const sealed = (made: Delivery): Delivery =>
  Object.defineProperty(made, fc.toStringMethod, {
    value: () => {
      const token = made.token.replace(/\.[^.]*$/, '.…');
      return fc.stringify({ ...made, token });
    },
  });
