import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assemble, claimsOf, createEvent, flipped, sign, unsigned } from '../token.js';
import { canonical, sending, type Demonstration } from './demonstration.js';

const hookPath = '/webhooks/truora';

const posting = (headers: Readonly<Record<string, string>>): Demonstration =>
  sending((event) => flipped(sign([event])), headers);

const jsonPosting = (headers: Readonly<Record<string, string>>): Demonstration =>
  sending((event) => JSON.stringify(claimsOf([event])), headers);

const elsewhere =
  (method: string, path: string): Demonstration =>
  async (lab) => {
    const event = createEvent();
    const status = await lab.post(unsigned([event]), { method, path });
    return [status, await lab.count(event.id)];
  };

/** A raw request with these headers. */
const request = (body: string, headers: readonly string[] = []): string =>
  [
    `POST ${hookPath} HTTP/1.1`,
    'Host: a',
    ...headers,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');

/** The first line of what a raw request is answered with. */
const rawStatus =
  (headers: readonly string[]): Demonstration =>
  async (lab) => {
    const { text } = await lab.raw(request(sign([createEvent()]), headers));
    return text.split('\r\n', 1)[0];
  };

const large = { blob: 'x'.repeat(120_000) } as const;

/** Demonstrations of the mutants of the HTTP side, by their ids. */
export const http: Readonly<Record<string, Demonstration>> = {
  'json-parser-only': canonical,
  'takes-token-from-json': canonical,
  'takes-token-from-authorization': canonical,
  'stores-empty-object': canonical,
  'catch-all-page': canonical,
  'demands-signature-header': canonical,
  'redirects-after-success': canonical,
  'no-body-limit': (lab) => lab.post('A'.repeat(2 * 1024 * 1024)),
  'body-limit-100-kb': sending((event) => sign([event]), {}, { object: large }),
  'swallows-large-body': sending((event) => sign([event]), {}, { object: large }),
  'abandons-large-body': async (lab) => {
    const two = request('A'.repeat(2 * 1024 * 1024)) + request(sign([createEvent()]));
    return (await lab.raw(two, 500)).closed;
  },
  'honours-method-override': posting({ 'x-http-method-override': 'GET' }),
  'authorization-vouches-for-body': sending((event) => JSON.stringify(claimsOf([event])), {
    authorization: `Bearer ${sign([createEvent()])}`,
  }),
  'trusts-forwarded-address': posting({ 'x-forwarded-for': '127.0.0.1' }),
  'trusts-signature-header': jsonPosting({ 'x-truora-signature': 'guess' }),
  'unverified-json': jsonPosting({ 'content-type': 'application/json' }),
  'unverified-text-plain': posting({ 'content-type': 'text/plain' }),
  'unverified-other-methods': elsewhere('PUT', hookPath),
  'unverified-other-spelling': elsewhere('POST', `${hookPath}/`),
  'takes-token-by-get': async (lab) => {
    const event = createEvent();
    const path = `${hookPath}?token=${sign([event])}`;
    return [await lab.post('', { method: 'GET', path }), await lab.count(event.id)];
  },
  'trusts-connection': async (lab) => {
    const forged = createEvent();
    await lab.raw(request(sign([createEvent()])) + request(unsigned([forged])));
    return lab.count(forged.id);
  },
  'strict-content-type': sending((event) => sign([event]), {
    'content-type': 'application/jwt; charset=utf-8',
  }),
  'locked-out-by-forgeries': async (lab) => {
    for (let count = 0; count < 20; count++) await lab.post('x');
    return lab.deliver(createEvent());
  },
  'shows-stack-trace': async (lab) => (await lab.reply('x')).text.includes('    at '),
  'shows-expected-signature': async (lab) => {
    const token = sign([createEvent()]);
    const { text } = await lab.reply(flipped(token));
    return text.includes(token.slice(token.lastIndexOf('.') + 1));
  },
  'shows-unverified-id': async (lab) => {
    const event = createEvent();
    return (await lab.reply(unsigned([event]))).text.includes(event.id);
  },
  'repeats-id-in-header': async (lab) => {
    const event = createEvent({ id: 'HKE1\r\nX-Injected: yes' });
    return /^x-injected: yes$/imu.test((await lab.raw(request(unsigned([event])))).text);
  },
  'answers-500-to-bad-token': (lab) => lab.post(flipped(sign([createEvent()]))),
  'exits-on-malformed-token': async (lab) => [
    await lab.post('x'),
    await lab.deliver(createEvent()),
  ],
  'exits-on-odd-claims': async (lab) => [
    await lab.post(assemble('{}')),
    await lab.deliver(createEvent()),
  ],
  'exits-on-odd-event': async (lab) => [await lab.deliver(null), await lab.deliver(createEvent())],
  'leaves-bad-tokens-unanswered': (lab) => lab.post('x', { timeoutMs: 300 }),
  'sheds-above-two': async (lab) => {
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => lab.deliver(createEvent())),
    );
    return statuses.every((status) => status === 200);
  },
  'cuts-off-bad-tokens': (lab) => lab.post('x').catch(() => 'cut'),
  'token-limit-250-kb': (lab) =>
    lab.deliver(createEvent({ object: { text: 'x'.repeat(200_000) } })),
  'takes-two-connections': async (lab) => {
    const posts = Array.from({ length: 20 }, async () =>
      lab.post(sign([createEvent()]), { timeoutMs: 1000 }),
    );
    return (await Promise.all(posts)).every((status) => status === 200);
  },
  'reads-first-chunk-only': async (lab) => {
    const token = sign([createEvent()]);
    const chunks = [token.slice(0, 50), token.slice(50), ''];
    const framed = chunks.map((one) => `${one.length.toString(16)}\r\n${one}\r\n`).join('');
    const head = `POST ${hookPath} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`;
    return (await lab.raw(head + framed)).text.split('\r\n', 1)[0];
  },
  'fetches-jku': async (lab) => {
    let asked = false;
    const listener = createServer((_request, response) => {
      asked = true;
      response.end('{}');
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const jku = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/jwks.json`;
    const status = await lab.post(unsigned([createEvent()], { alg: 'RS256', jku }));
    listener.close();
    return [status, asked];
  },
  'blocks-400-ms': async (lab) => {
    const start = performance.now();
    await lab.deliver(createEvent());
    return performance.now() - start > 350;
  },
  'answers-after-3500-ms': (lab) => lab.post(sign([createEvent()]), { timeoutMs: 3_000 }),
  'answers-2-mib': async (lab) => (await lab.reply(sign([createEvent()]))).text.length > 2 ** 20,
  'reads-content-length-only': async (lab) => {
    const token = sign([createEvent()]);
    const head = `POST ${hookPath} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const { text } = await lab.raw(`${head}${token.length.toString(16)}\r\n${token}\r\n0\r\n\r\n`);
    return text.split('\r\n', 1)[0];
  },
  'refuses-expect': rawStatus(['Expect: 100-continue']),
  'header-names-in-known-case': rawStatus(['cONTENT-tYPE: application/jwt']),
};
