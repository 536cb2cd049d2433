/**
 * Seeded randomness: the only chance in the project. One seed makes the whole run.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand, public domain), seeded by an FNV-1a hash
 * of a text, so that `fork('a label')` gives a stream that does not depend on who drew before.
 */
export interface Random {
  /** What this stream was made from; two streams of equal seed text draw equal numbers. */
  readonly seed: string;
  /** A whole number from 0 to 2^32 − 1. */
  readonly uint32: () => number;
  /** A whole number from `min` to `max`, both included. */
  readonly integer: (min: number, max: number) => number;
  /** One element of a list that is not empty. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** `length` lower-case hexadecimal characters. */
  readonly hex: (length: number) => string;
  /** `length` bytes. */
  readonly bytes: (length: number) => Uint8Array;
  /** An independent stream, the same for the same label whatever was drawn before. */
  readonly fork: (label: string) => Random;
}

const FNV_PRIME = 0x01000193;

const sfc32 = (seed: string): (() => number) => {
  // Three hashes of one text: FNV-1a from its own basis, and from two others.
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  let c = 0x85ebca6b;
  for (let index = 0; index < seed.length; index++) {
    const code = seed.charCodeAt(index);
    a = Math.imul(a ^ code, FNV_PRIME);
    b = Math.imul(b ^ code, FNV_PRIME);
    c = Math.imul(c ^ code, FNV_PRIME);
  }
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 15; round++) next();
  return next;
};

/** Makes a stream from a seed; the same seed always draws the same numbers. */
export const createRandom = (seed: number | string): Random => {
  const text = String(seed);
  const uint32 = sfc32(text);
  const integer = (min: number, max: number): number =>
    min + Math.floor((uint32() / 0x100000000) * (max - min + 1));
  return {
    seed: text,
    uint32,
    integer,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('pick() needs a list that is not empty');
      return item;
    },
    hex: (length) => {
      let digits = '';
      while (digits.length < length) digits += uint32().toString(16).padStart(8, '0');
      return digits.slice(0, length);
    },
    bytes: (length) => Uint8Array.from({ length }, () => uint32() & 0xff),
    fork: (label) => createRandom(`${text}/${label}`),
  };
};
