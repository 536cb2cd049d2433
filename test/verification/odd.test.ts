/** What is signed and odd: that it is odd in the one way that its case says. */
import { inflateRawSync } from 'node:zlib';
import { compactDecrypt } from 'jose';
import { describe, expect, test } from 'vitest';
import { NOW_SECONDS, capture, caseOf } from './capture.js';

const payloadOf = (text: string): Buffer => Buffer.from(text.split('.')[1] ?? '', 'base64url');

const sentBy = async (slug: string) => (await capture(caseOf(slug))).sent;

const payloadsOf = async (slug: string) =>
  (await sentBy(slug)).map(({ text }) => payloadOf(text).toString());

const claimsOf = async (slug: string) =>
  (await payloadsOf(slug)).map((text) => JSON.parse(text) as Readonly<Record<string, unknown>>);

describe('a signed payload', () => {
  test('is in UTF-16 with a byte order mark', async () => {
    const [sent] = await sentBy('payload-utf16');
    const bytes = payloadOf(sent?.text ?? '');
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(JSON.parse(bytes.toString('utf16le').slice(1))).toMatchObject({
      events: [sent?.events[0]],
    });
  });

  test('begins with a byte order mark in UTF-8', async () => {
    const [sent] = await sentBy('payload-byte-order-mark');
    const bytes = payloadOf(sent?.text ?? '');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(JSON.parse(bytes.subarray(3).toString())).toMatchObject({ events: [sent?.events[0]] });
  });

  test('goes on after its object', async () => {
    const [text = ''] = await payloadsOf('payload-with-more-json');
    expect(text).toMatch(/\}\{"events":\[\]\}$/);
    expect(JSON.parse(text.slice(0, -'{"events":[]}'.length))).toMatchObject({ iss: 'Truora' });
  });

  test('has events twice, the second time none', async () => {
    const [text = ''] = await payloadsOf('events-twice');
    expect(text.match(/"events":\[/g)).toHaveLength(2);
    expect(JSON.parse(text)).toMatchObject({ events: [], iss: 'Truora' });
  });

  test('has a member of its own named __proto__', async () => {
    const [claims = {}] = await claimsOf('claims-with-proto');
    expect(Object.keys(claims)).toContain('__proto__');
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(claims['events']).toHaveLength(1);
  });

  test('has an exp that no number holds', async () => {
    const [text = ''] = await payloadsOf('exp-overflow');
    expect(text).toMatch(/"exp":1e999\}$/);
    expect((JSON.parse(text) as { readonly exp: number }).exp).toBe(Infinity);
  });

  test.each([
    ['expired-as-text', [{ exp: String(NOW_SECONDS - 3600) }]],
    ['exp-as-text', [{ exp: String(NOW_SECONDS + 3600) }]],
    ['exp-zero', [{ exp: 0 }]],
    ['other-issuer', [{ iss: 'Evil' }]],
    ['issuer-not-text', [{ iss: ['Evil', 'Truora'] }, { iss: 7 }, { iss: null }]],
    ['no-issuer', [{ iss: undefined }]],
    ['other-audience', [{ aud: 'https://other.example/hook' }]],
    ['iat-as-text', [{ iat: String(NOW_SECONDS - 2) }, { iat: null }]],
    ['no-iat', [{ iat: undefined }]],
    ['iat-a-year-ahead', [{ iat: NOW_SECONDS + 31_536_000 }]],
    ['iat-a-day-old', [{ iat: NOW_SECONDS - 86_400 }]],
  ])('of %s differs in its claim only', async (slug, changes) => {
    const genuine = { iat: NOW_SECONDS - 2, iss: 'Truora' };
    const claims = await claimsOf(slug);
    const sent = await sentBy(slug);
    expect(claims).toEqual(
      changes.map(
        (change, index) =>
          JSON.parse(
            JSON.stringify({ events: sent[index]?.events, ...genuine, ...change }),
          ) as object,
      ),
    );
  });
});

describe('a signed header', () => {
  test.each([
    ['header-not-json', ['not json', '{"alg":"HS256"']],
    ['header-not-an-object', ['["HS256"]', '"HS256"', 'null']],
  ])('of %s is what it says', async (slug, headers) => {
    const sent = await sentBy(slug);
    const texts = sent.map(({ text }) =>
      Buffer.from(text.split('.')[0] ?? '', 'base64url').toString(),
    );
    expect(texts).toEqual(headers);
  });
});

describe('an encrypted token', () => {
  const ZEROS = new Uint8Array(32);

  test('opens under the key that its label names', async () => {
    const [own, zeros, told] = await sentBy('jwe-direct');
    const openedBy = async (text = '', key: Uint8Array) =>
      compactDecrypt(text, key).then(
        ({ plaintext }) => JSON.parse(Buffer.from(plaintext).toString()) as unknown,
        () => undefined,
      );
    expect(await openedBy(own?.text, ZEROS)).toBeUndefined();
    expect(await openedBy(zeros?.text, ZEROS)).toMatchObject({ events: zeros?.events });
    const header = JSON.parse(
      Buffer.from(told?.text.split('.')[0] ?? '', 'base64url').toString(),
    ) as { readonly jwk: { readonly k: string } };
    const key = Buffer.from(header.jwk.k, 'base64url');
    expect(await openedBy(told?.text, key)).toMatchObject({ events: told?.events });
  });

  test('is small and inflates to 5 MB', async () => {
    const [sealed, open, signed] = await sentBy('jwe-bomb');
    for (const one of [sealed, open, signed]) expect(one?.body.length).toBeLessThan(10_000);
    const inflated = (segment = '') => inflateRawSync(Buffer.from(segment, 'base64url'));
    for (const bomb of [open?.text.split('.')[3], signed?.text.split('.')[1]]) {
      expect(inflated(bomb).equals(Buffer.alloc(5_000_000))).toBe(true);
    }
    // jose stops inflating long before the end.
    await expect(compactDecrypt(sealed?.text ?? '', ZEROS)).rejects.toThrow(/exceeded|zip/i);
  });
});

test('a payload that says it is compressed is stored, and inflates', async () => {
  const [sent] = await sentBy('zip-deflate');
  const inflated = inflateRawSync(payloadOf(sent?.text ?? '')).toString();
  expect(JSON.parse(inflated)).toMatchObject({ events: sent?.events });
});

describe('an oddity that must not be acted upon', () => {
  test.each([
    ['events-twice', 'duplicate-claims'],
    ['none-in-nested', 'jose-headers'],
    ['proto-kept', 'prototype-pollution'],
  ])('%s fails where its event had an effect', async (slug, family) => {
    const judged = async (effects?: number) => {
      const count = effects === undefined ? {} : { count: () => effects };
      return (await capture(caseOf(slug), count)).judgement.verdict;
    };
    expect(caseOf(slug)).toMatchObject({ family, level: 'should' });
    expect([await judged(), await judged(0), await judged(1)]).toEqual([
      'passed',
      'passed',
      'failed',
    ]);
  });
});
