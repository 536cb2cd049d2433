import type { ContractCase } from '../runner/case.js';
import { takesEach } from '../runner/judge.js';
import { HEADER, hmac, segment, signed } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import { genuine } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'genuine-deliveries',
  why: 'A genuine event that is refused is retried five times and then lost, and each refusal counts towards the 80% that disables the hook.',
  fix: 'Verify the compact JWS with a maintained JWT library, read `events` from its payload, and ignore what you do not know.',
};

const withHeader =
  (header: JsonObject | string): Build =>
  ({ payload, key }) =>
    signed({ header, payload, key });

const withClaims =
  (change: (kit: ForgeKit) => JsonObject): Build =>
  (kit) =>
    signed({ payload: JSON.stringify({ ...kit.claims, ...change(kit) }), key: kit.key });

const withObject = (kit: ForgeKit, members: JsonObject): JsonObject => ({
  ...kit.claims,
  events: [{ ...kit.event, object: { ...kit.event.object, ...members } }],
});

/** Pads the event's object until a token of it has the wanted property. */
const searched =
  (wanted: (input: string, mac: Buffer) => boolean): Build =>
  (kit) => {
    for (let tries = 0; tries < 20_000; tries++) {
      const claims = withObject(kit, { pad: `${tries}~${'>?'.repeat(tries % 7)}` });
      const input = `${segment(HEADER)}.${segment(claims)}`;
      const mac = hmac(kit.key, input);
      if (wanted(input, mac)) return `${input}.${mac.toString('base64url')}`;
    }
    throw new Error('no token with the wanted property in 20,000 tries');
  };

const payloadLength =
  (remainder: number): Build =>
  (kit) => {
    const lengthOf = (pad: string): number =>
      Buffer.byteLength(JSON.stringify(withObject(kit, { pad })));
    const pad = ['', 'x', 'xx'].find((text) => lengthOf(text) % 3 === remainder) ?? '';
    return signed({ payload: withObject(kit, { pad }), key: kit.key });
  };

const escapeNonAscii = (text: string): string =>
  text.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const NAME = 'José Ñandú 日本 🎉';

export const controls: readonly ContractCase[] = [
  genuine(family, {
    slug: 'canonical-token',
    catalogue: 'V001',
    title: 'takes a canonical HS256 token',
    rule: 'A delivery is one compact JWT, signed with HMAC-SHA256 under the signing key.',
    source: 'RFC 7515 §7.1; Truora hooks page',
    severity: 'critical',
    bodies: { 'canonical token': ({ token }) => token },
  }),
  genuine(family, {
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
  genuine(family, {
    slug: 'no-typ',
    catalogue: 'V003',
    title: 'takes a token without a typ header',
    rule: 'The typ header is optional.',
    source: 'RFC 7519 §5.1',
    severity: 'low',
    level: 'should',
    bodies: { 'no typ': withHeader({ alg: 'HS256' }) },
  }),
  genuine(family, {
    slug: 'unknown-kid',
    catalogue: 'V004',
    title: 'takes a token with a kid it does not know',
    rule: 'The kid header is a hint; with one key it can be ignored.',
    source: 'RFC 7515 §4.1.4',
    severity: 'low',
    level: 'should',
    bodies: { kid: withHeader({ ...HEADER, kid: 'hook-2026-01' }) },
  }),
  genuine(family, {
    slug: 'unknown-header',
    catalogue: 'V005',
    title: 'takes a token with an unknown header that is not critical',
    rule: 'Header parameters that are not understood must be ignored.',
    source: 'RFC 7515 §4',
    severity: 'medium',
    level: 'should',
    bodies: { 'x-truora': withHeader({ ...HEADER, 'x-truora': '1' }) },
  }),
  genuine(family, {
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
  genuine(family, {
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
  genuine(family, {
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
  ...([0, 1, 2] as const).map((remainder) =>
    genuine(family, {
      slug: `payload-length-mod3-${remainder}`,
      catalogue: `V0${String(9 + remainder).padStart(2, '0')}`,
      title: `takes a payload whose length leaves ${remainder} when divided by 3`,
      rule: 'base64url goes without padding, whatever the length.',
      source: 'RFC 7515 §2, appendix C',
      severity: 'high',
      fix: 'Decode with a base64url decoder that does not want padding.',
      bodies: { [`length mod 3 = ${remainder}`]: payloadLength(remainder) },
    }),
  ),
  genuine(family, {
    slug: 'url-safe-alphabet',
    catalogue: 'V012',
    title: 'takes a token whose payload and MAC hold - and _',
    rule: 'Tokens use the URL-safe base64 alphabet.',
    source: 'RFC 4648 §5',
    severity: 'high',
    fix: 'Decode with base64url, not with plain base64.',
    bodies: {
      '- and _': searched((input, mac) => {
        const signature = mac.toString('base64url');
        const payload = input.split('.')[1] ?? '';
        return [signature, payload].every((part) => part.includes('-') && part.includes('_'));
      }),
    },
  }),
  genuine(family, {
    slug: 'mac-starts-with-zero',
    catalogue: 'V013',
    title: 'takes a token whose MAC begins with a zero byte',
    rule: 'A MAC is 32 bytes of any value.',
    source: 'Wycheproof tc358',
    severity: 'high',
    bodies: { 'MAC 00…': searched((_input, mac) => mac[0] === 0) },
  }),
  genuine(family, {
    slug: 'mac-with-special-bytes',
    catalogue: 'V014',
    title: 'takes a token whose MAC holds 00, 0A and FF',
    rule: 'A MAC is 32 bytes of any value.',
    source: 'Wycheproof tc358, tc359',
    severity: 'medium',
    bodies: {
      'MAC with 00, 0A, FF': searched((_input, mac) =>
        [0x00, 0x0a, 0xff].every((byte) => mac.includes(byte)),
      ),
    },
  }),
  genuine(family, {
    slug: 'event-of-64-kib',
    catalogue: 'V015',
    title: 'takes a delivery of about 64 KiB',
    rule: 'A finished check is large; its delivery is too.',
    source: 'Truora API reference: sample objects of 21 kB, abbreviated',
    severity: 'high',
    why: 'A body limit below what Truora sends answers 413 to every large event, for ever.',
    fix: 'Raise the body limit of this route to 1 MiB or more.',
    bodies: {
      '64 KiB': (kit) =>
        signed({ payload: withObject(kit, { blob: 'x'.repeat(48_000) }), key: kit.key }),
    },
  }),
  genuine(family, {
    slug: 'event-of-512-kib',
    catalogue: 'V016',
    title: 'takes a delivery of about 512 KiB',
    rule: 'A finished check can exceed 100 kB; many parsers stop there by default.',
    source: 'assumption (INF) from the size of documented objects',
    severity: 'medium',
    level: 'should',
    why: 'Express, Fastify and others limit bodies to 100 kB – 1 MB by default: the largest events would be refused, or lost when the parser’s error is answered 200.',
    fix: 'Raise the body limit of this route to 1 MiB or more.',
    bodies: {
      '512 KiB': (kit) =>
        signed({ payload: withObject(kit, { blob: 'x'.repeat(390_000) }), key: kit.key }),
    },
  }),
  genuine(family, {
    slug: 'fractional-iat',
    catalogue: 'V017',
    title: 'takes an iat with a fraction',
    rule: 'A NumericDate may have a fraction.',
    source: 'RFC 7519 §2',
    severity: 'low',
    level: 'should',
    bodies: { 'iat .5': withClaims(({ claims }) => ({ iat: claims.iat + 0.5 })) },
  }),
  genuine(family, {
    slug: 'iat-ahead',
    catalogue: 'V018',
    title: 'takes an iat that is 5 s ahead of its clock',
    rule: 'Clocks differ: allow some leeway.',
    source: 'RFC 7519 §4.1.6; mozilla/fx-private-relay #2738',
    severity: 'medium',
    level: 'should',
    why: 'Two machines’ clocks are seldom equal: without leeway, fresh events are refused at random.',
    fix: 'Allow a minute of leeway (`clockTolerance`, `leeway`), or do not judge iat at all.',
    bodies: { 'iat + 5 s': withClaims(({ nowSeconds }) => ({ iat: nowSeconds + 5 })) },
  }),
  genuine(family, {
    slug: 'iat-of-last-retry',
    catalogue: 'V019',
    title: 'takes an iat that is 170.5 minutes old',
    rule: 'The last retry comes 170.5 minutes after the first attempt, and may not be signed again.',
    source: 'Truora hooks page, retry table',
    severity: 'high',
    why: 'A maximum age shorter than the retry schedule refuses exactly the retries that would save you after an outage.',
    fix: 'Drop the maximum age, or make it longer than 3 hours; the event’s key protects from replay.',
    bodies: { 'iat − 170.5 min': withClaims(({ nowSeconds }) => ({ iat: nowSeconds - 10_230 })) },
  }),
  genuine(family, {
    slug: 'no-exp',
    catalogue: 'V021',
    title: 'takes a token without exp',
    rule: 'Truora’s tokens carry no exp.',
    source: 'Truora webhook guide (REF)',
    severity: 'critical',
    bodies: { 'no exp': ({ token }) => token },
  }),
  genuine(family, {
    slug: 'exp-ahead',
    catalogue: 'V022',
    title: 'takes a token with an exp in the future',
    rule: 'A token before its exp is valid.',
    source: 'RFC 7519 §4.1.4',
    severity: 'medium',
    fix: 'Compare exp in seconds, not in milliseconds, and only refuse what has expired.',
    bodies: { 'exp + 1 h': withClaims(({ nowSeconds }) => ({ exp: nowSeconds + 3600 })) },
  }),
  {
    kind: 'sends',
    id: 'verification/two-events',
    catalogue: 'V023',
    suite: 'verification',
    family: family.name,
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
  genuine(family, {
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
  genuine(family, {
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
