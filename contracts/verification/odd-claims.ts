import type { ContractCase, Severity } from '../runner/case.js';
import { signed, withClaims } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import { oddity } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'odd-claims',
  why: 'A claim of another type than your code expects ends in an exception: a 500, five retries, and a failure counted each time.',
  fix: 'Check the type of a claim before you use it; take the token or answer 401, as you decide.',
};

const odd = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  told: { readonly severity?: Severity; readonly source: string },
): ContractCase =>
  oddity(family, {
    slug,
    catalogue,
    title,
    bodies,
    rule: 'Taken or refused, but answered: no 5xx, no hang, one effect at most.',
    stage: 'last',
    severity: 'info',
    ...told,
  });

const having =
  (change: (kit: ForgeKit) => JsonObject): Build =>
  (kit) =>
    withClaims(kit, change(kit));

const YEAR_SECONDS = 365 * 86_400;

/** Registered claims that only the key's holder could make odd (RFC 7519 §4.1). */
export const oddClaims: readonly ContractCase[] = [
  odd(
    'V020',
    'iat-a-day-old',
    'stays calm when iat is a day old',
    { 'iat − 24 h': having(({ nowSeconds }) => ({ iat: nowSeconds - 86_400 })) },
    { source: 'freshness is the receiver’s choice' },
  ),
  odd(
    'V242',
    'exp-as-text',
    'stays calm when exp is a text',
    { 'exp "now + 1 h"': having(({ nowSeconds }) => ({ exp: String(nowSeconds + 3600) })) },
    { source: 'RFC 7519 §4.1.4', severity: 'low' },
  ),
  odd(
    'V243',
    'exp-overflow',
    'stays calm when exp is larger than any number',
    {
      'exp 1e999': (kit) =>
        signed({ payload: `${kit.payload.slice(0, -1)},"exp":1e999}`, key: kit.key }),
    },
    { source: 'RFC 8259 §6', severity: 'low' },
  ),
  odd(
    'V245',
    'other-issuer',
    'stays calm when another issuer is named',
    { 'iss "Evil"': having(() => ({ iss: 'Evil' })) },
    { source: 'RFC 7519 §4.1.1' },
  ),
  odd(
    'V246',
    'issuer-not-text',
    'stays calm when iss is no text',
    {
      'iss ["Evil","Truora"]': having(() => ({ iss: ['Evil', 'Truora'] })),
      'iss 7': having(() => ({ iss: 7 })),
      'iss null': having(() => ({ iss: null })),
    },
    { source: 'CVE-2025-30144; CVE-2024-53861' },
  ),
  odd(
    'V247',
    'no-issuer',
    'stays calm when iss is missing',
    { 'no iss': having(() => ({ iss: undefined })) },
    { source: 'RFC 7519 §4.1.1' },
  ),
  odd(
    'V248',
    'other-audience',
    'stays calm when another audience is named',
    { 'aud of another': having(() => ({ aud: 'https://other.example/hook' })) },
    { source: 'RFC 7519 §4.1.3; Truora sends none', severity: 'low' },
  ),
  odd(
    'V249',
    'iat-as-text',
    'stays calm when iat is no number',
    {
      'iat "now"': having(({ claims }) => ({ iat: String(claims.iat) })),
      'iat null': having(() => ({ iat: null })),
    },
    { source: 'RFC 7519 §4.1.6' },
  ),
  odd(
    'V250',
    'no-iat',
    'stays calm when iat is missing',
    { 'no iat': having(() => ({ iat: undefined })) },
    { source: 'RFC 7519 §4.1.6' },
  ),
  odd(
    'V251',
    'iat-a-year-ahead',
    'stays calm when iat is a year ahead',
    { 'iat + 1 year': having(({ nowSeconds }) => ({ iat: nowSeconds + YEAR_SECONDS })) },
    { source: 'RFC 7519 §4.1.6 asks for no refusal' },
  ),
];
