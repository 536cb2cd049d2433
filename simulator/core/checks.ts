/** Checks of plain values that come from a user's hand or file, each with words for its message. */
import { say } from '../../language/say.js';

export interface Check {
  /** Completes the sentence "expected …"; asked for when it is said, after the language is chosen. */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

/** A whole number from `min` to `max`, both included. */
export const wholeNumber = (min: number, max = Number.MAX_SAFE_INTEGER): Check => ({
  get expected() {
    return max === Number.MAX_SAFE_INTEGER
      ? say`a whole number of at least ${min}`
      : say`a whole number from ${min} to ${max}`;
  },
  accepts: (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max,
});

/** Exactly one of a few words. */
export const oneOf = (...words: readonly string[]): Check => ({
  get expected() {
    return words.map((word) => `'${word}'`).join(say` or `);
  },
  accepts: (value) => typeof value === 'string' && words.includes(value),
});

/** `true` or `false`. */
export const trueOrFalse: Check = {
  get expected() {
    return say`true or false`;
  },
  accepts: (value) => typeof value === 'boolean',
};

/** A list, possibly empty, each of whose items passes `item`. */
export const listOf = (item: Check): Check => ({
  get expected() {
    return say`a list, each item ${item.expected}`;
  },
  accepts: (value) => Array.isArray(value) && value.every((entry) => item.accepts(entry)),
});

/** As `listOf`, and no item twice. */
export const setOf = (item: Check): Check => ({
  get expected() {
    return say`${listOf(item).expected}, none twice`;
  },
  accepts: (value) =>
    listOf(item).accepts(value) && Array.isArray(value) && new Set(value).size === value.length,
});

/** A value and its type, for the end of the sentence "expected …, got …". */
export const describeValue = (value: unknown): string => {
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'number':
      return say`${value} (number)`;
    case 'boolean':
      return say`${String(value)} (boolean)`;
    case 'bigint':
      return `${value} (bigint)`;
    case 'string':
      return say`${JSON.stringify(value)} (string)`;
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value)
        ? say`${JSON.stringify(value)} (list)`
        : say`${JSON.stringify(value)} (object)`;
    default:
      return `a ${typeof value}`;
  }
};
