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
      const bytes = payload.write(text);
      // A character may have been left out for want of room for all its bytes.
      if (bytes > payloadBytesMax - 4 && Buffer.byteLength(text) > payloadBytesMax) {
        throw new RangeError(`the claims of delivery ${number} exceed ${payloadBytesMax} bytes`);
      }
      const encoded = payload.toString('base64url', 0, bytes);
      const inputBytes = HEADER.length + message.write(encoded, HEADER.length, 'latin1');
      message.copy(to, at, 0, inputBytes);
      return putSignature(sign(inputBytes), to, at + inputBytes);
    },
  };
};
