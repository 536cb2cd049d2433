import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CapturedDelivery } from '../../simulator/capture/captured.js';
import { startCaptureReceiver } from '../../simulator/capture/receiver.js';
import type { CaptureReceiverOptions } from '../../simulator/capture/receiver.js';
import { key, tokenOf } from './deliveries.js';

const start = async (changes: Partial<CaptureReceiverOptions> = {}, host = '127.0.0.1') => {
  const stored: CapturedDelivery[] = [];
  const faults: unknown[] = [];
  const receiver = await startCaptureReceiver(
    {
      keep: { full: false, key },
      bodyBytesMax: 1000,
      answer: async () => ({ status: 200, headers: [], body: Buffer.from('ok') }),
      store: async (delivery) => {
        stored.push(delivery);
      },
      onFault: (error) => faults.push(error),
      ...changes,
    },
    { port: 0, host },
  );
  onTestFinished(receiver.close);
  return { ...receiver, stored, faults, url: `http://127.0.0.1:${receiver.port}/hook` };
};

/** Writes bytes on one connection, and reads until the other side ends or `isEnough`. */
const talk = async (
  port: number,
  text: string,
  isEnough = (answer: string): boolean => answer.includes('ok'),
): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    answer += chunk;
    if (isEnough(answer)) socket.destroy();
  });
  await once(socket, 'close');
  return answer;
};

test('stores before it answers', async () => {
  let isStored = false;
  const { url } = await start({
    store: async () => {
      isStored = true;
    },
  });
  const response = await fetch(url, { method: 'POST', body: tokenOf({}) });
  expect([response.status, isStored]).toEqual([200, true]);
});

test('answers 503 to what it could not store, and says so', async () => {
  const { url, faults } = await start({
    store: async () => {
      throw new Error('the disk is full');
    },
  });
  const response = await fetch(url, { method: 'POST', body: tokenOf({}) });
  expect([response.status, faults]).toEqual([503, [new Error('the disk is full')]]);
});

test('answers 413 to what is too large, and keeps that it came', async () => {
  const { url, stored } = await start();
  const statuses = [];
  for (const length of [1000, 1001, 3999]) {
    const response = await fetch(url, { method: 'POST', body: 'x'.repeat(length) });
    statuses.push(response.status);
  }
  expect(statuses).toEqual([200, 413, 413]);
  expect(stored.map(({ body, bytes, answered }) => [body, bytes, answered])).toEqual([
    ['other', 1000, 200],
    ['too-large', 1001, 413],
    ['too-large', 3999, 413],
  ]);
});

test('does not read for ever what is far too large', async () => {
  const { port, stored } = await start();
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n';
  const answer = await talk(port, head + 'x'.repeat(5000), () => false);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(stored).toMatchObject([{ body: 'too-large', answered: 413 }]);
});

test('keeps requests apart that come on one connection, one after the other or at once', async () => {
  const { port, stored } = await start();
  const one = (name: string, body: string): string =>
    `POST /${name} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const answers = await talk(
    port,
    one('a', tokenOf({ n: 1 })) + one('b', '') + one('c', tokenOf({ n: 2 })),
    (answer) => answer.split('HTTP/1.1 200 OK').length === 4 && answer.endsWith('ok'),
  );
  expect(answers.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
  expect(stored.map(({ path, body }) => [path, body])).toEqual([
    ['/a', 'token'],
    ['/b', 'empty'],
    ['/c', 'token'],
  ]);
});

test('reads bodies without a length', async () => {
  const { port, stored } = await start();
  const token = tokenOf({});
  const chunks = [token.slice(0, 10), token.slice(10), ''];
  const body = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
  await talk(port, `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${body}`);
  expect(stored).toMatchObject([{ body: 'token', signature: 'fits', bytes: token.length }]);
});

test('keeps that a sender went away', async () => {
  const { port, stored } = await start();
  const socket = connect(port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this');
  await once(socket, 'connect');
  socket.end();
  await expect
    .poll(() => stored, { timeout: 10_000 })
    .toMatchObject([{ body: 'cut', bytes: 9, answered: null }]);
});

test('keeps what a proxy said, and believes none of it', async () => {
  const { url, stored } = await start();
  await fetch(url, { method: 'POST', body: 'x', headers: { 'X-Forwarded-For': '2001:db8::1' } });
  expect(stored[0]?.family).toBe('IPv4');
  expect(stored[0]?.headers).toContainEqual(['X-Forwarded-For', '2001:db8::1']);
});

describe('addresses', () => {
  test('of IPv6 are told', async ({ skip }) => {
    const { port, stored } = await start({}, '::1').catch(() => skip('there is no IPv6'));
    await fetch(`http://[::1]:${port}/`, { method: 'POST', body: 'x' });
    expect(stored[0]?.family).toBe('IPv6');
  });

  test('of IPv4 are told behind a socket for both', async ({ skip }) => {
    const { url, stored } = await start({}, '::').catch(() => skip('there is no IPv6'));
    await fetch(url, { method: 'POST', body: 'x' });
    expect(stored[0]?.family).toBe('IPv4');
  });
});

test('a port in use is a mistake of the user’s', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const options = { keep: { full: false, key }, bodyBytesMax: 1 } as CaptureReceiverOptions;
  await expect(startCaptureReceiver(options, { port, host: '127.0.0.1' })).rejects.toMatchObject({
    code: 'invalid_argument',
    message: `cannot listen on 127.0.0.1:${port} (EADDRINUSE)`,
  });
});
