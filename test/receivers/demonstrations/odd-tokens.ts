/** Tokens with keys of their own, encrypted ones, and signed ones that say something odd. */
import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  sign as signAsymmetric,
  type JsonWebKey,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import {
  TEST_CERTIFICATE,
  TEST_KEYS,
  TEST_KID,
} from '../../../contracts/verification/test-keys.js';
import {
  assemble,
  claimsOf,
  createEvent,
  encode,
  nowSeconds,
  sign,
  type SentEvent,
} from '../token.js';
import { sending, type Demonstration } from './demonstration.js';

const publicJwk = (key: JsonWebKey) =>
  createPublicKey(createPrivateKey({ key, format: 'jwk' })).export({ format: 'jwk' });

const underOwnKey = (
  event: SentEvent,
  header: Readonly<Record<string, unknown>>,
  {
    alg = 'RS256',
    jwk = TEST_KEYS.rsa,
    claims = {},
  }: { readonly alg?: string; readonly jwk?: JsonWebKey; readonly claims?: object } = {},
): string => {
  const input = `${encode({ alg, ...header })}.${encode(claimsOf([event], { ...claims }))}`;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const signature = signAsymmetric('sha256', Buffer.from(input), {
    key,
    dsaEncoding: 'ieee-p1363',
  });
  return `${input}.${encode(signature)}`;
};

const certificateBase64 = TEST_CERTIFICATE.replaceAll(/-----[A-Z ]+-----|\s/gu, '');

const keySet = JSON.stringify({ keys: [{ ...publicJwk(TEST_KEYS.rsa), kid: TEST_KID }] });

/** Serves a body at every path while a token that names the address is sent. */
const naming =
  (body: string, make: (url: string, event: SentEvent) => string): Demonstration =>
  async (lab) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const event = createEvent();
    const status = await lab.post(
      make(`http://127.0.0.1:${(server.address() as AddressInfo).port}/there`, event),
    );
    server.close();
    server.closeAllConnections();
    return [status, asked, await lab.count(event.id)];
  };

const encryptedUnderZeros = (event: SentEvent): string => {
  const header = encode({ alg: 'dir', enc: 'A256GCM' });
  const iv = Buffer.alloc(12, 7);
  const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32), iv).setAAD(Buffer.from(header));
  const text = Buffer.concat([cipher.update(JSON.stringify(claimsOf([event]))), cipher.final()]);
  return [header, '', encode(iv), encode(text), encode(cipher.getAuthTag())].join('.');
};

const bomb = (): string =>
  [
    encode({ alg: 'HS256', zip: 'DEF' }),
    encode(deflateRawSync(Buffer.alloc(3_000_000))),
    encode(Buffer.alloc(32)),
  ].join('.');

/** Whether an answer takes longer than this. */
const lasting =
  (leastMs: number, make: () => string): Demonstration =>
  async (lab) => {
    const start = performance.now();
    await lab.post(make());
    return performance.now() - start > leastMs;
  };

const payload = (change: (json: string) => string | Buffer): Demonstration =>
  sending((event) => assemble(change(JSON.stringify(claimsOf([event])))));

const claiming = (claims: Readonly<Record<string, unknown>>): Demonstration =>
  sending((event) => sign([event], { claims }));

const under = (header: string): Demonstration => sending((event) => sign([event], { header }));

/** Hides an event under __proto__, then sends no events. */
const hiding: Demonstration = async (lab) => {
  const event = createEvent();
  const hidden = JSON.stringify(claimsOf([])).slice(0, -1);
  await lab.post(assemble(`${hidden},"__proto__":${JSON.stringify({ events: [event] })}}`));
  await lab.post(assemble({ iss: 'Truora' }));
  return lab.count(event.id);
};

/** Demonstrations of mutants that believe odd tokens or fall over them, by their ids. */
export const oddTokens: Readonly<Record<string, Demonstration>> = {
  'trusts-embedded-curve-key': sending((event) =>
    underOwnKey(event, { jwk: publicJwk(TEST_KEYS.p256) }, { alg: 'ES256', jwk: TEST_KEYS.p256 }),
  ),
  'trusts-x5c': sending((event) => underOwnKey(event, { x5c: [certificateBase64] })),
  'trusts-x5u': naming(TEST_CERTIFICATE, (x5u, event) => underOwnKey(event, { x5u })),
  'trusts-jku': naming(keySet, (jku, event) => underOwnKey(event, { jku, kid: TEST_KID })),
  'discovers-issuer': naming('{}', (iss, event) => underOwnKey(event, {}, { claims: { iss } })),
  'runs-kid-in-shell': lasting(900, () =>
    sign([createEvent()], { header: { alg: 'HS256', kid: '|sleep 1' }, key: '' }),
  ),
  'decrypts-with-unset-key': sending(encryptedUnderZeros),
  'five-segments-end-in-500': sending(encryptedUnderZeros),
  'inflates-before-verifying': sending(bomb),
  'derives-as-often-as-asked': lasting(
    500,
    () => `${encode({ alg: 'PBES2-HS512+A256KW', p2c: 2 ** 31 - 1 })}.a.b.c.d`,
  ),
  'first-list-of-events-wins': payload((json) => `${json.slice(0, -1)},"events":[]}`),
  'reads-first-json-value': payload((json) => `${json}{"events":[]}`),
  'reads-utf-16': payload((json) => Buffer.from(`\uFEFF${json}`, 'utf16le')),
  'bad-json-ends-in-500': payload(() => 'hello world'),
  'takes-unreadable-header': under('not json'),
  'null-header-ends-in-500': under('null'),
  'merges-claims': hiding,
  'text-exp-never-passes': claiming({ exp: String(nowSeconds() - 3600) }),
  'zero-exp-is-none': claiming({ exp: 0 }),
  'overflowing-exp-ends-in-500': payload((json) => `${json.slice(0, -1)},"exp":1e18}`),
  'text-iat-ends-in-500': claiming({ iat: 'now' }),
  'waits-for-iat': lasting(900, () => sign([createEvent()], { claims: { iat: nowSeconds() + 3 } })),
  'missing-iss-ends-in-500': claiming({ iss: undefined }),
};
