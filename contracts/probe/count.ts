import { query as findAll } from 'json-p3';
import { HookproofError } from '../../simulator/index.js';

const occurrences = (text: string, part: string): number =>
  part === '' ? 0 : text.split(part).length - 1;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/**
 * Counts effects in a probe's answer. With a JSONPath (RFC 9535): the number found there, the length
 * of a list found there, else how many places match. Without: a bare number is itself, else how
 * often the event's key occurs (the most frequent of its keys).
 */
export const countEffects = (
  text: string,
  keys: readonly string[],
  countPath: string | undefined,
): number => {
  if (countPath === undefined) {
    if (/^\s*\d+\s*$/.test(text)) return Number(text);
    return Math.max(0, ...keys.map((key) => occurrences(text, key)));
  }
  const document = parse(text);
  if (document === undefined) {
    throw new HookproofError(
      'probe_failed',
      `the probe's answer is not JSON, so ${countPath} finds nothing in it`,
      'drop --probe-count to count occurrences of the id in the text',
    );
  }
  const found = findAll(countPath, document as Parameters<typeof findAll>[1]).values();
  const only = found.length === 1 ? found[0] : undefined;
  if (typeof only === 'number') return only;
  return Array.isArray(only) ? only.length : found.length;
};

type Numbers = ReadonlyMap<string, number>;

/** Every number and list length in a JSON document, by its path. */
const numbersIn = (value: unknown, path = '$'): Numbers => {
  if (typeof value === 'number') return new Map([[path, value]]);
  if (Array.isArray(value)) return new Map([[path, value.length]]);
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).flatMap(([name, member]) => [
      ...numbersIn(member, /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}['${name}']`),
    ]),
  );
};

/** A JSONPath whose number went from 0 to 1 when one effect was had; undefined if there is none. */
export const suggestCountPath = (before: string, after: string): string | undefined => {
  const earlier = numbersIn(parse(before));
  const changed = [...numbersIn(parse(after))].filter(
    ([path, value]) => value === 1 && (earlier.get(path) ?? 0) === 0,
  );
  return changed[0]?.[0];
};
