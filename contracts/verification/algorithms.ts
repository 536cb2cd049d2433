import type { ContractCase, Severity } from '../runner/case.js';
import { HEADER, compact, hmac, signed, withMac } from './forge.js';
import { signedByStranger } from './stranger.js';
import type { KeyPairAlgorithm } from './stranger.js';
import { hostile, oddity } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'algorithm-not-pinned',
  why: 'The token’s header chooses how it is checked. Today that may be harmless; with the next key or library it is how forgeries get in.',
  fix: 'Accept exactly `alg: "HS256"` and compute exactly HMAC-SHA256.',
};

const row = (
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
    rule: 'The algorithm is the receiver’s choice, and alg names are case-sensitive.',
    ...more,
  });

const hmacWith =
  (alg: string, digest: string): Build =>
  ({ payload, key }) =>
    signed({ header: { ...HEADER, alg }, payload, key, digest });

const either = (catalogue: string, slug: string, alg: string, digest: string): ContractCase =>
  oddity(family, {
    slug,
    catalogue,
    title: `stays calm when the right key signs with ${alg}`,
    rule: `${alg} under the right key may be taken or refused.`,
    source: 'Truora hooks page: its Go sample takes any HMAC; RFC 7518 §3.2',
    severity: 'info',
    bodies: { [alg]: hmacWith(alg, digest) },
  });

const stranger = (catalogue: string, alg: KeyPairAlgorithm, also: string): ContractCase =>
  row(
    catalogue,
    `${alg.toLowerCase()}-of-a-stranger`,
    `refuses ${alg} under a stranger’s key`,
    ({ payloadSegment }) => signedByStranger(alg, payloadSegment),
    { severity: 'critical', source: `RFC 8725 §3.1; ${also}` },
  );

export const algorithms: readonly ContractCase[] = [
  stranger('V050', 'RS256', 'RFC 7518 §3.3'),
  stranger('V051', 'PS256', 'RFC 7518 §3.5'),
  stranger('V052', 'ES256', 'RFC 7518 §3.4'),
  stranger('V053', 'EdDSA', 'RFC 8037 §3.1'),
  row(
    'V054',
    'es256-zero-signature',
    'refuses ES256 with a signature of zeros',
    ({ payloadSegment }) =>
      compact({ alg: 'ES256', typ: 'JWT' }, payloadSegment, new Uint8Array(64)),
    { severity: 'critical', source: 'CVE-2022-21449' },
  ),
  row(
    'V055',
    'rs256-empty-signature',
    'refuses RS256 with an empty signature',
    ({ payloadSegment }) => compact({ alg: 'RS256', typ: 'JWT' }, payloadSegment, ''),
    { severity: 'critical', source: 'RFC 8725 §3.1' },
  ),
  row('V056', 'hs1', 'refuses the unregistered alg HS1', hmacWith('HS1', 'sha1'), {
    severity: 'medium',
    source: 'RFC 7518 §3.1',
  }),
  row('V057', 'hs256-lower-case', 'refuses alg hs256 in lower case', hmacWith('hs256', 'sha256'), {
    severity: 'low',
    source: 'RFC 7515 §4.1.1',
  }),
  either('V058', 'hs384', 'HS384', 'sha384'),
  either('V059', 'hs512', 'HS512', 'sha512'),
  row(
    'V060',
    'hs256-label-sha512-mac',
    'refuses an HMAC-SHA512 under alg HS256',
    hmacWith('HS256', 'sha512'),
    { severity: 'high', source: 'Wycheproof WrongPrimitive' },
  ),
  row(
    'V061',
    'hs512-label-sha256-mac',
    'refuses an HMAC-SHA256 under alg HS512',
    hmacWith('HS512', 'sha256'),
    { severity: 'low', source: 'Wycheproof WrongPrimitive' },
  ),
  row(
    'V062',
    'mac-cut-from-sha512',
    'refuses the first 32 bytes of an HMAC-SHA512',
    (kit) => withMac(kit, hmac(kit.key, kit.input, 'sha512').subarray(0, 32)),
    { severity: 'medium', source: 'truncation confusion' },
  ),
];
