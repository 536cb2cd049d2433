import type { ContractCase, Severity } from '../runner/case.js';
import { HEADER, compact, hmac, segment, withMac } from './forge.js';
import { hostile } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'malformed-token',
  why: 'Bodies that are no token reach every public URL. A receiver that takes them, or falls over them, gives strangers a lever.',
  fix: 'Refuse with 400 whatever is not three non-empty base64url segments; catch the library’s exception.',
};

const row = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  more: { readonly severity: Severity; readonly source: string; readonly closes?: boolean },
): ContractCase =>
  hostile(family, {
    slug,
    catalogue,
    title,
    bodies,
    rule: 'A compact JWS is three base64url segments, joined by two dots.',
    ...more,
  });

const nested = (depth: number, around: string): string =>
  around.replace('@', `${'['.repeat(depth)}${']'.repeat(depth)}`);

/** The genuine payload under another text for a header, signed by the key's holder. */
const under =
  (header: string): Build =>
  ({ key, payloadSegment }) =>
    compact(header, payloadSegment, hmac(key, `${segment(header)}.${payloadSegment}`));

export const structure: readonly ContractCase[] = [
  row(
    'V150',
    'empty-body',
    'refuses an empty body',
    { 'empty body': () => '' },
    { severity: 'high', source: 'Wycheproof tc13' },
  ),
  row(
    'V151',
    'blank-body',
    'refuses a blank body',
    { blank: () => ' \r\n ' },
    { severity: 'medium', source: 'parsers that trim' },
  ),
  row(
    'V152',
    'literal-body',
    'refuses literals in place of a token',
    Object.fromEntries(['null', 'undefined', '{}', '[]', '""'].map((text) => [text, () => text])),
    { severity: 'high', source: 'jwt_tool’s pre-scan' },
  ),
  row(
    'V153',
    'one-segment',
    'refuses one segment',
    { Zm9v: () => 'Zm9v' },
    { severity: 'high', source: 'Wycheproof tc12' },
  ),
  row(
    'V154',
    'two-segments',
    'refuses a token without its signature part',
    {
      'header.payload': ({ input }) => input,
    },
    { severity: 'critical', source: 'Wycheproof tc4' },
  ),
  row(
    'V155',
    'four-segments-last-empty',
    'refuses a fourth, empty segment',
    {
      'token.': ({ token }) => `${token}.`,
    },
    { severity: 'medium', source: 'Wycheproof tc14' },
  ),
  row(
    'V156',
    'four-segments',
    'refuses a fourth segment',
    {
      'token.foo': ({ token }) => `${token}.foo`,
    },
    { severity: 'medium', source: 'Wycheproof tc15' },
  ),
  row(
    'V157',
    'hundred-thousand-dots',
    'refuses 100,000 dots',
    {
      '100,000 dots': () => '.'.repeat(100_000),
    },
    { severity: 'high', source: 'CVE-2025-30204', closes: true },
  ),
  row(
    'V158',
    'no-header',
    'refuses an empty header',
    {
      '.payload.signature': (kit) => withMac(kit, kit.mac).replace(/^[^.]*/, ''),
    },
    { severity: 'high', source: 'Wycheproof tc9' },
  ),
  row(
    'V159',
    'no-payload',
    'refuses an empty payload',
    {
      'header..signature': ({ headerSegment, mac }) => `${headerSegment}..${segment(mac)}`,
    },
    { severity: 'high', source: 'Wycheproof tc6' },
  ),
  row(
    'V160',
    'only-dots',
    'refuses two dots',
    { '..': () => '..' },
    { severity: 'high', source: 'empty segments' },
  ),
  row(
    'V161',
    'header-not-json',
    'refuses a signed token whose header is not JSON',
    { 'not json': under('not json'), 'cut off': under('{"alg":"HS256"') },
    { severity: 'low', source: 'RFC 7515 §5.2' },
  ),
  row(
    'V162',
    'header-not-an-object',
    'refuses a signed token whose header is no object',
    {
      list: under(JSON.stringify([HEADER['alg']])),
      text: under(JSON.stringify(HEADER['alg'])),
      null: under('null'),
    },
    { severity: 'low', source: 'RFC 7515 §4' },
  ),
  row(
    'V171',
    'deep-header',
    'refuses a header nested 20,000 deep',
    {
      'deep header': ({ payloadSegment }) =>
        `${segment(nested(20_000, '{"alg":"HS256","x":@}'))}.${payloadSegment}.AAAA`,
    },
    { severity: 'high', source: 'recursive parsers', closes: true },
  ),
  row(
    'V172',
    'deep-payload',
    'refuses an unsigned payload nested 20,000 deep',
    {
      'deep payload': ({ headerSegment }) =>
        `${headerSegment}.${segment(nested(20_000, '{"events":@}'))}.AAAA`,
    },
    { severity: 'high', source: 'parsing before verifying', closes: true },
  ),
  row(
    'V173',
    'huge-header',
    'refuses an unsigned token with a 1 MiB header',
    {
      '1 MiB header': ({ payloadSegment }) =>
        `${segment({ alg: 'HS256', x: 'x'.repeat(1 << 20) })}.${payloadSegment}.AAAA`,
    },
    { severity: 'medium', source: 'parsing before verifying', closes: true },
  ),
];
