/**
 * Reads answers, and knows the last one again: a receiver says mostly the same, and to compare bytes
 * takes less than to understand them.
 */
import {
  type ResponseParser,
  type ResponseWatch,
  createResponseParser,
} from './response-parser.js';

/** What is longer is read anew. */
const KNOWN_BYTES_MAX = 512;

export const createAnswers = ({ answered }: ResponseWatch): ResponseParser => {
  const known = new Uint8Array(KNOWN_BYTES_MAX);
  let knownBytes = 0;
  let status = 0;
  let keeps = true;
  let count = 0;
  const parser = createResponseParser({
    answered: (itsStatus, itKeeps) => {
      status = itsStatus;
      keeps = itKeeps;
      count += 1;
      answered(itsStatus, itKeeps);
    },
  });

  const isKnown = (bytes: Uint8Array, length: number): boolean => {
    if (length !== knownBytes) return false;
    for (let index = 0; index < length; index++) if (bytes[index] !== known[index]) return false;
    return true;
  };

  return {
    push: (bytes, length) => {
      // What is known began and ended between answers, so the parser stands there still.
      if (isKnown(bytes, length)) {
        answered(status, keeps);
        return true;
      }
      const isFirst = parser.isBetween();
      count = 0;
      const isSound = parser.push(bytes, length);
      const isWhole = isFirst && isSound && count === 1 && parser.isBetween();
      knownBytes = isWhole && length <= KNOWN_BYTES_MAX ? length : 0;
      if (knownBytes > 0) known.set(bytes.subarray(0, length));
      return isSound;
    },
    isBetween: parser.isBetween,
    end: parser.end,
  };
};
