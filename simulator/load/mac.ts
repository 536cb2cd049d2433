/**
 * HMAC-SHA256 (RFC 2104) of one buffer that changes in place, by two plain digests with the pads
 * already laid out: `createHmac` makes an object for each message, which costs more than the hashing.
 */
import { createHash, hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

const padded = (key: string, pad: number): Uint8Array => {
  const bytes = Buffer.from(key);
  const short = bytes.length > BLOCK_BYTES ? createHash('sha256').update(bytes).digest() : bytes;
  const block = new Uint8Array(BLOCK_BYTES).fill(pad);
  short.forEach((byte, index) => {
    block[index] = byte ^ pad;
  });
  return block;
};

export interface Mac {
  /** The message: write into it, then `sign`. */
  readonly message: Buffer;
  /** The MAC of so many bytes of what `message` holds now, as base64url: 43 characters. */
  readonly sign: (messageBytes: number) => string;
}

/** Signs messages of up to a length under the UTF-8 bytes of a key. */
export const createMac = (key: string, messageBytesMax: number): Mac => {
  const whole = Buffer.alloc(BLOCK_BYTES + messageBytesMax);
  whole.set(padded(key, INNER_PAD));
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  outer.set(padded(key, OUTER_PAD));
  let inner = whole;
  return {
    message: whole.subarray(BLOCK_BYTES),
    sign: (messageBytes) => {
      const bytes = BLOCK_BYTES + messageBytes;
      if (inner.length !== bytes) inner = whole.subarray(0, bytes);
      // As text: a buffer for each digest would keep the garbage collector busy.
      outer.write(hash('sha256', inner, 'binary'), BLOCK_BYTES, DIGEST_BYTES, 'latin1');
      return hash('sha256', outer, 'base64url');
    },
  };
};
