import type { ContractCase } from '../runner/case.js';
import { transportCase } from './transport-case.js';
import { onceInAll, unusual, withOptions } from './unusual.js';

/** The same place, spelled otherwise. */
export const pathVariants = (address: string): Readonly<Record<string, string>> => {
  const url = new URL(address);
  const { origin, pathname, search } = url;
  const at = (path: string, query = search): string => `${origin}${path}${query}`;
  const letter = /[a-z]/i.exec(pathname)?.[0];
  return {
    'trailing slash': at(`${pathname}/`),
    'double slash': at(`/${pathname}`),
    'dot segment': at(`/.${pathname}`),
    ...(letter === undefined
      ? {}
      : {
          'percent-encoded letter': at(
            pathname.replace(letter, `%${letter.charCodeAt(0).toString(16)}`),
          ),
        }),
    'upper case': at(pathname.toUpperCase()),
    'path parameter': at(`${pathname};x=1`),
    query: at(pathname, search === '' ? '?x=1' : `${search}&x=1`),
    'NUL after it': at(`${pathname}%00`),
  };
};

/** Genuine deliveries by other methods and paths: whoever takes them takes them once. */
export const spellingCases: readonly ContractCase[] = [
  transportCase(unusual, {
    slug: 'other-methods-genuine',
    catalogue: 'P03',
    title: 'applies an event once that comes by another method first',
    rule: 'One event has one effect, whatever method brings it.',
    source: 'the method may be set at Truora (INF)',
    severity: 'low',
    level: 'should',
    run: async (context) =>
      onceInAll(
        context,
        ['PUT', 'PATCH', 'DELETE'].map((method) => withOptions(method, { method })),
      ),
  }),
  transportCase(unusual, {
    slug: 'path-variants-genuine',
    catalogue: 'P40',
    title: 'applies an event once that comes to another spelling of the path first',
    rule: 'One event has one effect, whatever path brings it.',
    source: 'keys that hold for one URL only',
    severity: 'low',
    level: 'should',
    run: async (context) =>
      onceInAll(
        context,
        Object.entries(pathVariants(context.url)).map(([label, url]) =>
          withOptions(label, { url }),
        ),
      ),
  }),
];
