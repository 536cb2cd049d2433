import fc from 'fast-check';
import type { TruoraEvent } from '../../simulator/index.js';
import { event } from './events.js';

/** Two different events that a careless comparison takes for one. */
export interface Twins {
  readonly events: readonly [TruoraEvent, TruoraEvent];
  readonly how: 'one character of the key' | 'the key alone' | 'the case of the key';
}

const HEX = '0123456789abcdef';
const PREFIX_LENGTH = 'HKE'.length;

/** Another hexadecimal character at one place of a key: 42 of its 43 characters stay. */
const nearKey = (key: string, place: number): string => {
  const at = PREFIX_LENGTH + place;
  const next = HEX[(HEX.indexOf(key[at] ?? '0') + 1) % HEX.length] ?? '0';
  return `${key.slice(0, at)}${next}${key.slice(at + 1)}`;
};

const upper = (key: string): string =>
  key.slice(0, PREFIX_LENGTH) + key.slice(PREFIX_LENGTH).toUpperCase();

const make: Readonly<
  Record<Twins['how'], (one: TruoraEvent, other: TruoraEvent, place: number) => TruoraEvent>
> = {
  'one character of the key': ({ id }, other, place) => ({ ...other, id: nearKey(id, place) }),
  'the key alone': (one, _other, place) => ({ ...one, id: nearKey(one.id, place) }),
  'the case of the key': ({ id }, other) => ({ ...other, id: upper(id) }),
};

/**
 * Pairs of different events: their keys differ in one character, or they hold one and the same
 * object. With `strict` also keys that differ in case alone, which Truora is not known to send.
 */
export const twins = ({
  strict = false,
}: { readonly strict?: boolean } = {}): fc.Arbitrary<Twins> => {
  const hows = Object.keys(make) as Twins['how'][];
  return fc
    .record({
      one: event(),
      other: event(),
      place: fc.nat(39),
      how: fc.constantFrom(...hows.filter((how) => strict || how !== 'the case of the key')),
    })
    .filter(({ one, how }) => how !== 'the case of the key' || upper(one.id) !== one.id)
    .map(({ one, other, place, how }) => ({ how, events: [one, make[how](one, other, place)] }));
};
