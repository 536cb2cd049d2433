/** A text that somebody typed, as a value of the kind that stands where it is to go. */
import { HookproofError } from './errors.js';
import type { ValueOf } from './set-paths.js';
import { later, say, translate } from '../../language/say.js';

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? say`a list` : translate(KINDS[typeof value] ?? later('nothing'));

const KINDS: Readonly<Record<string, string>> = {
  number: later('a number'),
  boolean: later('true or false'),
  object: later('an object'),
};

const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
};

/**
 * Reads a text by what it is put in place of: over a text it stands as it is, over anything else
 * it is JSON; over null it is JSON if it can be. What is no text is put as it is.
 *
 * @throws {HookproofError} `invalid_argument` for what is no JSON where JSON is needed
 */
export const typedByPlace: ValueOf = (given, current, path) => {
  if (typeof given !== 'string' || typeof current === 'string') return given;
  const json = parsed(given);
  if (json !== undefined) return json.value;
  if (current === null) return given;
  throw new HookproofError(
    'invalid_argument',
    say`${path} holds ${kindOf(current)}, and ${JSON.stringify(given)} is no JSON`,
    say`write ${path}:=${JSON.stringify(given)} to put that text there all the same`,
  );
};
