import type { ContractCase, Severity } from '../runner/case.js';
import { signed } from './forge.js';
import { hostile, oddity } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'odd-signed-content',
  why: 'The signature is right and the content is not: an uncaught exception answers 500, asks for five retries and feeds the disable rule.',
  fix: 'Check the payload’s shape after verifying it, and answer 400 to what you cannot read.',
};

interface Told {
  readonly source: string;
  readonly severity?: Severity;
}

const odd = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  told: Told,
): ContractCase =>
  oddity(family, {
    slug,
    catalogue,
    title,
    bodies,
    rule: 'Refuse or ignore it, but answer: no 5xx, no hang, no second effect.',
    stage: 'last',
    severity: 'low',
    ...told,
  });

const refused = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  told: Told,
): ContractCase =>
  hostile(family, {
    slug,
    catalogue,
    title,
    bodies,
    rule: 'The payload is one JSON object in UTF-8.',
    stage: 'last',
    severity: 'low',
    ...told,
  });

/** A payload signed by the key's holder. */
const payload =
  (content: string | Uint8Array): Build =>
  ({ key }) =>
    signed({ payload: content, key });

/** The genuine payload in other bytes, signed by the key's holder. */
const respelled =
  (change: (json: string) => string | Uint8Array): Build =>
  (kit) =>
    signed({ payload: change(kit.payload), key: kit.key });

const duplicates: Family = {
  name: 'duplicate-claims',
  why: 'Of two lists of events your receiver believes the first and other programs the last: what was checked is not what is done.',
  fix: 'Use a JSON parser that refuses duplicate names or takes the last of them.',
};

/** Content that only the key's holder can sign. */
export const signedContent: readonly ContractCase[] = [
  odd(
    'V163',
    'payload-not-an-object',
    'stays calm when a signed payload is no object',
    { list: payload('["events"]'), text: payload('"x"'), number: payload('1') },
    { source: 'RFC 7519 §7.2' },
  ),
  odd(
    'V164',
    'payload-null',
    'stays calm when a signed payload is null',
    { null: payload('null') },
    { source: 'RFC 7519 §7.2' },
  ),
  odd(
    'V165',
    'payload-not-json',
    'stays calm when a signed payload is not JSON',
    { 'hello world': payload('hello world') },
    { source: 'RFC 7519 §7.2' },
  ),
  odd(
    'V166',
    'payload-bad-utf8',
    'stays calm when a signed payload is not UTF-8',
    {
      'C3 28 FF': respelled((json) =>
        Buffer.concat([
          Buffer.from(`${json.slice(0, -1)},"x":"`),
          Buffer.of(0xc3, 0x28, 0xff),
          Buffer.from('"}'),
        ]),
      ),
    },
    { source: 'RFC 8725 §3.7' },
  ),
  refused(
    'V167',
    'payload-utf16',
    'refuses a signed payload in UTF-16',
    { 'UTF-16LE': respelled((json) => Buffer.from(`\uFEFF${json}`, 'utf16le')) },
    { source: 'RFC 8725 §3.7' },
  ),
  odd(
    'V168',
    'payload-byte-order-mark',
    'stays calm when a signed payload begins with a byte order mark',
    { 'EF BB BF': respelled((json) => `\uFEFF${json}`) },
    { source: 'RFC 8259 §8.1', severity: 'info' },
  ),
  refused(
    'V169',
    'payload-with-more-json',
    'refuses a signed payload that goes on after its object',
    { '{…}{"events":[]}': respelled((json) => `${json}{"events":[]}`) },
    { source: 'RFC 8259 §2; decoders that read streams' },
  ),
  oddity(duplicates, {
    slug: 'events-twice',
    catalogue: 'V170',
    title: 'ignores the first of two lists of events',
    rule: 'A duplicate claim is refused, or the last one counts.',
    source: 'RFC 7519 §4',
    severity: 'low',
    stage: 'last',
    withoutEffect: true,
    bodies: { 'events […], events []': respelled((json) => `${json.slice(0, -1)},"events":[]}`) },
  }),
];
