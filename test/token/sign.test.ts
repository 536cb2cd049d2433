import { execFileSync, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import fc from 'fast-check';
import { CompactSign, compactVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, test } from 'vitest';
import type { TruoraEvent } from '../../simulator/catalog/event.js';
import { signDelivery } from '../../simulator/token/sign.js';
import type { DeliveryClaims } from '../../simulator/token/sign.js';

const SEED = 20_260_102;

const KEY = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** Any text, with accents, control characters and characters beyond the BMP. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('José Ñandú 日本 🎉', '𝒜\u0000\u2028', '"\\/', '?>~', ''),
);

const event: fc.Arbitrary<TruoraEvent> = fc
  .record({
    id: text,
    event_type: text,
    event_action: text,
    version: fc.constant('1.0'),
    timestamp: fc.constant('2026-01-02T03:04:05Z'),
    object: fc.dictionary(text, fc.jsonValue({ maxDepth: 2 })),
  })
  .map((value) => value as unknown as TruoraEvent);

const claims: fc.Arbitrary<DeliveryClaims> = fc.record({
  events: fc.array(event, { maxLength: 3 }),
  iat: fc.integer({ min: 0, max: 2 ** 40 }),
  iss: text,
});

/** Keys around HMAC's block of 64 bytes, and with characters of two to four bytes. */
const key = fc.oneof(
  fc.constant(KEY),
  fc.integer({ min: 1, max: 200 }).map((length) => 'k'.repeat(length)),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
);

const claimsOf = (object: Readonly<Record<string, unknown>>): DeliveryClaims => ({
  events: [{ id: 'HKE1', object } as unknown as TruoraEvent],
  iat: 1_767_323_046,
  iss: 'Truora',
});

/** The reference: jose over the same text. */
const signWithJose = async (value: DeliveryClaims, secret: string): Promise<string> =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(secret));

/** Tokens as they are sent, drawn from one seed. */
const samples = (count: number): readonly (readonly [DeliveryClaims, string])[] =>
  fc.sample(fc.tuple(claims, key), { seed: SEED, numRuns: count });

describe('against jose', () => {
  test('signs 1,500 random deliveries to the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(claims, key, async (value, secret) => {
        expect(signDelivery(value, secret)).toBe(await signWithJose(value, secret));
      }),
      { seed: SEED, numRuns: 1500 },
    );
  });

  test.each([
    ['characters beyond the BMP', claimsOf({ name: 'José Ñandú 日本 🎉 𝒜' })],
    ['a lone high surrogate', claimsOf({ name: 'a\ud800b' })],
    ['a lone low surrogate, last', claimsOf({ name: '\udfff' })],
    ['a NUL, a line separator and a byte order mark', claimsOf({ name: '\u0000\u2028\ufeff' })],
    ['a member named __proto__', claimsOf(JSON.parse('{"__proto__":{"a":1}}') as object as never)],
    ['a member that is undefined', claimsOf({ gone: undefined, kept: null })],
    ['numbers at the edge', claimsOf({ list: [-0, 1e21, 5e-324, 2 ** 53, 0.1] })],
    ['no events', { events: [], iat: 0, iss: '' }],
    ['a payload of 1 MiB', claimsOf({ blob: 'ñ>?'.repeat(1 << 18) })],
  ])('signs %s to the same bytes', async (_what, value) => {
    expect(signDelivery(value, KEY)).toBe(await signWithJose(value, KEY));
  });

  test.each([
    ['1 character', 'k'],
    ['31 characters', 'k'.repeat(31)],
    ['32 characters', 'k'.repeat(32)],
    ['63 characters', 'k'.repeat(63)],
    ['64 characters', KEY],
    ['65 characters', `${KEY}f`],
    ['4,096 characters', 'k'.repeat(4096)],
    ['64 characters of 4 bytes', '🎉'.repeat(64)],
    ['blanks and a line feed at its ends', ' key\n'],
  ])('signs with a key of %s to the same bytes', async (_what, secret) => {
    const value = claimsOf({ name: 'x' });
    expect(signDelivery(value, secret)).toBe(await signWithJose(value, secret));
  });
});

describe('the token', () => {
  const token = signDelivery(claimsOf({ name: 'x' }), KEY);
  const [header = '', payload = '', mac = ''] = token.split('.');

  test('has the header of a delivery, in its order', () => {
    expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"HS256","typ":"JWT"}');
  });

  test('carries events, iat and iss, in this order, and nothing else', () => {
    expect(Buffer.from(payload, 'base64url').toString()).toBe(
      '{"events":[{"id":"HKE1","object":{"name":"x"}}],"iat":1767323046,"iss":"Truora"}',
    );
  });

  test('is signed under the key’s text, not under what its digits spell', () => {
    const of = (secret: string | Buffer): string =>
      createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
    expect(mac).toBe(of(KEY));
    expect(mac).not.toBe(of(Buffer.from(KEY, 'hex')));
  });

  test('has three canonical segments', () => {
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{43}$/);
    for (const part of [header, payload, mac]) {
      expect(Buffer.from(part, 'base64url').toString('base64url')).toBe(part);
    }
  });

  test('is the same each time', () => {
    expect(signDelivery(claimsOf({ name: 'x' }), KEY)).toBe(token);
  });

  test('is an HMAC over header and payload for every key and payload', () => {
    fc.assert(
      fc.property(claims, key, (value, secret) => {
        const signed = signDelivery(value, secret);
        const input = signed.slice(0, signed.lastIndexOf('.'));
        expect(signed).toBe(
          `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`,
        );
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe('verified by others', () => {
  const signed = samples(300).map(([value, secret]) => ({
    value: JSON.parse(JSON.stringify(value)) as unknown,
    secret,
    token: signDelivery(value, secret),
  }));

  test('jsonwebtoken takes every token and reads the same claims', () => {
    for (const { token, secret, value } of signed) {
      expect(jsonwebtoken.verify(token, secret, { algorithms: ['HS256'] })).toEqual(value);
    }
  });

  test('fast-jwt takes every token and reads the same claims', () => {
    for (const { token, secret, value } of signed) {
      const verify = createVerifier({
        key: secret,
        algorithms: ['HS256'],
        clockTimestamp: 2 ** 41 * 1000,
      });
      expect(verify(token)).toEqual(value);
    }
  });

  test('jose takes every token and reads the same claims', async () => {
    for (const { token, secret, value } of signed) {
      const { payload } = await compactVerify(token, new TextEncoder().encode(secret), {
        algorithms: ['HS256'],
      });
      expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(value);
    }
  });

  const python = spawnSync('python3', ['--version']).status === 0;

  test.skipIf(!python)(
    `Python’s standard library takes every token${python ? '' : ': no python3'}`,
    () => {
      const program = `
import base64, hashlib, hmac, json, sys

def decode(text):
    return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))

good = 0
for line in sys.stdin:
    row = json.loads(line)
    header, payload, signature = row['token'].split('.')
    mac = hmac.new(row['key'].encode(), (header + '.' + payload).encode(), hashlib.sha256).digest()
    assert hmac.compare_digest(mac, decode(signature)), row['token']
    assert base64.urlsafe_b64encode(mac).rstrip(b'=').decode() == signature
    assert json.loads(decode(header)) == {'alg': 'HS256', 'typ': 'JWT'}
    assert list(json.loads(decode(payload))) == ['events', 'iat', 'iss']
    good += 1
print(good)
`;
      const rows = signed
        .map(({ token, secret }) => JSON.stringify({ token, key: secret }))
        .concat('');
      const said = execFileSync('python3', ['-c', program], {
        input: rows.join('\n'),
        encoding: 'utf8',
      });
      expect(Number(said)).toBe(signed.length);
    },
  );

  test('none takes a token under another key', async () => {
    const token = signDelivery(claimsOf({}), KEY);
    const other = `${KEY.slice(0, -1)}1`;
    expect(() => jsonwebtoken.verify(token, other, { algorithms: ['HS256'] })).toThrow(/signature/);
    expect(() => {
      createVerifier({ key: other, algorithms: ['HS256'] })(token);
    }).toThrow(/signature/);
    await expect(compactVerify(token, new TextEncoder().encode(other))).rejects.toThrow(
      /signature/,
    );
  });
});
