import type { ContractCase, Severity } from '../runner/case.js';
import { segment, signed, withMac } from './forge.js';
import { hostile, oddity } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'malformed-token',
  why: 'Bodies that are no token reach every public URL. A receiver that takes them, or falls over them, gives strangers a lever.',
  fix: 'Refuse with 400 whatever is not three non-empty base64url segments; catch the library’s exception.',
};

const signedOddity: Family = {
  name: 'odd-signed-content',
  why: 'The signature is right and the content is not: an uncaught exception answers 500, asks for five retries and feeds the disable rule.',
  fix: 'Check the payload’s shape after verifying it, and answer 400 to what you cannot read.',
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

const odd = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  source: string,
): ContractCase =>
  oddity(signedOddity, {
    slug,
    catalogue,
    title,
    bodies,
    source,
    rule: 'Refuse or ignore it, but answer: no 5xx, no hang, no second effect.',
    stage: 'last',
    severity: 'low',
  });

const nested = (depth: number, around: string): string =>
  around.replace('@', `${'['.repeat(depth)}${']'.repeat(depth)}`);

/** A payload signed by the key's holder. */
const holder =
  (payload: string | Uint8Array): Build =>
  ({ key }) =>
    signed({ payload, key });

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
  odd(
    'V163',
    'payload-not-an-object',
    'stays calm when a signed payload is no object',
    {
      list: holder('["events"]'),
      text: holder('"x"'),
      number: holder('1'),
    },
    'RFC 7519 §7.2',
  ),
  odd(
    'V164',
    'payload-null',
    'stays calm when a signed payload is null',
    {
      null: holder('null'),
    },
    'RFC 7519 §7.2',
  ),
  odd(
    'V165',
    'payload-not-json',
    'stays calm when a signed payload is not JSON',
    {
      'hello world': holder('hello world'),
    },
    'RFC 7519 §7.2',
  ),
  odd(
    'V166',
    'payload-bad-utf8',
    'stays calm when a signed payload is not UTF-8',
    {
      'C3 28 FF': ({ key, payload }) =>
        signed({
          key,
          payload: Buffer.concat([
            Buffer.from(`${payload.slice(0, -1)},"x":"`),
            Buffer.of(0xc3, 0x28, 0xff),
            Buffer.from('"}'),
          ]),
        }),
    },
    'RFC 8725 §3.7',
  ),
];
