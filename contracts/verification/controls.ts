import type { ContractCase } from '../runner/case.js';
import { takesEach } from '../runner/judge.js';
import { controlFamily, withObject } from './control.js';
import { HEADER, signed } from './forge.js';
import type { JsonObject } from './forge.js';
import { genuine } from './table.js';
import type { Build } from './table.js';

const withHeader =
  (header: JsonObject | string): Build =>
  ({ payload, key }) =>
    signed({ header, payload, key });

const escapeNonAscii = (text: string): string =>
  text.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** What a text must not do to a statement, a command or a pattern that it is pasted into. */
const QUOTED = `D'Angelo "Pepe" O\\Hara; 100% -- \`$x\``;

const NAME = 'José Ñandú 日本 🎉';

/** Genuine deliveries whose header or claims are spelled in another way. */
export const controls: readonly ContractCase[] = [
  genuine(controlFamily, {
    slug: 'canonical-token',
    catalogue: 'V001',
    title: 'takes a canonical HS256 token',
    rule: 'A delivery is one compact JWT, signed with HMAC-SHA256 under the signing key.',
    source: 'RFC 7515 §7.1; Truora hooks page',
    severity: 'critical',
    bodies: { 'canonical token': ({ token }) => token },
  }),
  genuine(controlFamily, {
    slug: 'header-member-order',
    catalogue: 'V002',
    title: 'takes a token whose header names typ before alg',
    rule: 'The header is a JSON object: the order of its members means nothing.',
    source: 'RFC 7515 §4',
    severity: 'high',
    why: 'A check of the literal header text breaks on the day the sender orders its members otherwise, and every event is lost from then on.',
    fix: 'Parse the header as JSON and compare `alg`, not the text.',
    bodies: { 'typ, alg': withHeader('{"typ":"JWT","alg":"HS256"}') },
  }),
  genuine(controlFamily, {
    slug: 'no-typ',
    catalogue: 'V003',
    title: 'takes a token without a typ header',
    rule: 'The typ header is optional.',
    source: 'RFC 7519 §5.1',
    severity: 'low',
    level: 'should',
    bodies: { 'no typ': withHeader({ alg: 'HS256' }) },
  }),
  genuine(controlFamily, {
    slug: 'unknown-kid',
    catalogue: 'V004',
    title: 'takes a token with a kid it does not know',
    rule: 'The kid header is a hint; with one key it can be ignored.',
    source: 'RFC 7515 §4.1.4',
    severity: 'low',
    level: 'should',
    bodies: { kid: withHeader({ ...HEADER, kid: 'hook-2026-01' }) },
  }),
  genuine(controlFamily, {
    slug: 'unknown-header',
    catalogue: 'V005',
    title: 'takes a token with an unknown header that is not critical',
    rule: 'Header parameters that are not understood must be ignored.',
    source: 'RFC 7515 §4',
    severity: 'medium',
    level: 'should',
    bodies: { 'x-truora': withHeader({ ...HEADER, 'x-truora': '1' }) },
  }),
  genuine(controlFamily, {
    slug: 'json-whitespace',
    catalogue: 'V006',
    title: 'takes a token whose JSON is pretty-printed',
    rule: 'The signature covers the text as sent; white space in the JSON means nothing.',
    source: 'RFC 7515 §5.2; Wycheproof tc376, tc377',
    severity: 'medium',
    bodies: {
      'pretty-printed': ({ claims, key }) =>
        signed({
          header: JSON.stringify(HEADER, null, 2),
          payload: JSON.stringify(claims, null, 2),
          key,
        }),
    },
  }),
  genuine(controlFamily, {
    slug: 'utf8-claims',
    catalogue: 'V007',
    title: 'takes claims with raw UTF-8 text',
    rule: 'Claims are UTF-8: accents, ñ and characters beyond the BMP occur in names.',
    source: 'RFC 7519 §2; RFC 8725 §3.7',
    severity: 'high',
    bodies: {
      'raw UTF-8': (kit) => signed({ payload: withObject(kit, { name: NAME }), key: kit.key }),
    },
  }),
  genuine(controlFamily, {
    slug: 'quotes-in-texts',
    catalogue: 'V007',
    title: 'takes texts with quotes, backslashes and percent signs',
    rule: 'A name is a text, whatever its characters mean elsewhere.',
    source: 'CWE-89: SQL injection',
    severity: 'critical',
    why: 'A receiver that pastes texts into a statement loses whoever is called D’Angelo, spelled with a straight quote, and lets whoever chooses a name run statements of his own.',
    fix: 'Hand values to the database as parameters; never paste them into a statement or a command.',
    bodies: {
      'quotes and more': (kit) =>
        signed({
          payload: withObject(kit, { name: QUOTED, first_name: QUOTED, last_name: QUOTED }),
          key: kit.key,
        }),
    },
  }),
  genuine(controlFamily, {
    slug: 'escaped-claims',
    catalogue: 'V008',
    title: 'takes claims with \\u escapes',
    rule: 'A JSON text may escape any character.',
    source: 'RFC 8259 §7',
    severity: 'medium',
    bodies: {
      '\\u escapes': (kit) =>
        signed({
          payload: escapeNonAscii(JSON.stringify(withObject(kit, { name: NAME }))),
          key: kit.key,
        }),
    },
  }),
  {
    kind: 'sends',
    id: 'verification/two-events',
    catalogue: 'V023',
    suite: 'verification',
    family: controlFamily.name,
    level: 'must',
    severity: 'high',
    title: 'applies both events of one delivery',
    rule: '`events` is an array: a delivery may carry several.',
    source: 'Truora webhook guide (REF)',
    why: 'A receiver that reads events[0] loses every other event of a batch, and answers 200 to it.',
    fix: 'Loop over `events` and handle each one with its own key.',
    needs: [],
    stage: 'group',
    run: async (context) => {
      const events = [context.event(), context.event()];
      const attempts = (await context.deliver(events, { label: 'two events' })).slice(-1);
      return {
        attempts,
        watched: events.map((event) => ({ event, expected: 1 })),
        judge: (seen) => takesEach(attempts, seen),
      };
    },
  },
  genuine(controlFamily, {
    slug: 'unknown-members',
    catalogue: 'V024',
    title: 'takes unknown claims and object fields',
    rule: 'Claims that are not understood must be ignored; objects grow over time.',
    source: 'RFC 7519 §4',
    severity: 'medium',
    why: 'A strict schema turns every addition on Truora’s side into an outage on yours.',
    fix: 'Let your schema pass unknown members.',
    bodies: {
      'unknown members': (kit) =>
        signed({
          payload: {
            ...withObject(kit, { hookproof_unknown: { nested: [1, null] } }),
            hookproof_unknown: true,
          },
          key: kit.key,
        }),
    },
  }),
  genuine(controlFamily, {
    slug: 'unknown-event-type',
    catalogue: 'V025',
    title: 'acknowledges an event type it does not know',
    rule: 'New products bring new event types.',
    source: 'Truora hooks page, the 80% rule',
    severity: 'medium',
    level: 'should',
    why: 'Refusing an unknown type burns its five retries, and enough of them disable the hook for all types.',
    fix: 'Answer 2xx to event types and actions that you do not handle.',
    bodies: {
      'trufusion.teleported': (kit) =>
        signed({
          payload: {
            ...kit.claims,
            events: [{ ...kit.event, event_type: 'trufusion', event_action: 'teleported' }],
          },
          key: kit.key,
        }),
    },
    acknowledgedOnly: true,
  }),
];
