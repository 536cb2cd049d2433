import type { ContractCase, Severity } from '../runner/case.js';
import { HEADER, flipBit, hmac, segment, withClaims } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import { hostile } from './table.js';
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

const unusual: Family = {
  name: 'check-depends-on-claims',
  why: 'Only tokens whose claims look as usual are verified: whoever changes or leaves out a claim goes past the check.',
  fix: 'Verify every token before you look at its claims, whatever they say or leave out.',
};

/** A token whose claims are changed and whose MAC is wrong in one bit. */
const wrongMac =
  (change: (kit: ForgeKit) => JsonObject): Build =>
  (kit) => {
    const input = `${kit.headerSegment}.${segment({ ...kit.claims, ...change(kit) })}`;
    return `${input}.${segment(flipBit(hmac(kit.key, input), 9))}`;
  };

/** A token with another header, whose MAC is wrong in one bit. */
const wrongMacUnder =
  (header: JsonObject): Build =>
  (kit) => {
    const input = `${segment(header)}.${segment(kit.claims)}`;
    return `${input}.${segment(flipBit(hmac(kit.key, input), 9))}`;
  };

const time = (
  catalogue: string,
  slug: string,
  title: string,
  change: (kit: ForgeKit) => JsonObject,
  told: { readonly source: string; readonly severity?: Severity },
): ContractCase =>
  hostile(times, {
    slug,
    catalogue,
    title,
    rule: 'A token is not to be taken after exp or before nbf.',
    severity: 'medium',
    ...told,
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

export const claims: readonly ContractCase[] = [
  time(
    'V240',
    'expired',
    'refuses an expired token',
    ({ nowSeconds }) => ({ exp: nowSeconds - 3600 }),
    { source: 'RFC 7519 §4.1.4' },
  ),
  time(
    'V242',
    'expired-as-text',
    'refuses an expired token whose exp is a text',
    ({ nowSeconds }) => ({ exp: String(nowSeconds - 3600) }),
    { source: 'RFC 7519 §2, §4.1.4', severity: 'low' },
  ),
  time('V244', 'exp-zero', 'refuses a token whose exp is 0', () => ({ exp: 0 }), {
    source: 'RFC 7519 §4.1.4; golang-jwt e8e5b83',
    severity: 'low',
  }),
  time(
    'V241',
    'not-yet-valid',
    'refuses a token before its nbf',
    ({ nowSeconds }) => ({
      nbf: nowSeconds + 3600,
    }),
    { source: 'RFC 7519 §4.1.5' },
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
  hostile(unusual, {
    catalogue: 'V263',
    slug: 'bad-mac-and-other-claims',
    title: 'refuses a wrong MAC on a token with another issuer, or without iss or iat',
    source: 'a check for known issuers only',
    rule: 'A token with two errors is refused for both.',
    severity: 'critical',
    bodies: {
      'another iss': wrongMac(() => ({ iss: 'hookproof' })),
      'without iss': wrongMac(() => ({ iss: undefined })),
      'without iat': wrongMac(() => ({ iat: undefined })),
    },
  }),
  hostile(unusual, {
    catalogue: 'V263',
    slug: 'bad-mac-and-other-header',
    title: 'refuses a wrong MAC under a header without typ, or with other members',
    source: 'a check for usual headers only',
    rule: 'A token with two errors is refused for both.',
    severity: 'critical',
    bodies: {
      'without typ': wrongMacUnder({ alg: 'HS256' }),
      'typ at+jwt': wrongMacUnder({ alg: 'HS256', typ: 'at+jwt' }),
      'typ jwt': wrongMacUnder({ alg: 'HS256', typ: 'jwt' }),
      'with kid': wrongMacUnder({ ...HEADER, kid: 'main' }),
      'with cty': wrongMacUnder({ ...HEADER, cty: 'JSON' }),
      'with x5t': wrongMacUnder({ ...HEADER, x5t: 'AAAA' }),
    },
  }),
];
