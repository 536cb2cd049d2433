/** Values that fit a schema of the document, by fast-check; what only an instance knows is a name. */
import fc from 'fast-check';
import { pairs, products } from '../../simulator/index.js';
import type { Json } from './documented.js';

/** Stands for an id that the stand-in has told before: which one is decided when it is sent. */
export interface KnownId {
  /** An id's prefix, or `resource` for any of those, `mail` or `startKey`. */
  readonly known: string;
  readonly index: number;
}

export const knownIds = (known: string): fc.Arbitrary<KnownId> =>
  fc.record({ known: fc.constant(known), index: fc.nat({ max: 50 }) });

/** Text of all kinds, also what databases and shells stumble over. */
export const weirdTexts = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    '\0',
    'a\0b',
    '\ud800',
    '🦄',
    "'; drop table hooks; --",
    '%',
    '_',
    '\\',
    '{}',
    '__proto__',
    'constructor',
    'null',
    '-1',
    '1e400',
    'NaN',
    '\u202e\u0000',
    'x'.repeat(5000),
  ),
);

/** What fits where the document alone would hardly ever hit. */
const named: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  event: fc.constantFrom(...pairs.map(({ name }) => name)),
  product: fc.constantFrom(...products.map(({ slug }) => slug)),
  eventType: fc.constantFrom('all', ...products.map(({ eventType }) => eventType)),
  event_type: fc.constantFrom('all', ...products.map(({ eventType }) => eventType)),
  set: fc.oneof(
    fc.constantFrom<Json>(
      { timestamp: '2026-01-01T00:00:00Z' },
      { 'events.0.timestamp': '2026-01-01T00:00:00Z' },
      { 'object.status': 'completed' },
    ),
    fc.dictionary(weirdTexts, fc.jsonValue(), { maxKeys: 3 }),
  ),
  resource: knownIds('resource'),
  hooks: fc.array(knownIds('HOK'), { minLength: 1, maxLength: 2 }),
  subscriberUrl: fc.constantFrom('http://localhost:3000/hook', 'https://localhost/hook'),
  subscriber_url: fc.constantFrom('http://localhost:3000/hook', 'https://localhost/hook'),
  subscriberAddress: fc.constant('ana@example.com'),
  subscriber_address: fc.constant('ana@example.com'),
  creatorAddress: fc.constant('creator@example.com'),
  ownerAddress: fc.constant('owner@example.com'),
  startKey: knownIds('startKey'),
  start_key: knownIds('startKey'),
  after: fc.constantFrom('0s', '30s', '2h'),
  afterMs: fc.constantFrom(0, 1000),
  every: fc.constantFrom('1s', '10m'),
  everyMs: fc.constantFrom(0, 60_000),
  by: fc.constantFrom('1ms', '30s', '2m', '32m', '2h'),
  count: fc.integer({ min: 1, max: 2 }),
  batch: fc.integer({ min: 1, max: 3 }),
  search: fc.oneof(fc.constantFrom('CHK', 'checks', '%', '_'), weirdTexts),
};

/** Makes arbitraries of schemas; references are looked up in `schemas`. */
export const createValues = (schemas: Json) => {
  const valuesOf = (given: unknown, name = ''): fc.Arbitrary<unknown> => {
    const schema = given as Json;
    const byName = named[name];
    if (byName !== undefined) return byName;
    const reference = schema['$ref'];
    if (typeof reference === 'string') {
      return valuesOf(schemas[reference.replace('#/components/schemas/', '')], name);
    }
    const choices = schema['anyOf'] ?? schema['oneOf'];
    if (Array.isArray(choices)) return fc.oneof(...choices.map((one) => valuesOf(one, name)));
    const values = schema['enum'];
    if (Array.isArray(values)) return fc.constantFrom(...(values as readonly unknown[]));
    const types = [schema['type']].flat();
    return fc.oneof(...types.map((type) => ofType(String(type), schema, name)));
  };
  const ofType = (type: string, schema: Json, name: string): fc.Arbitrary<unknown> => {
    switch (type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
      case 'number': {
        const min = Number(schema['minimum'] ?? 0);
        return fc.integer({ min, max: Math.min(Number(schema['maximum'] ?? 1000), min + 600) });
      }
      case 'array':
        return fc.array(valuesOf(schema['items'], name), {
          minLength: Number(schema['minItems'] ?? 0),
          maxLength: 3,
        });
      case 'object': {
        const requiredKeys = (schema['required'] ?? []) as readonly string[];
        const fields = Object.entries((schema['properties'] ?? {}) as Json).map(([key, value]) => {
          const field = fc.tuple(fc.constant(key), valuesOf(value, key));
          // Each more that is said may be wrong beside the others.
          return requiredKeys.includes(key)
            ? field
            : fc.oneof(
                { weight: 3, arbitrary: fc.constant(undefined) },
                { weight: 1, arbitrary: field },
              );
        });
        return fc
          .tuple(...fields)
          .map((found) => Object.fromEntries(found.filter((one) => one !== undefined)));
      }
      default: {
        const pattern = schema['pattern'];
        return typeof pattern === 'string'
          ? fc.stringMatching(new RegExp(pattern), { maxLength: 64 })
          : fc.string({ minLength: 1, maxLength: 20 });
      }
    }
  };
  return valuesOf;
};
