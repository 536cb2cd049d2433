import type { ContractCase, Severity } from '../runner/case.js';
import { HEADER, hmac, segment, signed, unusedBitsChanged } from './forge.js';
import { hostile } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'tampering',
  why: 'Someone who saw one genuine delivery can change what it says: a refusal becomes an approval.',
  fix: 'Verify the signature over the body exactly as it came, and read the claims from the very text that was verified.',
};

const row = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  more: { readonly severity: Severity; readonly source: string },
): ContractCase =>
  hostile(family, {
    slug,
    catalogue,
    title,
    bodies,
    rule: 'The signature covers header and payload, byte for byte.',
    ...more,
  });

const signatureOf = (token: string): string => token.split('.')[2] ?? '';

export const tampering: readonly ContractCase[] = [
  row(
    'V120',
    'payload-edited',
    'refuses an edited payload under the old signature',
    {
      'payload edited': ({ headerSegment, claims, event, mac }) =>
        `${headerSegment}.${segment({ ...claims, events: [{ ...event, event_action: 'succeeded' }], edited: true })}.${segment(mac)}`,
    },
    { severity: 'critical', source: 'Wycheproof tc5' },
  ),
  row(
    'V121',
    'header-edited',
    'refuses an edited header under the old signature',
    {
      'kid changed': ({ key, payloadSegment }) => {
        const signature = hmac(key, `${segment({ ...HEADER, kid: 'a' })}.${payloadSegment}`);
        return `${segment({ ...HEADER, kid: 'b' })}.${payloadSegment}.${segment(signature)}`;
      },
    },
    { severity: 'high', source: 'Wycheproof tc8' },
  ),
  row(
    'V122',
    'tokens-spliced',
    'refuses the payload of one token with the signature of another',
    {
      spliced: ({ payloadSegment, other }) =>
        `${other.token.split('.')[0] ?? ''}.${payloadSegment}.${signatureOf(other.token)}`,
    },
    { severity: 'critical', source: 'splicing' },
  ),
  row(
    'V123',
    'payload-respaced',
    'refuses the same claims with other white space',
    {
      'indented by 1': ({ headerSegment, claims, mac }) =>
        `${headerSegment}.${segment(JSON.stringify(claims, null, 1))}.${segment(mac)}`,
    },
    { severity: 'high', source: 'verification after re-serialising' },
  ),
  row(
    'V124',
    'payload-unused-bits',
    'refuses a payload whose unused last bits were changed',
    {
      'unused bits': ({ payload, key }) => {
        // A length that divides by 3 leaves no unused bits.
        const text = Buffer.byteLength(payload) % 3 === 0 ? `${payload} ` : payload;
        const [header = '', body = '', signature = ''] = signed({ payload: text, key }).split('.');
        return `${header}.${unusedBitsChanged(body)}.${signature}`;
      },
    },
    { severity: 'low', source: 'Wycheproof tc374; RFC 4648 §3.5' },
  ),
  row(
    'V125',
    'payload-with-junk',
    'refuses a payload with junk that a lenient decoder drops',
    {
      'a ? inside': ({ headerSegment, payloadSegment, mac }) =>
        `${headerSegment}.${payloadSegment.slice(0, 8)}?${payloadSegment.slice(8)}.${segment(mac)}`,
    },
    { severity: 'medium', source: 'Wycheproof tc372, tc373 (labelled valid there by mistake)' },
  ),
  row(
    'V126',
    'payload-reordered',
    'refuses the same claims in another order',
    {
      'members reversed': ({ headerSegment, claims, mac }) =>
        `${headerSegment}.${segment(Object.fromEntries(Object.entries(claims).reverse()))}.${segment(mac)}`,
    },
    { severity: 'high', source: 'verification after canonicalising' },
  ),
];
