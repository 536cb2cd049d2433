import type { ContractCase } from '../runner/case.js';
import { controlFamily, withObject } from './control.js';
import { HEADER, hmac, segment, signed } from './forge.js';
import { genuine } from './table.js';
import type { Build } from './table.js';

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

/** Genuine deliveries of all lengths, with all the bytes that a token can hold. */
export const controlBytes: readonly ContractCase[] = [
  ...([0, 1, 2] as const).map((remainder) =>
    genuine(controlFamily, {
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
  genuine(controlFamily, {
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
  genuine(controlFamily, {
    slug: 'mac-starts-with-zero',
    catalogue: 'V013',
    title: 'takes a token whose MAC begins with a zero byte',
    rule: 'A MAC is 32 bytes of any value.',
    source: 'Wycheproof tc358',
    severity: 'high',
    bodies: { 'MAC 00…': searched((_input, mac) => mac[0] === 0) },
  }),
  genuine(controlFamily, {
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
  genuine(controlFamily, {
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
  genuine(controlFamily, {
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
];
