/** A payload that is base64url already, and of which only what changes is encoded again. */

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');

export interface Payload {
  /** Puts bytes of the same length over what stands at an offset, and encodes their groups again. */
  readonly put: (offset: number, text: string) => void;
  /** Puts the last `digits` lower-case hexadecimal digits of a number so that they end at `end`. */
  readonly putHex: (end: number, value: number, digits: number) => void;
}

/** Characters of so many bytes in base64url, which has no padding. */
export const encodedLength = (bytes: number): number => Math.ceil((bytes * 4) / 3);

/** Encodes a text into `out` from `at` on, and keeps the two alike from then on. */
export const createPayload = (text: string, out: Buffer, at: number): Payload => {
  const length = Buffer.byteLength(text);
  // The last group may be short: what is encoded of the bytes behind it is not written.
  const bytes = Buffer.alloc(length + 3);
  bytes.write(text);
  const end = at + encodedLength(length);
  const encode = (first: number, last: number): void => {
    for (let group = Math.floor(first / 3); group * 3 <= last; group++) {
      const from = group * 3;
      const value =
        ((bytes[from] as number) << 16) |
        ((bytes[from + 1] as number) << 8) |
        (bytes[from + 2] as number);
      const to = at + group * 4;
      out[to] = ALPHABET[value >> 18] as number;
      out[to + 1] = ALPHABET[(value >> 12) & 63] as number;
      if (to + 2 < end) out[to + 2] = ALPHABET[(value >> 6) & 63] as number;
      if (to + 3 < end) out[to + 3] = ALPHABET[value & 63] as number;
    }
  };
  encode(0, length - 1);
  return {
    put: (offset, text_) => {
      bytes.write(text_, offset, text_.length, 'latin1');
      encode(offset, offset + text_.length - 1);
    },
    putHex: (end_, value, digits) => {
      let rest = value;
      for (let place = end_ - 1; place >= end_ - digits; place--) {
        const digit = rest % 16;
        bytes[place] = digit < 10 ? 48 + digit : 87 + digit;
        rest = (rest - digit) / 16;
      }
      encode(end_ - digits, end_ - 1);
    },
  };
};
