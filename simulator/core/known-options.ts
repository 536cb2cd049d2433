import { HookproofError } from './errors.js';
import { nearest } from './nearest.js';

/** Each option by its name: the compiler asks for a new one. */
export type Names<Options> = { readonly [Name in keyof Required<Options>]: true };

/**
 * An option that is misspelt would be left out without a word.
 *
 * @throws {HookproofError} `invalid_argument` for the first name that is not known
 */
export const requireKnown = <Options extends object>(
  options: Options,
  names: Names<Options>,
): void => {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) {
    throw wrong(`the options are ${String(given)}, and an object was expected`, 'pass an object');
  }
  const known = Object.keys(names);
  const stranger = Object.keys(given).find((name) => !known.includes(name));
  if (stranger === undefined) return;
  const near = nearest(stranger, known);
  throw wrong(
    `there is no option ${stranger}`,
    near === undefined ? `leave it out; there are ${known.join(', ')}` : `did you mean ${near}?`,
  );
};

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);
