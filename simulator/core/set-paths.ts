/** Values at places of a JSON document: `events.0.object.status`. Pure; no document is changed. */
import { HookproofError } from './errors.js';
import { nearest } from './nearest.js';
import { say } from '../../language/say.js';

/** What is to stand at a place, from what was given for it and what stands there. */
export type ValueOf = (given: unknown, current: unknown, path: string) => unknown;

type Container = Readonly<Record<string, unknown>>;

const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null;

const has = (value: unknown, name: string): value is Container =>
  isContainer(value) && Object.hasOwn(value, name) && !(Array.isArray(value) && name === 'length');

/** All places of a document, the outer ones first. */
export const pathsOf = (document: unknown, prefix = ''): readonly string[] =>
  isContainer(document)
    ? Object.entries(document).flatMap(([name, value]) => {
        const path = `${prefix}${name}`;
        return [path, ...pathsOf(value, `${path}.`)];
      })
    : [];

/** Says what is wrong with a place, and which one may have been meant. */
export const unknownPath = (document: unknown, path: string): HookproofError => {
  const alike = nearest(path, pathsOf(document));
  return new HookproofError(
    'unknown_path',
    say`there is nothing at '${path}'`,
    alike === undefined ? namesAround(document, path) : say`did you mean '${alike}'?`,
  );
};

const namesAround = (document: unknown, path: string): string => {
  const within: string[] = [];
  let parent = document;
  for (const name of path.split('.')) {
    if (!has(parent, name)) break;
    within.push(name);
    parent = parent[name];
  }
  const names = isContainer(parent) ? Object.keys(parent).join(', ') : '';
  if (within.length === 0) return say`its names are ${names}`;
  return say`'${within.join('.')}' holds ${names === '' ? say`no more names` : names}`;
};

/** Undefined where there is no such place. */
const replaced = (
  value: unknown,
  [name, ...rest]: readonly string[],
  put: (current: unknown) => unknown,
): { readonly value: unknown } | undefined => {
  if (name === undefined) return { value: put(value) };
  if (!has(value, name)) return undefined;
  const inner = replaced(value[name], rest, put);
  if (inner === undefined) return undefined;
  return {
    value: Array.isArray(value)
      ? value.with(Number(name), inner.value)
      : { ...value, [name]: inner.value },
  };
};

/**
 * A copy of the document with these values at these places, one after the other. The order of
 * fields stays, as bytes depend on it.
 *
 * @throws {HookproofError} `unknown_path` for a place that there is not, with the most similar one
 */
export const setPaths = <Document extends object>(
  document: Document,
  values: Readonly<Record<string, unknown>>,
  valueOf: ValueOf = (given) => given,
): Document => {
  let result: unknown = document;
  for (const [path, given] of Object.entries(values)) {
    const next = replaced(result, path.split('.'), (current) => valueOf(given, current, path));
    if (next === undefined) throw unknownPath(result, path);
    result = next.value;
  }
  return result as Document;
};
