import { deflateRawSync } from 'node:zlib';
import type { ContractCase, Severity } from '../runner/case.js';
import { noneToken } from './alg-none.js';
import { HEADER, compact, hmac, segment, signed } from './forge.js';
import type { JsonObject } from './forge.js';
import { hostile, oddity } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'jose-headers',
  why: 'The header asks for something that this receiver does not do, and it takes the token all the same. Harmless while only Truora holds the key; not after.',
  fix: 'Refuse `crit` that you do not understand, and `b64`, `zip` and `cty` altogether.',
};

const refused = (
  catalogue: string,
  slug: string,
  title: string,
  body: Build,
  more: { readonly severity: Severity; readonly source: string },
): ContractCase =>
  hostile(family, {
    slug,
    catalogue,
    title,
    bodies: { [slug]: body },
    rule: 'What a header marks as critical must be understood or the token refused.',
    ...more,
  });

/** DEFLATE without compression: how well zlib compresses differs from version to version. */
const stored = (text: string): Buffer => deflateRawSync(text, { level: 0 });

const holder =
  (header: JsonObject): Build =>
  ({ payload, key }) =>
    signed({ header: { ...HEADER, ...header }, payload, key });

const crit = (catalogue: string, slug: string, title: string, header: JsonObject): ContractCase =>
  refused(catalogue, slug, title, holder(header), {
    severity: catalogue === 'V200' ? 'medium' : 'low',
    source: 'RFC 7515 §4.1.11; auth0/node-jsonwebtoken #1032',
  });

const either = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  source: string,
): ContractCase =>
  oddity(family, {
    slug,
    catalogue,
    title,
    bodies,
    source,
    rule: 'It may be taken or refused; no 5xx, no hang.',
    severity: 'info',
  });

export const joseHeaders: readonly ContractCase[] = [
  crit('V200', 'crit-unknown', 'refuses an unknown critical header', {
    crit: ['x-policy'],
    'x-policy': 1,
  }),
  crit('V201', 'crit-empty', 'refuses an empty crit', { crit: [] }),
  crit('V202', 'crit-not-a-list', 'refuses a crit that is no list', { crit: 'exp' }),
  crit('V203', 'crit-absent-header', 'refuses a crit that names an absent header', {
    crit: ['nope'],
  }),
  refused(
    'V204',
    'b64-false',
    'refuses an unencoded payload',
    ({ payload, key }) => {
      const raw = payload.replaceAll('.', '');
      const input = `${segment({ ...HEADER, b64: false, crit: ['b64'] })}.${raw}`;
      return `${input}.${segment(hmac(key, input))}`;
    },
    { severity: 'low', source: 'RFC 7797 §7' },
  ),
  either(
    'V205',
    'b64-without-crit',
    'stays calm at b64 without crit',
    {
      'b64 false': holder({ b64: false }),
    },
    'RFC 7797 §6',
  ),
  refused(
    'V206',
    'zip-deflate',
    'refuses a compressed payload',
    ({ payload, key }) =>
      signed({ header: { ...HEADER, zip: 'DEF' }, payload: stored(payload), key }),
    { severity: 'low', source: 'RFC 7516 §4.1.3: zip is for encryption only' },
  ),
  either(
    'V218',
    'kid-not-text',
    'stays calm at a kid that is no text',
    {
      'kid {}': holder({ kid: { a: 1 } }),
      'kid [1]': holder({ kid: [1] }),
      'kid 7': holder({ kid: 7 }),
    },
    'RFC 7515 §4.1.4',
  ),
  either(
    'V219',
    'other-typ',
    'stays calm at another typ',
    {
      'at+jwt': holder({ typ: 'at+jwt' }),
      JWE: holder({ typ: 'JWE' }),
    },
    'RFC 8725 §3.11',
  ),
  either(
    'V220',
    'nested-genuine',
    'stays calm at a genuine token in a genuine token',
    {
      nested: ({ token, key }) =>
        signed({ header: { ...HEADER, cty: 'JWT' }, payload: token, key }),
    },
    'RFC 7519 §5.2',
  ),
  refused(
    'V221',
    'nested-in-none',
    'refuses a genuine token inside an unsigned one',
    ({ token }) => compact({ alg: 'none', cty: 'JWT' }, segment(token), ''),
    { severity: 'high', source: 'RFC 8725 §3.3' },
  ),
  oddity(family, {
    slug: 'none-in-nested',
    catalogue: 'V222',
    title: 'ignores an unsigned token inside a genuine one',
    rule: 'Each layer of a nested token is verified, or none of it is read.',
    source: 'RFC 8725 §3.3',
    severity: 'low',
    withoutEffect: true,
    bodies: {
      'none inside': (kit) =>
        signed({ header: { ...HEADER, cty: 'JWT' }, payload: noneToken(kit), key: kit.key }),
    },
  }),
  refused(
    'V233',
    'jws-with-enc',
    'refuses three segments that claim to be encrypted',
    ({ payloadSegment }) => compact({ alg: 'dir', enc: 'A256GCM' }, payloadSegment, ''),
    { severity: 'high', source: 'RFC 7516 §9' },
  ),
];
