import type { ContractCase, Severity } from '../runner/case.js';
import { flipBit, hmac, segment, signed } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import { hostile, oddity } from './table.js';
import type { Build, Family } from './table.js';

const times: Family = {
  name: 'token-times',
  why: 'RFC 7519 forbids taking a token after its exp or before its nbf. Truora sends neither today, so nobody notices until it does.',
  fix: 'Use a library that enforces exp and nbf, and do not switch that off.',
};

const compound: Family = {
  name: 'two-errors-at-once',
  why: 'The receiver looks at one error and forgets the other: an expired token is let through although its signature is wrong.',
  fix: 'Treat every error of the verification as a refusal; never continue after one kind of it.',
};

const shapes: Family = {
  name: 'odd-events',
  why: 'A delivery that is signed but odd must not end in an exception (five retries, and a failure counted each time) nor in an empty key that swallows the next one.',
  fix: 'Check that `events` is a list and that each event has a key that is a non-empty text; answer 400 otherwise.',
};

const withClaims = (kit: ForgeKit, change: JsonObject): string =>
  signed({ payload: { ...kit.claims, ...change }, key: kit.key });

/** A token whose claims are changed and whose MAC is wrong in one bit. */
const wrongMac =
  (change: (kit: ForgeKit) => JsonObject): Build =>
  (kit) => {
    const input = `${kit.headerSegment}.${segment({ ...kit.claims, ...change(kit) })}`;
    return `${input}.${segment(flipBit(hmac(kit.key, input), 9))}`;
  };

const time = (
  catalogue: string,
  slug: string,
  title: string,
  change: (kit: ForgeKit) => JsonObject,
  source: string,
): ContractCase =>
  hostile(times, {
    slug,
    catalogue,
    title,
    source,
    rule: 'A token is not to be taken after exp or before nbf.',
    severity: 'medium',
    bodies: { [slug]: (kit) => withClaims(kit, change(kit)) },
  });

const both = (
  catalogue: string,
  slug: string,
  title: string,
  change: (kit: ForgeKit) => JsonObject,
): ContractCase =>
  hostile(compound, {
    slug,
    catalogue,
    title,
    source: 'CVE-2024-51744',
    rule: 'A token with two errors is refused for both.',
    severity: 'critical',
    bodies: { [slug]: wrongMac(change) },
  });

const odd = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  more: { readonly severity: Severity; readonly source: string },
): ContractCase =>
  oddity(shapes, {
    slug,
    catalogue,
    title,
    bodies,
    rule: 'No 5xx, no hang, one effect at most; the status is free.',
    stage: 'last',
    ...more,
  });

const events =
  (list: (kit: ForgeKit) => unknown): Build =>
  (kit) =>
    withClaims(kit, { events: list(kit) });

const withId =
  (id: unknown): Build =>
  (kit) =>
    withClaims(kit, { events: [{ ...kit.event, id, idempotency_key: id }] });

export const claims: readonly ContractCase[] = [
  time(
    'V240',
    'expired',
    'refuses an expired token',
    ({ nowSeconds }) => ({ exp: nowSeconds - 3600 }),
    'RFC 7519 §4.1.4',
  ),
  time(
    'V241',
    'not-yet-valid',
    'refuses a token before its nbf',
    ({ nowSeconds }) => ({
      nbf: nowSeconds + 3600,
    }),
    'RFC 7519 §4.1.5',
  ),
  both(
    'V260',
    'bad-mac-and-expired',
    'refuses a wrong MAC on an expired token',
    ({ nowSeconds }) => ({
      exp: nowSeconds - 60,
    }),
  ),
  both(
    'V261',
    'bad-mac-and-not-yet-valid',
    'refuses a wrong MAC on a token before its nbf',
    ({ nowSeconds }) => ({ nbf: nowSeconds + 600 }),
  ),
  both('V262', 'bad-mac-and-old', 'refuses a wrong MAC on an old token', ({ nowSeconds }) => ({
    iat: nowSeconds - 90_000,
  })),
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
      'no events': ({ claims: { iat }, key }) => signed({ payload: { iat, iss: 'Truora' }, key }),
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
    'V020',
    'iat-a-day-old',
    'stays calm when iat is a day old',
    {
      'iat − 24 h': (kit) => withClaims(kit, { iat: kit.nowSeconds - 86_400 }),
    },
    { severity: 'info', source: 'freshness is the receiver’s choice' },
  ),
  odd(
    'V245',
    'other-issuer',
    'stays calm when another issuer is named',
    {
      'iss "Evil"': (kit) => withClaims(kit, { iss: 'Evil' }),
      'no iss': (kit) => withClaims(kit, { iss: undefined }),
    },
    { severity: 'info', source: 'RFC 7519 §4.1.1' },
  ),
  odd(
    'V256',
    'nul-in-text',
    'stays calm when a text holds \\u0000',
    {
      'a\\u0000b': events(({ event }) => [
        { ...event, object: { ...event.object, name: 'a\u0000b' } },
      ]),
    },
    { severity: 'low', source: 'PostgreSQL refuses \\u0000; OpenMetadata #31120' },
  ),
  odd(
    'V257',
    'lone-surrogate',
    'stays calm when a text holds a lone surrogate',
    {
      '\\ud800': events(({ event }) => [{ ...event, object: { ...event.object, name: '\ud800' } }]),
    },
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
