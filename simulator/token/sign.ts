import { createHmac } from 'node:crypto';
import type { TruoraEvent } from '../catalog/event.js';

/** What a delivery's token claims (REF): the events, when it was issued, who issued it. No `exp`. */
export interface DeliveryClaims {
  readonly events: readonly TruoraEvent[];
  /** Seconds since 1970, as RFC 7519 §2 NumericDate. */
  readonly iat: number;
  readonly iss: string;
}

/** The protected header of every delivery seen so far (OBS). */
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

/**
 * Signs one delivery as Truora does: a compact JWS (RFC 7515 §3.1) with HMAC-SHA256 under the UTF-8
 * bytes of the signing key's text (OBS: the 64 hexadecimal characters are not decoded).
 *
 * @example
 * ```ts
 * const body = signDelivery({ events: [event], iat: 1767323046, iss: 'Truora' }, signingKey);
 * await fetch(url, { method: 'POST', headers: { 'content-type': 'application/jwt' }, body });
 * ```
 */
export const signDelivery = (claims: DeliveryClaims, key: string): string =>
  signText(HEADER, JSON.stringify(claims), key);

const signText = (headerSegment: string, payload: string, key: string): string => {
  const input = `${headerSegment}.${Buffer.from(payload).toString('base64url')}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
};
