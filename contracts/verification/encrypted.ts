import { createCipheriv } from 'node:crypto';
import type { ContractCase } from '../runner/case.js';
import { segment } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import { hostile } from './table.js';
import type { Build, Family, TokenRow } from './table.js';

const family: Family = {
  name: 'encrypted-token',
  why: 'Encryption proves nothing about who wrote a token, and undoing it costs time and memory: anyone can have a forged event applied, or your receiver stopped.',
  fix: 'Take three-segment tokens with alg HS256 only; leave decryption and inflation off.',
};

const row = (
  described: Pick<TokenRow, 'catalogue' | 'slug' | 'title' | 'source' | 'severity' | 'bodies'> &
    Partial<Pick<TokenRow, 'stage' | 'slowMs'>>,
): ContractCase =>
  hostile(family, { rule: 'A delivery is signed, not encrypted: three segments.', ...described });

const DIRECT: JsonObject = { alg: 'dir', enc: 'A256GCM' };

/** A compact JWE under a key that the sender simply chose (RFC 7516 §5.1, RFC 7518 §5.3). */
const encrypted = (
  kit: ForgeKit,
  text: string | Uint8Array,
  options: { readonly key: Uint8Array; readonly header?: JsonObject },
): string => {
  const header = segment({ ...DIRECT, ...options.header });
  const iv = kit.random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', options.key, iv).setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final()]);
  return [header, '', segment(iv), segment(ciphertext), segment(cipher.getAuthTag())].join('.');
};

const KEY_BYTES = 32;

/** What an unset key is padded to. */
const ZEROS = Buffer.alloc(KEY_BYTES);

const withKeyInHeader: Build = (kit) => {
  const key = kit.random.bytes(KEY_BYTES);
  return encrypted(kit, kit.payload, { key, header: { jwk: { kty: 'oct', k: segment(key) } } });
};

const ITERATIONS_MAX = 2 ** 31 - 1;

const pbes2: Build = ({ random }) =>
  [
    segment({
      alg: 'PBES2-HS512+A256KW',
      enc: 'A256GCM',
      p2c: ITERATIONS_MAX,
      p2s: segment('hookproof test salt'),
    }),
    ...[40, 12, 64, 16].map((bytes) => segment(random.bytes(bytes))),
  ].join('.');

/**
 * 5,000,000 zeros in a thousandth of their size (RFC 7516 §4.1.3). They are not deflated here,
 * because zlib's bytes differ from version to version.
 */
const BOMB = Buffer.concat([
  Buffer.from('edc1010d000000c2a0f74f6d0f0714', 'hex'),
  Buffer.alloc(4844),
  Buffer.from('f06a', 'hex'),
]);

const ZIP: JsonObject = { zip: 'DEF' };

export const encryptedTokens: readonly ContractCase[] = [
  row({
    catalogue: 'V230',
    slug: 'jwe-direct',
    title: 'refuses an encrypted token under a stranger’s key',
    source: 'RFC 8725 §2.3; CVE-2023-51774',
    severity: 'critical',
    bodies: {
      'a key of his own': (kit) =>
        encrypted(kit, kit.payload, { key: kit.random.bytes(KEY_BYTES) }),
      'a key of zeros': (kit) => encrypted(kit, kit.payload, { key: ZEROS }),
      'a key in the header': withKeyInHeader,
    },
  }),
  row({
    catalogue: 'V231',
    slug: 'pbes2-iterations',
    title: 'refuses a token that asks for 2^31 key derivations, at once',
    source: 'CVE-2022-36083',
    severity: 'high',
    stage: 'alone',
    slowMs: 1000,
    bodies: { 'p2c 2147483647': pbes2 },
  }),
  row({
    catalogue: 'V232',
    slug: 'jwe-bomb',
    title: 'refuses a token that would inflate to 5 MB, at once',
    source: 'CVE-2024-28176; CVE-2024-33664',
    severity: 'high',
    stage: 'alone',
    slowMs: 1000,
    bodies: {
      'encrypted under zeros': (kit) => encrypted(kit, BOMB, { key: ZEROS, header: ZIP }),
      'five segments, not encrypted': ({ random }) =>
        [
          segment({ ...DIRECT, ...ZIP }),
          '',
          segment(random.bytes(12)),
          segment(BOMB),
          segment(random.bytes(16)),
        ].join('.'),
      'three segments, a wrong MAC': ({ random }) =>
        [
          segment({ alg: 'HS256', typ: 'JWT', ...ZIP }),
          segment(BOMB),
          segment(random.bytes(KEY_BYTES)),
        ].join('.'),
    },
  }),
];
