import type { ContractCase } from '../runner/case.js';
import { compact, segment } from './forge.js';
import type { ForgeKit } from './forge.js';
import { hostile } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'alg-none',
  why: 'Anyone who knows your URL can forge an approved identity check: the token itself says that it needs no signature, and your receiver believes it.',
  fix: 'Pin the algorithm: `jwt.verify(body, key, { algorithms: ["HS256"] })`. Never choose the check by the token’s own header.',
};

const RULE = 'The receiver decides which algorithms it accepts; unsigned tokens are none of them.';

/** A token whose header names `alg`, with an empty signature. */
const unsigned =
  (alg: unknown): Build =>
  ({ payloadSegment }) =>
    compact(JSON.stringify({ alg, typ: 'JWT' }), payloadSegment, '');

const withHeaderText =
  (header: string): Build =>
  ({ payloadSegment }) =>
    compact(header, payloadSegment, '');

const row = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  source = 'RFC 8725 §2.1, §3.1',
): ContractCase =>
  hostile(family, { slug, catalogue, title, bodies, source, rule: RULE, severity: 'critical' });

/** A forgery of a kit's event that any receiver with the `none` defect takes. */
export const noneToken = (kit: ForgeKit): string =>
  compact({ alg: 'none', typ: 'JWT' }, kit.payloadSegment, '');

export const algNone: readonly ContractCase[] = [
  row(
    'V030',
    'alg-none',
    'refuses alg "none" with an empty signature',
    { 'alg "none"': noneToken },
    'CVE-2015-9235; RFC 8725 §2.1; Wycheproof tc16',
  ),
  row('V031', 'alg-none-title-case', 'refuses alg "None"', { 'alg "None"': unsigned('None') }),
  row('V032', 'alg-none-upper-case', 'refuses alg "NONE"', { 'alg "NONE"': unsigned('NONE') }),
  row('V033', 'alg-none-mixed-case', 'refuses alg "nOnE"', { 'alg "nOnE"': unsigned('nOnE') }),
  row('V034', 'alg-none-foreign-mac', 'refuses alg "none" with another token’s MAC', {
    'alg "none", MAC of another token': ({ payloadSegment, other }) =>
      `${segment({ alg: 'none', typ: 'JWT' })}.${payloadSegment}.${other.token.split('.')[2] ?? ''}`,
  }),
  row(
    'V035',
    'alg-none-two-segments',
    'refuses alg "none" with two segments',
    {
      'alg "none", no third segment': ({ payloadSegment }) =>
        `${segment({ alg: 'none' })}.${payloadSegment}`,
    },
    'Wycheproof tc4',
  ),
  row('V036', 'alg-none-garbage-signature', 'refuses alg "none" with a made-up signature', {
    'alg "none", AAAA': ({ payloadSegment }) =>
      `${segment({ alg: 'none', typ: 'JWT' })}.${payloadSegment}.AAAA`,
  }),
  row(
    'V037',
    'alg-none-trailing-space',
    'refuses alg "none" with a blank',
    {
      'alg "none "': unsigned('none '),
      'alg " none"': unsigned(' none'),
    },
    'block lists compare the whole text',
  ),
  row(
    'V038',
    'alg-none-nul',
    'refuses alg "none" with a NUL',
    {
      'alg "none\\u0000"': unsigned('none\u0000'),
    },
    'C strings end at NUL',
  ),
  row(
    'V039',
    'alg-none-full-width',
    'refuses alg "none" in full-width letters',
    {
      'alg "ｎｏｎｅ"': unsigned('ｎｏｎｅ'),
    },
    'Unicode NFKC maps full-width letters to ASCII',
  ),
  row(
    'V040',
    'alg-absent',
    'refuses a header without alg',
    {
      'no alg': withHeaderText('{"typ":"JWT"}'),
    },
    'RFC 7515 §4.1.1',
  ),
  row('V041', 'alg-null', 'refuses alg null', { 'alg null': unsigned(null) }),
  row('V042', 'alg-empty', 'refuses an empty alg', { 'alg ""': unsigned('') }),
  row('V043', 'alg-not-a-string', 'refuses an alg that is not a string', {
    'alg 0': unsigned(0),
    'alg false': unsigned(false),
    'alg {}': unsigned({}),
    'alg 1e9': unsigned(1e9),
  }),
  row('V044', 'alg-array', 'refuses an alg that is a list', {
    'alg ["none","HS256"]': unsigned(['none', 'HS256']),
    'alg ["HS256","none"]': unsigned(['HS256', 'none']),
  }),
  row(
    'V045',
    'alg-twice-none-first',
    'refuses alg twice, none first',
    {
      'none, then HS256': withHeaderText('{"alg":"none","typ":"JWT","alg":"HS256"}'),
    },
    'RFC 7515 §4: duplicate names',
  ),
  row(
    'V046',
    'alg-twice-none-last',
    'refuses alg twice, none last',
    {
      'HS256, then none': withHeaderText('{"alg":"HS256","typ":"JWT","alg":"none"}'),
    },
    'RFC 7515 §4: duplicate names',
  ),
  row(
    'V047',
    'alg-other-case-member',
    'refuses a second ALG member that says none',
    {
      'alg HS256, ALG none': withHeaderText('{"alg":"HS256","ALG":"none","typ":"JWT"}'),
    },
    'Go’s encoding/json matches member names in any case',
  ),
];
