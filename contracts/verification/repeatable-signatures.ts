/**
 * PS256 and ES256 by hand: Node draws the salt of one and the nonce of the other by chance, and one
 * seed must send the same bytes. Here the text makes both. Only for keys that protect nothing.
 */
import { constants, createECDH, createHash, createPrivateKey, privateEncrypt } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';

type RsaKey = JsonWebKey & { readonly n: string };
type CurveKey = JsonWebKey & { readonly d: string };

const DIGEST_BYTES = 32;

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** MGF1 with SHA-256 (RFC 8017 §B.2.1). */
const maskFrom = (seed: Uint8Array, bytes: number): Buffer => {
  const blocks = Array.from({ length: Math.ceil(bytes / DIGEST_BYTES) }, (_block, index) =>
    sha256(seed, Buffer.of(0, 0, 0, index)),
  );
  return Buffer.concat(blocks).subarray(0, bytes);
};

/** RSASSA-PSS with SHA-256 and a salt of its length (RFC 8017 §8.1.1, RFC 7518 §3.5). */
export const signPs256 = (input: string, key: RsaKey): Buffer => {
  const salt = sha256('salt', input);
  const digest = sha256(Buffer.alloc(8), sha256(input), salt);
  const modulusBytes = Buffer.from(key.n, 'base64url').length;
  const masked = maskFrom(digest, modulusBytes - DIGEST_BYTES - 1);
  const data = Buffer.alloc(masked.length);
  data.set([1, ...salt], data.length - salt.length - 1);
  data.forEach((byte, index) => (masked[index] = (masked[index] ?? 0) ^ byte));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return privateEncrypt(
    { key: createPrivateKey({ key, format: 'jwk' }), padding: constants.RSA_NO_PADDING },
    Buffer.concat([masked, digest, Buffer.of(0xbc)]),
  );
};

/** The order of P-256 (SP 800-186 §3.2.1.3), a prime. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const toInteger = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

const toBytes = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(DIGEST_BYTES * 2, '0'), 'hex');

/** By Fermat's little theorem. */
const inverse = (value: bigint): bigint => {
  let result = 1n;
  let square = value;
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent % 2n === 1n) result = (result * square) % ORDER;
    square = (square * square) % ORDER;
  }
  return result;
};

/** ECDSA on P-256 with SHA-256 (FIPS 186-5 §6.4.1), both halves side by side (RFC 7518 §3.4). */
export const signEs256 = (input: string, key: CurveKey): Buffer => {
  const nonce = toInteger(sha256('nonce', input)) % ORDER;
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(toBytes(nonce));
  const r = toInteger(curve.getPublicKey().subarray(1, 1 + DIGEST_BYTES)) % ORDER;
  const secret = toInteger(Buffer.from(key.d, 'base64url'));
  const s = (inverse(nonce) * (toInteger(sha256(input)) + r * secret)) % ORDER;
  return Buffer.concat([toBytes(r), toBytes(s)]);
};
