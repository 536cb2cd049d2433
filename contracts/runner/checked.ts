/** Checks of what a test hands over, so that a slip of the pen is told and proves nothing by chance. */
import { HookproofError, nearest } from '../../simulator/index.js';

/** What a value has to be, for the end of "expected …". */
export interface Check {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

/** A check for each option that there is: a new one cannot be forgotten. */
export type Checks<Options> = { readonly [Name in keyof Required<Options>]: Check };

const check = (expected: string, accepts: Check['accepts']): Check => ({ expected, accepts });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = check('a text', (value) => typeof value === 'string');
export const filledText = check(
  'a text that is not empty',
  (value) => typeof value === 'string' && value.trim() !== '',
);
export const trueOrFalse = check('true or false', (value) => typeof value === 'boolean');
export const aFunction = check('a function', (value) => typeof value === 'function');
export const record = check('an object', isRecord);
/** By what it has: a test may run in a realm of its own. */
export const abortSignal = check(
  'an AbortSignal',
  (value) => isRecord(value) && typeof value['aborted'] === 'boolean',
);

export const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER): Check =>
  check(
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number of at least ${least}`
      : `a whole number from ${least} to ${most}`,
    (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  );

/** The longest that a timer of Node can wait. */
export const TIMER_MAX_MS = 2 ** 31 - 1;

export const milliseconds = (least: number): Check =>
  check(
    `milliseconds from ${least} to ${TIMER_MAX_MS}`,
    (value) => typeof value === 'number' && value >= least && value <= TIMER_MAX_MS,
  );

export const oneOf = (...values: readonly unknown[]): Check =>
  check(values.map((one) => JSON.stringify(one)).join(' or '), (value) => values.includes(value));

export const listOf = (item: Check): Check =>
  check(
    `a list, each item ${item.expected}`,
    (value) => Array.isArray(value) && value.every((one) => item.accepts(one)),
  );

/** A header as RFC 9110 allows it. */
export const header = check(
  "a pair such as ['Name', 'value']",
  (value) =>
    Array.isArray(value) &&
    value.length === 2 &&
    /^[\w!#$%&'*+.^`|~-]+$/.test(String(value[0])) &&
    typeof value[1] === 'string' &&
    !/[\0\r\n]/.test(value[1]),
);

/** An object with these texts, and whatever else. */
export const withTexts = (...names: readonly string[]): Check =>
  check(
    `{ ${names.join(', ')} }`,
    (value) => isRecord(value) && names.every((name) => text.accepts(value[name])),
  );

/** An object of functions, none of another name. */
export const functionsOf = (...names: readonly string[]): Check =>
  check(
    `an object with functions among ${names.join(', ')}`,
    (value) =>
      isRecord(value) &&
      Object.entries(value).every(
        ([name, one]) => names.includes(name) && (one === undefined || typeof one === 'function'),
      ),
  );

export const anyOf = (...checks: readonly Check[]): Check =>
  check(checks.map(({ expected }) => expected).join(', or '), (value) =>
    checks.some(({ accepts }) => accepts(value)),
  );

/** What something is, without what may be secret in it. */
const kindOf = (value: unknown): string => {
  if (typeof value === 'number') return String(value);
  if (value === null || value === undefined) return String(value);
  if (value === '') return 'an empty text';
  if (typeof value === 'string') return 'a text';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/**
 * Holds options against their checks. What is left out, or undefined, is fine but for `required`.
 *
 * @throws {HookproofError} `invalid_argument` for the first one that is unknown or wrong
 */
export const requireOptions = <Options extends object>(
  options: Options,
  checks: Checks<Options>,
  required: readonly (keyof Options & string)[] = [],
): void => {
  const given: unknown = options;
  if (!isRecord(given)) {
    throw wrong(
      `the options are ${kindOf(given)}, and an object was expected`,
      required.length === 0 ? 'pass an object' : `pass { ${required.join(', ')} } at least`,
    );
  }
  const known = new Map<string, Check>(Object.entries(checks));
  for (const name of required) {
    if (given[name] === undefined) throw wrong(`the option ${name} is missing`, remedyOf(name));
  }
  for (const [name, value] of Object.entries(given)) {
    const fitting = known.get(name);
    if (fitting === undefined) throw unknownOption(name, [...known.keys()]);
    if (value === undefined || fitting.accepts(value)) continue;
    throw wrong(
      `the option ${name} is ${kindOf(value)}, and ${fitting.expected} was expected`,
      remedyOf(name),
    );
  }
};

const remedyOf = (name: string): string =>
  name === 'key'
    ? 'give it the receiver’s signing key; if it comes from the environment, see that it is set there'
    : `correct ${name}, or leave it out`;

const unknownOption = (name: string, known: readonly string[]): HookproofError => {
  const near = nearest(name, known);
  return wrong(
    `there is no option ${name}`,
    near === undefined ? `leave it out; there are ${known.join(', ')}` : `did you mean ${near}?`,
  );
};

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);
