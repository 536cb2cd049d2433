/** The code for tokens that are read leniently, run: a library alone takes what the finding is about. */
import { createHmac } from 'node:crypto';
import { Script } from 'node:vm';
import { jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { snippetsByTopic } from '../../contracts/causes/snippets/topics.js';
import { tokenCauses } from '../../contracts/causes/tokens.js';

const key = '0123456789abcdef'.repeat(4);
const payload = Buffer.from('{"events":[{"id":"HKE1"}],"iss":"Truora"}').toString('base64url');

const segment = (more: object = {}): string =>
  Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT', ...more })).toString('base64url');

const sign = (header: string, claims = payload): string => {
  const input = `${header}.${claims}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
};

const genuine = sign(segment());

/** What the code of a cause makes of a body: how many events, or the status of a refusal. */
const judge = async (slug: string, body: string): Promise<unknown> => {
  const topic = tokenCauses.find((cause) => cause.slug === slug)?.topic ?? 'queue';
  const code = snippetsByTopic[topic].node.replaceAll(/^import .*$/gm, '');
  const script = new Script(`(async () => {\n${code}\nreturn claims.events.length;\n})()`);
  const res = { sendStatus: (status: number): number => status };
  try {
    return await script.runInNewContext({ jwtVerify, TextEncoder, Uint8Array, key, res, body });
  } catch {
    return 401;
  }
};

test.each(['lenient-decoding', 'header-extensions-ignored'])(
  '%s: genuine ones pass',
  async (slug) => {
    expect(await judge(slug, genuine)).toBe(1);
  },
);

test.each([
  ['a blank in its signature', `${genuine.slice(0, -9)} ${genuine.slice(-9)}`],
  ['a line feed in its signature', `${genuine.slice(0, -9)}\n${genuine.slice(-9)}`],
  ['junk in its signature', `${genuine.slice(0, -9)}!${genuine.slice(-9)}`],
  ['a line feed behind it', `${genuine}\n`],
  ['blanks in its header', sign(`${segment().slice(0, 5)} ${segment().slice(5)}`)],
  ['padding', sign(segment(), `${payload}${'='.repeat((4 - (payload.length % 4)) % 4)}=`)],
  ['a fourth segment', `${genuine}.x`],
])('lenient-decoding: a token with %s is refused', async (_, body) => {
  expect(await judge('lenient-decoding', body)).toBe(401);
});

test.each([
  [{ crit: ['x-policy'] }],
  [{ crit: [] }],
  [{ crit: 'exp' }],
  [{ b64: true }],
  [{ zip: 'DEF' }],
])('header-extensions-ignored: %j is refused', async (more) => {
  expect(await judge('header-extensions-ignored', sign(segment(more)))).toBe(401);
});
