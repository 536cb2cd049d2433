import fc from 'fast-check';
import { signDelivery } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { compact, flipBit, hmac, segment, signed } from '../verification/forge.js';
import type { SigningOptions } from './deliveries.js';
import { event } from './events.js';

/** A token that its receiver must refuse: it was made without the key, or changed after signing. */
export interface Forgery {
  readonly token: string;
  /** What was done, in words: `bit 17 of the signature is flipped`. */
  readonly how: string;
  /** The event that it would smuggle in. */
  readonly event: TruoraEvent;
}

/** What a forgery starts from. */
interface Genuine {
  readonly token: string;
  readonly header: string;
  readonly payload: string;
  readonly claims: object;
  readonly mac: Buffer;
}

interface Trick {
  readonly how: string;
  readonly make: (genuine: Genuine) => string;
}

const MAC_BYTES = 32;

const always = (how: string, make: Trick['make']): fc.Arbitrary<Trick> =>
  fc.constant({ how, make });

const withMac = ({ header, payload }: Genuine, mac: Uint8Array): string =>
  `${header}.${payload}.${segment(mac)}`;

/** Every spelling of `none`. */
const spellings = fc
  .tuple(...Array.from('none', (letter) => fc.constantFrom(letter, letter.toUpperCase())))
  .map((letters) => letters.join(''));

const tricks: fc.Arbitrary<Trick> = fc.oneof(
  { withCrossShrink: true },
  spellings.map((alg) => ({
    how: `unsigned, with alg ${JSON.stringify(alg)}`,
    make: ({ payload }: Genuine) => compact({ alg, typ: 'JWT' }, payload, ''),
  })),
  spellings.map((alg) => ({
    how: `alg ${JSON.stringify(alg)}, with the right signature of the genuine token`,
    make: ({ payload, mac }: Genuine) => compact({ alg, typ: 'JWT' }, payload, mac),
  })),
  fc.stringMatching(/^[0-9a-f]{8,64}$/).map((key) => ({
    how: 'signed with another key',
    make: ({ claims }: Genuine) => signed({ payload: { ...claims }, key: `not ${key}` }),
  })),
  always('signed with the empty key', ({ claims }) => signed({ payload: { ...claims }, key: '' })),
  fc.nat(MAC_BYTES * 8 - 1).map((bit) => ({
    how: `bit ${bit} of the signature is flipped`,
    make: (genuine: Genuine) => withMac(genuine, flipBit(genuine.mac, bit)),
  })),
  fc.nat(MAC_BYTES - 1).map((length) => ({
    how: `the signature has its first ${length} bytes alone`,
    make: (genuine: Genuine) => withMac(genuine, genuine.mac.subarray(0, length)),
  })),
  fc.uint8Array({ minLength: 1, maxLength: 8 }).map((more) => ({
    how: `${more.length} bytes more after the signature`,
    make: (genuine: Genuine) => withMac(genuine, Buffer.concat([genuine.mac, more])),
  })),
  always('a signature of zeros', (genuine) => withMac(genuine, new Uint8Array(MAC_BYTES))),
  always('no third part', ({ header, payload }) => `${header}.${payload}`),
  fc.constantFrom('iss', 'iat', 'admin').map((claim) => ({
    how: `the claim ${claim} was changed after signing`,
    make: ({ header, claims, mac }: Genuine) =>
      `${header}.${segment({ ...claims, [claim]: 1 })}.${segment(mac)}`,
  })),
  fc.constantFrom('RS256', 'ES256', 'PS256', 'EdDSA').map((alg) => ({
    how: `the header says ${alg}, the signature is that of HS256`,
    make: ({ payload, mac }: Genuine) => compact({ alg, typ: 'JWT' }, payload, mac),
  })),
  fc.constantFrom('jwk', 'x5c', 'jku').map((parameter) => ({
    how: `a key in the header’s ${parameter}, signed with it`,
    make: ({ claims }: Genuine) => {
      const k = segment('a key of the forger');
      const parameters = {
        jwk: { kty: 'oct', k },
        x5c: [k],
        jku: 'https://keys.hookproof.invalid',
      };
      const value = parameters[parameter];
      const header = { alg: 'HS256', typ: 'JWT', [parameter]: value };
      return signed({ header, payload: { ...claims }, key: 'a key of the forger' });
    },
  })),
);

/** Forged tokens of many kinds; those that shrink are the plainest: unsigned, with alg "none". */
export const forgedToken = (
  options: SigningOptions & { readonly event?: fc.Arbitrary<TruoraEvent> },
): fc.Arbitrary<Forgery> => {
  const { key, nowMs = Date.now } = options;
  return fc.record({ event: options.event ?? event(), trick: tricks }).map((drawn) => {
    const claims = {
      events: [drawn.event],
      iat: Math.floor(nowMs() / 1000) - 2,
      iss: 'Truora',
    } as const;
    const token = signDelivery(claims, key);
    const [header = '', payload = ''] = token.split('.');
    const mac = hmac(key, `${header}.${payload}`);
    const genuine = { token, header, payload, claims, mac };
    return { token: drawn.trick.make(genuine), how: drawn.trick.how, event: drawn.event };
  });
};
