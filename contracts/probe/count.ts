import { HookproofError } from '../../simulator/index.js';
import { say } from '../../language/say.js';

/** Counts the effects of an event, known by its keys, in a probe's answer. */
export type Counter = (text: string, keys: readonly string[]) => number;

type Query = ReturnType<(typeof import('json-p3'))['compile']>;

/**
 * Makes the counter of a run. With a JSONPath (RFC 9535): the number found there, the length of a
 * list found there, else how many places match. Without: a bare number is itself, unless it is the
 * event's key, as where rows of keys are printed; else how often the event's key occurs (the most frequent of its keys), as it is or escaped as in JSON.
 *
 * @throws {HookproofError} `invalid_argument` where the path is no JSONPath
 */
export const createCounter = async (countPath: string | undefined): Promise<Counter> => {
  if (countPath === undefined) return countOccurrences;
  const query = await compilePath(countPath, '--probe-count');
  return (text) => countFound(query, readJson(text, countPath));
};

/** Compiles a JSONPath that came from an option; json-p3 is loaded only where one is given. */
export const compilePath = async (path: string, option: string): Promise<Query> => {
  const { JSONPathError, compile } = await import('json-p3');
  try {
    return compile(path);
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    throw new HookproofError(
      'invalid_argument',
      say`${option} ${JSON.stringify(path)} is no JSONPath: ${error.message}`,
      say`write it as '$.count' or '$.records[*]' (RFC 9535)`,
    );
  }
};

const countOccurrences: Counter = (text, keys) => {
  const bare = text.trim();
  if (/^\d+$/.test(bare) && !keys.includes(bare)) return Number(bare);
  const texts = text.includes('\\') ? [text, unescaped(text)] : [text];
  return Math.max(0, ...keys.flatMap((key) => texts.map((one) => occurrences(one, key))));
};

/**
 * Undoes JSON's escapes wherever they stand. Python and PHP escape by default all that is not ASCII.
 */
const unescaped = (text: string): string =>
  text.replaceAll(/\\u([\da-f]{4})|\\(["\\/])/gi, (_escape, code?: string, character?: string) =>
    code === undefined ? (character ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );

const occurrences = (text: string, part: string): number =>
  part === '' ? 0 : text.split(part).length - 1;

/** The value a JSON text stands for; undefined where it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const readJson = (text: string, countPath: string): Parameters<Query['query']>[0] => {
  const document = parseJson(text);
  if (document !== undefined) return document as Parameters<Query['query']>[0];
  throw new HookproofError(
    'probe_failed',
    say`the probe's answer is not JSON, so ${countPath} finds nothing in it`,
    say`drop --probe-count to count occurrences of the id in the text`,
  );
};

const countFound = (query: Query, document: Parameters<Query['query']>[0]): number => {
  const found = query.query(document).values();
  const [only] = found;
  if (found.length !== 1) return found.length;
  if (typeof only === 'number') return only;
  if (Array.isArray(only)) return only.length;
  // Databases give counts of 64 bits as text, and null or false where there is nothing.
  if (query.singularQuery() && typeof only === 'string' && /^\d+$/.test(only)) return Number(only);
  return only === null || only === false ? 0 : 1;
};

type Numbers = ReadonlyMap<string, number>;

/** Every number and list length in a JSON document, by its path. */
const numbersIn = (value: unknown, path = '$'): Numbers => {
  if (typeof value === 'number') return new Map([[path, value]]);
  if (Array.isArray(value)) return new Map([[path, value.length]]);
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).flatMap(([name, member]) => [
      ...numbersIn(member, `${path}${segmentOf(name)}`),
    ]),
  );
};

const segmentOf = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name)
    ? `.${name}`
    : `['${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}']`;

/**
 * A JSONPath whose number went from 0 to 1 when one effect was had; undefined if there is none. A
 * number that was not there before is the second choice: it may count something else.
 */
export const suggestCountPath = (before: string, after: string): string | undefined => {
  const earlier = numbersIn(parseJson(before));
  const changed = [...numbersIn(parseJson(after))]
    .filter(([path, value]) => value === 1 && (earlier.get(path) ?? 0) === 0)
    .map(([path]) => path);
  return changed.find((path) => earlier.has(path)) ?? changed[0];
};
