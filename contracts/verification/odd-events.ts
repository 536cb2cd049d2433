import type { ContractCase, Severity } from '../runner/case.js';
import { signed, withClaims } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import { oddity } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'odd-events',
  why: 'A delivery that is signed but odd must not end in an exception (five retries, and a failure counted each time) nor in an empty key that swallows the next one.',
  fix: 'Check that `events` is a list and that each event has a key that is a non-empty text; answer 400 otherwise.',
};

const odd = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  told: { readonly severity: Severity; readonly source: string },
): ContractCase =>
  oddity(family, {
    slug,
    catalogue,
    title,
    bodies,
    rule: 'No 5xx, no hang, one effect at most; the status is free.',
    stage: 'last',
    ...told,
  });

const events =
  (list: (kit: ForgeKit) => unknown): Build =>
  (kit) =>
    withClaims(kit, { events: list(kit) });

const withId = (id: unknown): Build =>
  events(({ event }) => [{ ...event, id, idempotency_key: id }]);

const withMembers = (members: JsonObject): Build =>
  events(({ event }) => [{ ...event, object: { ...event.object, ...members } }]);

/** The genuine payload with more JSON text before its last brace, signed by the key's holder. */
const withJson =
  (text: string): Build =>
  ({ payload, key }) =>
    signed({ payload: `${payload.slice(0, -1)},${text}}`, key });

/** Events and texts that a check misses and a database stumbles over. */
export const oddEvents: readonly ContractCase[] = [
  odd(
    'V252',
    'no-events',
    'stays calm when events is empty',
    { 'events []': events(() => []) },
    { severity: 'info', source: 'a list may be empty' },
  ),
  odd(
    'V253',
    'events-not-a-list',
    'stays calm when events is no list',
    {
      'events {}': events(() => ({})),
      'events null': events(() => null),
      'no events': events(() => undefined),
    },
    { severity: 'low', source: 'shapes that a check misses' },
  ),
  odd(
    'V254',
    'event-without-id',
    'stays calm when an event has no usable key',
    {
      'no id': events(({ event: { id: _id, idempotency_key: _key, ...rest } }) => [rest]),
      'id ""': withId(''),
      'id 7': withId(7),
      'id null': withId(null),
      'id of 10 kB': withId('k'.repeat(10_000)),
    },
    { severity: 'medium', source: 'keys that turn into "undefined"' },
  ),
  odd(
    'V255',
    'claims-with-proto',
    'stays calm when a claim is named __proto__',
    { 'a __proto__ claim': withJson('"__proto__":{"polluted":true}') },
    { severity: 'medium', source: 'prototype pollution, CWE-1321' },
  ),
  odd(
    'V256',
    'nul-in-text',
    'stays calm when a text holds \\u0000',
    { 'a\\u0000b': withMembers({ name: 'a\u0000b' }) },
    { severity: 'low', source: 'PostgreSQL refuses \\u0000; OpenMetadata #31120' },
  ),
  odd(
    'V257',
    'lone-surrogate',
    'stays calm when a text holds a lone surrogate',
    { '\\ud800': withMembers({ name: '\ud800' }) },
    { severity: 'low', source: 'RFC 8259 §8.2' },
  ),
  odd(
    'V258',
    'large-integer',
    'stays calm when a number exceeds 2^53',
    {
      '90071992547409931234': (kit) =>
        signed({
          payload: kit.payload.replace('"object":{', '"object":{"large":90071992547409931234,'),
          key: kit.key,
        }),
    },
    { severity: 'low', source: 'RFC 8259 §6' },
  ),
];
