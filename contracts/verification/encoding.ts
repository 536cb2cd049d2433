import type { ContractCase, Severity } from '../runner/case.js';
import { hmac, segment, unusedBitsChanged } from './forge.js';
import type { ForgeKit } from './forge.js';
import { hostile, oddity } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'lenient-decoding',
  why: 'One genuine token has many spellings that pass. Whoever keys deduplication by the token’s text applies each spelling again.',
  fix: 'Key deduplication by the event, never by the token; decode base64url strictly if your library can.',
};

const RULE = 'Segments are canonical base64url; other spellings must at least not be a new event.';

const respelled = (
  catalogue: string,
  slug: string,
  title: string,
  change: (token: string) => string | Uint8Array,
  options: { readonly strict?: boolean; readonly source: string; readonly severity?: Severity },
): ContractCase =>
  (options.strict === true ? hostile : oddity)(family, {
    slug,
    catalogue,
    title,
    rule: RULE,
    source: options.source,
    severity: options.severity ?? 'low',
    bodies: { [slug]: ({ token }) => change(token) },
  });

const signatureWith =
  (change: (signature: string) => string) =>
  (token: string): string =>
    token.replace(/[^.]*$/, change);

/** Signs a text that is no canonical token, as only the key's holder can. */
const literal =
  (input: (kit: ForgeKit) => string): Build =>
  (kit) =>
    `${input(kit)}.${segment(hmac(kit.key, input(kit)))}`;

const overLiteral = (
  catalogue: string,
  slug: string,
  title: string,
  input: (kit: ForgeKit) => string,
  source: string,
): ContractCase =>
  hostile(family, {
    slug,
    catalogue,
    title,
    rule: RULE,
    source,
    severity: 'low',
    bodies: { [slug]: literal(input) },
  });

/** A JSON text in base64url with padding; a blank makes its length one that needs it. */
const paddedSegment = (json: string): string => {
  const text = Buffer.byteLength(json) % 3 === 0 ? `${json} ` : json;
  return Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
};

export const encoding: readonly ContractCase[] = [
  respelled(
    'V130',
    'trailing-bits',
    'applies a token with other trailing bits once at most',
    unusedBitsChanged,
    { source: 'RFC 4648 §3.5; golang-jwt' },
  ),
  respelled(
    'V131',
    'signature-padded',
    'applies a padded signature once at most',
    (token) => `${token}=`,
    { source: 'RFC 7515 §2; PyJWT #1209' },
  ),
  respelled(
    'V132',
    'signature-standard-base64',
    'applies a signature in plain base64 once at most',
    signatureWith((signature) => signature.replaceAll('-', '+').replaceAll('_', '/')),
    { source: 'RFC 4648 §5' },
  ),
  respelled(
    'V133',
    'signature-with-blank',
    'refuses a blank inside the signature',
    signatureWith((signature) => `${signature.slice(0, 10)} ${signature.slice(10)}`),
    { source: 'Wycheproof tc360; fast-jwt #606', strict: true },
  ),
  respelled(
    'V134',
    'signature-with-junk',
    'refuses junk after the signature',
    (token) => `${token}!!!!`,
    { source: 'Wycheproof tc361–364', strict: true },
  ),
  respelled(
    'V135',
    'signature-with-line-feed',
    'refuses a line feed inside the signature',
    signatureWith((signature) => `${signature.slice(0, 10)}\n${signature.slice(10)}`),
    { source: 'Go’s encoding/base64', strict: true },
  ),
  respelled(
    'V136',
    'trailing-line-feed',
    'stays calm at a line feed after the token',
    (token) => `${token}\n`,
    { source: 'curl and echo', severity: 'info' },
  ),
  respelled(
    'V137',
    'blanks-around',
    'stays calm at blanks around the token',
    (token) => `  ${token}  `,
    { source: 'copy and paste', severity: 'info' },
  ),
  respelled(
    'V138',
    'byte-order-mark',
    'stays calm at a byte order mark',
    (token) => `\uFEFF${token}`,
    { source: 'RFC 8259 §8.1', severity: 'info' },
  ),
  overLiteral(
    'V139',
    'header-with-blanks',
    'refuses blanks in the header segment',
    (kit) => `${kit.headerSegment}    .${kit.payloadSegment}`,
    'Wycheproof tc365',
  ),
  overLiteral(
    'V140',
    'payload-with-hashes',
    'refuses junk in the payload segment',
    (kit) => `${kit.headerSegment}.####${kit.payloadSegment}`,
    'Wycheproof tc369',
  ),
  overLiteral(
    'V141',
    'payload-padded',
    'refuses padding in the payload segment',
    (kit) => `${kit.headerSegment}.${paddedSegment(kit.payload)}`,
    'RFC 7515 §2',
  ),
];
