import { createHash, createHmac } from 'node:crypto';
import type { TruoraEvent } from '../../simulator/index.js';
import type { CaseContext } from '../runner/case.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The header of a genuine delivery. */
export const HEADER: JsonObject = { alg: 'HS256', typ: 'JWT' };

/** base64url without padding (RFC 7515 §2) of bytes, of a text, or of a value's JSON. */
export const segment = (value: string | Uint8Array | JsonObject | readonly unknown[]): string =>
  Buffer.from(
    typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value),
  ).toString('base64url');

export const hmac = (key: string | Uint8Array, input: string, digest = 'sha256'): Buffer =>
  createHmac(digest, key).update(input).digest();

/** Whether HMAC takes two keys for one: it pads short ones with zeros (RFC 2104 §2). */
export const isSameKey = (one: string | Uint8Array, other: string | Uint8Array): boolean =>
  hmac(one, 'x').equals(hmac(other, 'x'));

export const sha256 = (input: string): Buffer => createHash('sha256').update(input).digest();

/** Everything that a forger of one delivery starts from. Nothing here is used by the signer. */
export interface ForgeKit {
  /** The receiver's own key: only for what its holder could send. */
  readonly key: string;
  /** A key that the receiver does not have. */
  readonly strangersKey: string;
  /** The event to smuggle in. */
  readonly event: TruoraEvent;
  readonly claims: JsonObject & { readonly events: readonly TruoraEvent[]; readonly iat: number };
  /** The claims' JSON text and its segment. */
  readonly payload: string;
  readonly payloadSegment: string;
  /** The genuine header's segment. */
  readonly headerSegment: string;
  /** Header and payload as signed: `header.payload`. */
  readonly input: string;
  /** The right MAC over {@link input}. */
  readonly mac: Buffer;
  /** The genuine token of {@link event}. */
  readonly token: string;
  /** A genuine token of another event, never sent by itself. */
  readonly other: { readonly token: string; readonly event: TruoraEvent };
  readonly random: CaseContext['random'];
  readonly url: URL;
  readonly nowSeconds: number;
  /** Serves a body where a token can point at; without a listener the address answers nobody. */
  readonly lure: (path: string, body: string) => string;
}

const NOWHERE = 'https://keys.hookproof.invalid';

export const createForgeKit = (context: CaseContext, event: TruoraEvent): ForgeKit => {
  const token = context.token([event]);
  const [headerSegment = '', payloadSegment = ''] = token.split('.');
  const payload = Buffer.from(payloadSegment, 'base64url').toString('utf8');
  const input = `${headerSegment}.${payloadSegment}`;
  const otherEvent = context.event();
  return {
    key: context.key,
    strangersKey: context.random.fork(`stranger ${context.keyOf(event)}`).hex(64),
    event,
    claims: JSON.parse(payload) as ForgeKit['claims'],
    payload,
    payloadSegment,
    headerSegment,
    input,
    mac: hmac(context.key, input),
    token,
    other: { token: context.token([otherEvent]), event: otherEvent },
    random: context.random.fork(`forge ${context.keyOf(event)}`),
    url: new URL(context.url),
    nowSeconds: Math.floor(context.nowMs() / 1000),
    lure: (path, body) => {
      context.canary?.serve(path, body);
      return context.canary?.urlOf(path) ?? `${NOWHERE}${path}`;
    },
  };
};

/** A token from a header, a payload and the bytes of a signature. */
export const compact = (
  header: JsonObject | string,
  payloadSegment: string,
  signature: string | Uint8Array,
): string => `${segment(header)}.${payloadSegment}.${segment(signature)}`;

/** A token signed with HMAC: by default as a genuine one. */
export const signed = (parts: {
  readonly header?: JsonObject | string;
  readonly payload: string | Uint8Array | JsonObject;
  readonly key: string | Uint8Array;
  readonly digest?: string;
}): string => {
  const input = `${segment(parts.header ?? HEADER)}.${segment(parts.payload)}`;
  return `${input}.${hmac(parts.key, input, parts.digest).toString('base64url')}`;
};

/** A genuine token with other claims; `undefined` leaves one out. */
export const withClaims = (kit: ForgeKit, change: JsonObject): string =>
  signed({ payload: { ...kit.claims, ...change }, key: kit.key });

/** The genuine token of a kit with another signature: bytes, canonically encoded. */
export const withMac = (kit: ForgeKit, mac: Uint8Array): string => `${kit.input}.${segment(mac)}`;

export const flipBit = (bytes: Uint8Array, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  const index = bit >> 3;
  copy[index] = (copy[index] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * A base64url text with a bit of its last character changed. Where that bit carries no data (lengths
 * that leave 2 or 3 when divided by 4), a lenient decoder finds the same bytes (RFC 4648 §3.5).
 */
export const unusedBitsChanged = (text: string): string =>
  `${text.slice(0, -1)}${ALPHABET[ALPHABET.indexOf(text.slice(-1)) ^ 1] ?? ''}`;
