/** Someone who has a key pair of his own, and no business signing for Truora. */
import { createPrivateKey, sign } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { segment } from './forge.js';
import type { JsonObject } from './forge.js';
import { signEs256, signPs256 } from './repeatable-signatures.js';
import { TEST_CERTIFICATE, TEST_KEYS, TEST_KID } from './test-keys.js';

/** Algorithms with a key pair (RFC 7518 §3.1, RFC 8037 §3.1). */
export type KeyPairAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA';

const keys: Readonly<Record<KeyPairAlgorithm, JsonWebKey>> = {
  RS256: TEST_KEYS.rsa,
  PS256: TEST_KEYS.rsa,
  ES256: TEST_KEYS.p256,
  EdDSA: TEST_KEYS.ed25519,
};

const privateKey = (key: JsonWebKey): ReturnType<typeof createPrivateKey> =>
  createPrivateKey({ key, format: 'jwk' });

const signers: Readonly<Record<KeyPairAlgorithm, (input: string) => Buffer>> = {
  RS256: (input) => sign('sha256', Buffer.from(input), privateKey(TEST_KEYS.rsa)),
  PS256: (input) => signPs256(input, TEST_KEYS.rsa),
  ES256: (input) => signEs256(input, TEST_KEYS.p256),
  EdDSA: (input) => sign(null, Buffer.from(input), privateKey(TEST_KEYS.ed25519)),
};

/** A payload that a stranger signed properly with his own key. */
export const signedByStranger = (
  alg: KeyPairAlgorithm,
  payloadSegment: string,
  header: JsonObject = {},
): string => {
  const input = `${segment({ alg, typ: 'JWT', ...header })}.${payloadSegment}`;
  return `${input}.${segment(signers[alg](input))}`;
};

const PUBLIC_MEMBERS = ['kty', 'crv', 'n', 'e', 'x', 'y'];

/** The public half of the stranger's key (RFC 7517 §4). */
export const strangersJwk = (alg: KeyPairAlgorithm): JsonObject =>
  Object.fromEntries(Object.entries(keys[alg]).filter(([name]) => PUBLIC_MEMBERS.includes(name)));

/** A set of keys with the stranger's RSA key in it (RFC 7517 §5). */
export const STRANGERS_JWKS = JSON.stringify({
  keys: [{ ...strangersJwk('RS256'), kid: TEST_KID, alg: 'RS256', use: 'sig' }],
});

/** The stranger's certificate as `x5c` holds it (RFC 7515 §4.1.6). */
export const STRANGERS_X5C = TEST_CERTIFICATE.replaceAll(/-----[A-Z ]+-----|\s/g, '');
