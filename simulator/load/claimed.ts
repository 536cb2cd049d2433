/**
 * Deliveries of any claims: each payload is laid out, encoded and signed whole. What is alike in all of
 * them is better made by a template.
 */
import { createMac } from './mac.js';
import { encodedLength } from './payload.js';
import { HEADER, type Template, putSignature, tokenLength } from './token.js';

export interface ClaimedOptions {
  readonly key: string;
  /** UTF-8 bytes of the longest payload. */
  readonly payloadBytesMax: number;
}

/** Byte for byte what `signDelivery` gives for the claims of each delivery. */
export const createClaimed = (
  claimsOf: Template['claimsOf'],
  { key, payloadBytesMax }: ClaimedOptions,
): Template => {
  const inputBytesMax = HEADER.length + encodedLength(payloadBytesMax);
  const payload = Buffer.allocUnsafeSlow(payloadBytesMax);
  const { message, sign } = createMac(key, inputBytesMax);
  message.write(HEADER, 'latin1');
  return {
    claimsOf,
    tokenBytes: tokenLength(inputBytesMax),
    write: (number, iatSeconds, to, at) => {
      const text = JSON.stringify(claimsOf(number, iatSeconds));
      const bytes = Buffer.byteLength(text);
      if (bytes > payloadBytesMax) {
        throw new RangeError(`the claims of delivery ${number} exceed ${payloadBytesMax} bytes`);
      }
      // Text of ASCII only, as most is, is written several times as fast when that is known.
      payload.write(text, bytes === text.length ? 'latin1' : 'utf8');
      const encoded = payload.toString('base64url', 0, bytes);
      const inputBytes = HEADER.length + message.write(encoded, HEADER.length, 'latin1');
      message.copy(to, at, 0, inputBytes);
      return putSignature(sign(inputBytes), to, at + inputBytes);
    },
  };
};
