import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createWithhold } from '../../simulator/token/withhold.js';

const key = '0123456789abcdef'.repeat(4);
const withhold = createWithhold(key);

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const mac = (input: string, digest = 'sha256', secret = key): Buffer =>
  createHmac(digest, secret).update(input).digest();

const header = part({ alg: 'HS256', typ: 'JWT' });
const payload = part({ events: [{ id: 'HKE1' }], iat: 1_767_323_046, iss: 'Truora' });
const input = `${header}.${payload}`;
const signature = mac(input).toString('base64url');
const token = `${input}.${signature}`;
const head = (framing: string): string =>
  `POST /hook HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n${framing}\r\n\r\n`;
const chunks = (bytes: number, extension = ''): string =>
  (token.match(new RegExp(`.{1,${bytes}}`, 'g')) ?? [])
    .map((chunk) => `${chunk.length.toString(16)}${extension}\r\n${chunk}\r\n`)
    .concat('0\r\nX-Trailer: 1\r\n\r\n')
    .join('');
const standard = mac(input).toString('base64');

describe('what is withheld', () => {
  test.each([
    ['a token', token],
    ['a token in JSON', JSON.stringify({ token })],
    ['a token in quotes', `"${token}"`],
    ['a token in a form', `token=${token}&x=1`],
    ['a token behind Bearer', `Bearer ${token}`],
    ['a token in a URL', `http://127.0.0.1:3000/hook?token=${token}`],
    ['a token with other trailing bits', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['a padded token', `${token}=`],
    ['a token in standard base64', `${input}.${standard}`],
    ['a token with a line break in its signature', `${token.slice(0, -9)}\n${token.slice(-9)}`],
    ['a token with junk behind it', `${token}!!!!`],
    ['a token with a fourth segment', `${token}.foo`],
    ['a token with a ? in its payload', `${header}.?${payload}.${signature}`],
    ['a token signed with HS512', `${input}.${mac(input, 'sha512').toString('base64url')}`],
    ['a signature in hex', `${input}.${mac(input).toString('hex')}`],
    ['a token in chunks of one byte', chunks(1)],
    ['a token in chunks with extensions', chunks(10, ';a=b')],
    ['a token in chunks behind a head', head('Transfer-Encoding: chunked') + chunks(1)],
    ['a serialised token', JSON.stringify({ payload, protected: header, signature })],
  ])('of %s is the signature', (_name, text) => {
    const shown = withhold(text);
    expect(shown).toContain('…');
    const letters = (shown ?? '')
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/[^\w-]/g, '');
    for (const form of [signature, mac(input).toString('hex')]) {
      expect(letters).not.toContain(form.slice(0, 40));
    }
    expect(withhold(shown ?? token)).toBeUndefined();
  });

  test('of a request is the signature only', () => {
    const request = head('Connection: close');
    expect(withhold(request + token)).toBe(`${request}${input}.…`);
    expect(withhold(head('Transfer-Encoding: chunked') + chunks(1))).toBe(
      `${head('Transfer-Encoding: chunked')}${input}.…`,
    );
  });

  test.each([
    ['a forged token', `${input}.${mac(input, 'sha256', 'other').toString('base64url')}`],
    ['an unsigned token', `${part({ alg: 'none' })}.${payload}.`],
    ['plain JSON', '{"events":[]}'],
    ['nothing', ''],
    ['dots', '.'.repeat(2000)],
  ])('of %s is nothing', (_name, text) => {
    expect(withhold(text)).toBeUndefined();
  });
});
