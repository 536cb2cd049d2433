import type { ContractCase, Severity } from '../runner/case.js';
import { flipBit, hmac, segment, sha256, withMac } from './forge.js';
import type { ForgeKit } from './forge.js';
import { hostile } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'mac-not-compared',
  why: 'The signature is compared only in part, or not at all: a forger finds a token that passes by trying, or at once.',
  fix: 'Let the library verify, or compare all 32 bytes with `crypto.timingSafeEqual` after checking the length.',
};

const signingInput: Family = {
  name: 'wrong-signing-input',
  why: 'The MAC is computed over something else than the text that was sent: either genuine tokens fail, or changed ones pass.',
  fix: 'Compute HMAC-SHA256 over the bytes `header.payload` exactly as they stand in the body.',
};

const RULE = 'All 32 bytes of HMAC-SHA256 over `header.payload` must match.';

/** Which bits are flipped: the ends, byte and word boundaries, and the middle. */
const BITS = [
  0, 1, 7, 8, 31, 32, 33, 63, 64, 71, 77, 80, 96, 97, 103, 127, 128, 248, 249, 254, 255,
];

const mac =
  (change: (kit: ForgeKit) => Uint8Array): Build =>
  (kit) => {
    const changed = change(kit);
    return kit.mac.equals(changed) ? undefined : withMac(kit, changed);
  };

const row = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  more: { readonly severity?: Severity; readonly source?: string; readonly family?: Family } = {},
): ContractCase =>
  hostile(more.family ?? family, {
    slug,
    catalogue,
    title,
    bodies,
    rule: RULE,
    source: more.source ?? 'RFC 7518 §3.2; Wycheproof HMAC vectors',
    severity: more.severity ?? 'critical',
  });

/** All letters but the last character's, so that the text stays canonical base64url. */
const otherCase: Build = (kit) => {
  const text = segment(kit.mac);
  const changed = text
    .slice(0, -1)
    .replaceAll(/[a-z]/giu, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
  return `${kit.input}.${changed}${text.slice(-1)}`;
};

/** The kit's token with an event whose MAC begins with a zero byte, then garbage after that byte. */
const zeroThenGarbage: Build = (kit) => {
  for (let pad = 0; pad < 20_000; pad++) {
    const payload = segment({ ...kit.claims, hookproof_pad: pad });
    const input = `${kit.headerSegment}.${payload}`;
    if (hmac(kit.key, input)[0] === 0) {
      return `${input}.${segment(Buffer.concat([Buffer.of(0), Buffer.alloc(31, 0x41)]))}`;
    }
  }
  throw new Error('no MAC with a leading zero byte in 20,000 tries');
};

export const macIntegrity: readonly ContractCase[] = [
  row(
    'V100',
    'mac-bit-flipped',
    'refuses a MAC with one bit flipped',
    Object.fromEntries(BITS.map((bit) => [`bit ${bit}`, mac((kit) => flipBit(kit.mac, bit))])),
  ),
  row('V101', 'mac-inverted', 'refuses a MAC with all bits inverted', {
    inverted: mac((kit) => kit.mac.map((byte) => byte ^ 0xff)),
  }),
  row('V102', 'mac-zero', 'refuses a MAC of zeros', { zeros: mac(() => new Uint8Array(32)) }),
  row('V103', 'mac-ones', 'refuses a MAC of FF bytes', { FF: mac(() => Buffer.alloc(32, 0xff)) }),
  row('V104', 'mac-31-bytes', 'refuses a MAC cut to 31 bytes', {
    '31 bytes': mac((kit) => kit.mac.subarray(0, 31)),
  }),
  row('V105', 'mac-16-bytes', 'refuses a MAC cut to 16 bytes', {
    '16 bytes': mac((kit) => kit.mac.subarray(0, 16)),
  }),
  row(
    'V106',
    'mac-1-byte',
    'refuses a MAC cut to one byte',
    {
      '1 byte': mac((kit) => kit.mac.subarray(0, 1)),
    },
    { source: 'CVE-2020-28042' },
  ),
  row(
    'V107',
    'mac-empty',
    'refuses an empty signature under alg HS256',
    {
      'empty signature': mac(() => new Uint8Array()),
    },
    { source: 'CVE-2020-28042; Wycheproof tc3' },
  ),
  row(
    'V108',
    'mac-and-a-byte',
    'refuses a MAC with a byte more',
    {
      '33 bytes': mac((kit) => Buffer.concat([kit.mac, Buffer.of(0)])),
    },
    { severity: 'high' },
  ),
  row(
    'V109',
    'mac-twice',
    'refuses a MAC that stands twice',
    {
      '64 bytes': mac((kit) => Buffer.concat([kit.mac, kit.mac])),
    },
    { severity: 'high' },
  ),
  row(
    'V110',
    'mac-zero-then-garbage',
    'refuses a MAC that is right up to its first zero byte',
    {
      '00, then garbage': zeroThenGarbage,
    },
    { source: 'CVE-2024-25189; comparison as a C string' },
  ),
  row('V111', 'mac-first-8-right', 'refuses a MAC with only its first 8 bytes right', {
    'first 8 right': mac((kit) => Buffer.concat([kit.mac.subarray(0, 8), kit.random.bytes(24)])),
  }),
  row('V112', 'mac-last-16-right', 'refuses a MAC with only its last 16 bytes right', {
    'last 16 right': mac((kit) => Buffer.concat([kit.random.bytes(16), kit.mac.subarray(16)])),
  }),
  row(
    'V113',
    'mac-reversed',
    'refuses the MAC’s bytes in another order',
    {
      reversed: mac((kit) => Buffer.from(kit.mac).reverse()),
    },
    { severity: 'high' },
  ),
  row(
    'V114',
    'mac-over-header',
    'refuses a MAC over the header only',
    {
      'header only': mac((kit) => hmac('x', kit.headerSegment)),
    },
    { severity: 'high', family: signingInput },
  ),
  row(
    'V115',
    'mac-over-payload',
    'refuses a MAC over the payload only',
    {
      'payload only': mac((kit) => hmac(kit.key, kit.payloadSegment)),
    },
    { severity: 'high', family: signingInput },
  ),
  row(
    'V116',
    'mac-over-decoded-json',
    'refuses a MAC over the decoded JSON',
    {
      'decoded JSON': mac((kit) =>
        hmac(kit.key, `${Buffer.from(kit.headerSegment, 'base64url').toString()}.${kit.payload}`),
      ),
    },
    { severity: 'medium', family: signingInput },
  ),
  row(
    'V117',
    'mac-as-hex',
    'refuses a MAC spelled in hexadecimal',
    {
      'hex text': (kit) => `${kit.input}.${kit.mac.toString('hex')}`,
    },
    { severity: 'low', source: 'RFC 7515 §3.1', family: signingInput },
  ),
  row(
    'V118',
    'mac-plain-hash-with-key',
    'refuses SHA-256 of key and text in place of HMAC',
    {
      'SHA-256(key, text)': mac((kit) => sha256(kit.key + kit.input)),
    },
    { severity: 'medium', source: 'RFC 2104', family: signingInput },
  ),
  row(
    'V119',
    'mac-plain-hash',
    'refuses SHA-256 of the text, without any key',
    {
      'SHA-256(text)': mac((kit) => sha256(kit.input)),
    },
    { source: 'RFC 2104', family: signingInput },
  ),
  row(
    'V142',
    'mac-in-other-case',
    'refuses a MAC whose letters have the other case',
    { 'other case': otherCase },
    { source: 'RFC 4648 §5; comparison by a collation without case' },
  ),
];
