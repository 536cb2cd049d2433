/** What the tokens of a run are written by, and what all of them have alike. */
import type { DeliveryClaims } from '../token/sign.js';

/** The protected header of every delivery seen so far (OBS), as `signDelivery` writes it. */
export const HEADER = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.`;

const DOT = 46;
const SIGNATURE_CHARACTERS = 43;

/** Characters of a token whose header and payload have so many. */
export const tokenLength = (inputBytes: number): number => inputBytes + 1 + SIGNATURE_CHARACTERS;

export interface Template {
  /** Characters of the longest token. */
  readonly tokenBytes: number;
  /** Writes the token of a delivery, and returns where it ends. */
  readonly write: (number: number, iatSeconds: number, to: Buffer, at: number) => number;
  /** The same delivery's claims, for those who look into it. */
  readonly claimsOf: (number: number, iatSeconds: number) => DeliveryClaims;
}

/** Writes a signature behind what it signs, and returns where it ends. */
export const putSignature = (signature: string, to: Buffer, at: number): number => {
  to[at] = DOT;
  to.write(signature, at + 1, SIGNATURE_CHARACTERS, 'latin1');
  return at + 1 + SIGNATURE_CHARACTERS;
};
