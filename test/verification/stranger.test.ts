import { X509Certificate, constants, createPublicKey, verify } from 'node:crypto';
import { decodeProtectedHeader, exportJWK, importJWK, importX509, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import {
  STRANGERS_JWKS,
  STRANGERS_X5C,
  signedByStranger,
  strangersJwk,
} from '../../contracts/verification/stranger.js';
import type { KeyPairAlgorithm } from '../../contracts/verification/stranger.js';
import { TEST_CERTIFICATE, TEST_KID } from '../../contracts/verification/test-keys.js';
import { NOW_SECONDS, capture, caseOf } from './capture.js';

const algorithms: readonly KeyPairAlgorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];

const keyOf = (alg: KeyPairAlgorithm) =>
  createPublicKey({ key: { ...strangersJwk(alg) }, format: 'jwk' });

/** How Node verifies each of them. */
const how: Readonly<Record<KeyPairAlgorithm, (key: ReturnType<typeof keyOf>) => object>> = {
  RS256: (key) => ({ key }),
  PS256: (key) => ({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  ES256: (key) => ({ key, dsaEncoding: 'ieee-p1363' }),
  EdDSA: (key) => ({ key }),
};

const isRight = (alg: KeyPairAlgorithm, token: string): boolean => {
  const [header, payload, signature = ''] = token.split('.');
  return verify(
    alg === 'EdDSA' ? null : 'sha256',
    Buffer.from(`${header}.${payload}`),
    how[alg](keyOf(alg)) as Parameters<typeof verify>[2],
    Buffer.from(signature, 'base64url'),
  );
};

const payloads = Array.from({ length: 40 }, (_payload, index) =>
  Buffer.from(JSON.stringify({ index })).toString('base64url'),
);

describe.each(algorithms)('a token that a stranger signs with %s', (alg) => {
  test('verifies under his public key, whatever it says', () => {
    expect(payloads.filter((one) => !isRight(alg, signedByStranger(alg, one)))).toEqual([]);
  });

  test('does not verify when it says something else', () => {
    const [header, , signature] = signedByStranger(alg, payloads[0] ?? '').split('.');
    expect(isRight(alg, `${header}.${payloads[1]}.${signature}`)).toBe(false);
  });

  test('is the same bytes each time', () => {
    const sign = () => payloads.map((one) => signedByStranger(alg, one));
    expect(sign()).toEqual(sign());
  });

  test('is taken by jose under his public key', async () => {
    const key = await importJWK({ ...strangersJwk(alg) }, alg);
    const { payload } = await jwtVerify(signedByStranger(alg, payloads[7] ?? ''), key);
    expect(payload).toEqual({ index: 7 });
  });

  test('names no private part of his key', () => {
    expect(
      Object.keys(strangersJwk(alg)).filter((name) => !/^(?:kty|crv|[nexy])$/.test(name)),
    ).toEqual([]);
  });
});

describe('what a forged header leads to', () => {
  const bodiesOf = async (slug: string) => {
    const { sent } = await capture(caseOf(slug));
    return sent.map(({ text }) => text);
  };
  const taken = async (token: string, key: Parameters<typeof jwtVerify>[1]) =>
    jwtVerify(token, key, { currentDate: new Date(NOW_SECONDS * 1000) }).then(
      ({ payload }) => Array.isArray(payload['events']),
      () => false,
    );

  test('is the key that signed it: jwk', async () => {
    for (const token of await bodiesOf('jwk-of-a-stranger')) {
      const { alg = '', jwk } = decodeProtectedHeader(token);
      expect(await taken(token, await importJWK(jwk as object, alg))).toBe(true);
    }
  });

  test('is the key that signed it: jku', async () => {
    const [token = ''] = await bodiesOf('jku-of-a-stranger');
    const { keys } = JSON.parse(STRANGERS_JWKS) as { readonly keys: readonly { kid: string }[] };
    const { kid, jku } = decodeProtectedHeader(token);
    expect(keys.map((key) => key.kid)).toEqual([kid]);
    expect([kid, jku]).toEqual([TEST_KID, 'https://keys.hookproof.invalid/jwks.json']);
    expect(await taken(token, await importJWK({ ...keys[0] }, 'RS256'))).toBe(true);
  });

  test('is the key that signed it: x5u and x5c', async () => {
    const key = await importX509(TEST_CERTIFICATE, 'RS256', { extractable: true });
    const [byAddress = ''] = await bodiesOf('x5u-of-a-stranger');
    const [garbage = '', selfSigned = ''] = await bodiesOf('x5c-of-a-stranger');
    expect(decodeProtectedHeader(byAddress).x5u).toBe(
      'https://keys.hookproof.invalid/certificate.pem',
    );
    expect(decodeProtectedHeader(garbage).x5c).toEqual(['MIIB']);
    expect(decodeProtectedHeader(selfSigned).x5c).toEqual([STRANGERS_X5C]);
    expect(await exportJWK(key)).toEqual(strangersJwk('RS256'));
    for (const token of [byAddress, garbage, selfSigned])
      expect(await taken(token, key)).toBe(true);
  });

  test('is a certificate that signed itself and is still valid', () => {
    const certificate = new X509Certificate(Buffer.from(STRANGERS_X5C, 'base64'));
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(new Date(certificate.validFrom).getTime()).toBeLessThan(Date.UTC(2021, 0));
    expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.UTC(2100, 0));
  });
});
