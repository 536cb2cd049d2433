import type { ContractCase } from '../runner/case.js';
import { isSameKey, signed } from './forge.js';
import type { ForgeKit } from './forge.js';
import { genuine, hostile } from './table.js';
import type { Build, Family } from './table.js';

const guessable: Family = {
  name: 'guessable-key',
  why: 'The receiver takes tokens signed with a key that anyone can guess: an unset variable, a default left in, a sample from the documentation.',
  fix: 'Read the key at start, refuse to start without it, and compare nothing else: no default key, no fallback.',
};

const truncated: Family = {
  name: 'wrong-key-bytes',
  why: 'Only a part of the key, or a changed one, takes part in the check: forging becomes easier, and the genuine key may stop working.',
  fix: 'Use the UTF-8 bytes of the key’s text, all of them, unchanged.',
};

const RULE = 'Only a MAC under the whole signing key proves that Truora sent the delivery.';

/** Signs with another key; leaves out one that HMAC cannot tell from the receiver's own. */
const signedWith =
  (keyOf: (kit: ForgeKit) => string | Uint8Array | undefined): Build =>
  (kit) => {
    const key = keyOf(kit);
    if (key === undefined || isSameKey(key, kit.key)) return undefined;
    return signed({ payload: kit.payload, key });
  };

const guess = (key: string | Uint8Array): Build => signedWith(() => key);

const row = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  source = 'jwt_tool’s list of common keys',
): ContractCase =>
  hostile(guessable, { slug, catalogue, title, bodies, source, rule: RULE, severity: 'critical' });

export const keys: readonly ContractCase[] = [
  row(
    'V070',
    'key-empty',
    'refuses a token signed with an empty key',
    { 'empty key': guess('') },
    'CVE-2019-20933; jwt_tool',
  ),
  row(
    'V071',
    'key-undefined',
    'refuses a token signed with "undefined"',
    {
      'key "undefined"': guess('undefined'),
    },
    'an unset variable, turned into text',
  ),
  row(
    'V072',
    'key-null',
    'refuses a token signed with "null"',
    {
      'key "null"': guess('null'),
      'key "None"': guess('None'),
    },
    'an unset variable, turned into text',
  ),
  row(
    'V073',
    'key-common',
    'refuses tokens signed with common keys',
    Object.fromEntries(
      ['secret', 'password', 'changeme', 'test', 'key', '123456', 'jwt_secret', 'admin'].map(
        (key) => [`key "${key}"`, guess(key)],
      ),
    ),
  ),
  row(
    'V074',
    'key-of-the-sample',
    'refuses a token signed with the sample’s "mySecret"',
    {
      'key "mySecret"': guess('mySecret'),
    },
    'Truora hooks page, Go sample',
  ),
  row(
    'V075',
    'key-of-jwt-io',
    'refuses a token signed with jwt.io’s sample key',
    {
      'key "your-256-bit-secret"': guess('your-256-bit-secret'),
      'the longer one': guess('a-string-secret-at-least-256-bits-long'),
    },
    'jwt.io',
  ),
  row(
    'V076',
    'key-of-known-names',
    'refuses tokens signed with names that everybody knows',
    {
      'key "Truora"': guess('Truora'),
      'key "truora"': guess('truora'),
      'the host name': signedWith(({ url }) => url.hostname),
      'the path': signedWith(({ url }) => url.pathname),
    },
    'guessable from the URL and the issuer',
  ),
  row(
    'V077',
    'key-of-a-stranger',
    'refuses a token signed with a random key',
    {
      'random key': signedWith(({ strangersKey }) => strangersKey),
    },
    'RFC 7515 §5.2',
  ),
  row(
    'V080',
    'key-coerced',
    'refuses tokens signed with a coerced value',
    {
      'one NUL byte': guess(Uint8Array.of(0)),
      'key "[object Object]"': guess('[object Object]'),
      'key "false"': guess('false'),
      'key "NaN"': guess('NaN'),
    },
    'values turned into text',
  ),
  hostile(truncated, {
    slug: 'key-without-last-character',
    catalogue: 'V078',
    title: 'refuses a token signed without the key’s last character',
    rule: RULE,
    source: 'prefix and trimming faults',
    severity: 'high',
    bodies: { 'key without its last character': signedWith(({ key }) => key.slice(0, -1)) },
  }),
  hostile(truncated, {
    slug: 'key-lower-cased',
    catalogue: 'V079',
    title: 'refuses a token signed with the key in the other case',
    rule: RULE,
    source: 'case folding',
    severity: 'low',
    bodies: {
      'lower-cased key': signedWith(({ key }) => key.toLowerCase()),
      'upper-cased key': signedWith(({ key }) => key.toUpperCase()),
    },
  }),
  hostile(truncated, {
    slug: 'key-first-8-bytes',
    catalogue: 'V081',
    title: 'refuses a token signed with the key’s first 8 bytes',
    rule: RULE,
    source: 'key truncation',
    severity: 'high',
    bodies: {
      'first 8 bytes': signedWith(({ key }) => (key.length > 8 ? key.slice(0, 8) : undefined)),
    },
  }),
  hostile(truncated, {
    slug: 'key-first-32-bytes',
    catalogue: 'V082',
    title: 'refuses a token signed with the key’s first 32 bytes',
    rule: RULE,
    source: 'keys cut to the size of the hash',
    severity: 'medium',
    bodies: {
      'first 32 bytes': signedWith(({ key }) => (key.length > 32 ? key.slice(0, 32) : undefined)),
    },
  }),
  hostile(truncated, {
    slug: 'key-hex-decoded',
    catalogue: 'V078',
    title: 'refuses a token signed with the key’s hexadecimal value',
    rule: 'The key is the text itself, not the bytes that it spells.',
    source: 'seen in public receivers (OBS)',
    severity: 'medium',
    bodies: {
      'hex-decoded key': signedWith(({ key }) =>
        /^(?:[0-9a-f]{2})+$/i.test(key) ? Buffer.from(key, 'hex') : undefined,
      ),
    },
  }),
  hostile(truncated, {
    slug: 'key-with-line-feed',
    catalogue: 'V083',
    title: 'refuses a token signed with the key and a line feed',
    rule: RULE,
    source: 'keys read from a file',
    severity: 'low',
    bodies: { 'key and LF': signedWith(({ key }) => `${key}\n`) },
  }),
  genuine(truncated, {
    slug: 'key-with-nul',
    catalogue: 'V084',
    title: 'takes a token whose key was padded with a NUL',
    rule: 'HMAC pads a key shorter than its block with zeros: this is the same key.',
    source: 'RFC 2104 §2',
    severity: 'info',
    level: 'may',
    why: 'Not a defect to look for: it shows that the check is HMAC’s own.',
    fix: 'Use your platform’s HMAC.',
    bodies: {
      'key and NUL': ({ key, payload }) =>
        isSameKey(`${key}\0`, key) ? signed({ payload, key: `${key}\0` }) : undefined,
    },
  }),
];
