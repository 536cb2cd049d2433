/** Receivers that break connections: no request is counted twice, none is missed. */
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../simulator/index.js';
import { tcpServer } from '../sender/servers.js';
import { idIn, isBalanced, load } from './running.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Takes whole requests from a connection, one after the other; `answer` says what is done. */
const takeRequests = (socket: Socket, answer: (body: Buffer) => void): void => {
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = bytes.toString('latin1', 0, end);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      if (bytes.length < end + 4 + length) return;
      answer(bytes.subarray(end + 4, end + 4 + length));
      bytes = bytes.subarray(end + 4 + length);
    }
  });
};

const behaviours: Readonly<Record<string, (socket: Socket) => void>> = {
  answers: (socket) => socket.write(OK),
  'answers in two parts': (socket) => {
    socket.write(OK.slice(0, 20));
    setImmediate(() => socket.write(OK.slice(20)));
  },
  'answers in chunks': (socket) =>
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'),
  'answers and closes': (socket) =>
    socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  'ends its body by closing': (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nas long as it takes'),
  'announces an interim answer': (socket) => socket.write(`HTTP/1.1 102 Processing\r\n\r\n${OK}`),
  refuses: (socket) => socket.write('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n'),
  'limits the rate': (socket) => socket.write('HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n'),
  resets: (socket) => socket.resetAndDestroy(),
  closes: (socket) => socket.end(),
  'answers half and resets': (socket) => {
    socket.write(OK.slice(0, 30), () => socket.resetAndDestroy());
  },
  'answers half and closes': (socket) => socket.end(OK.slice(0, 30)),
  'speaks another protocol': (socket) => socket.write('220 mail.example ESMTP\r\n'),
  'answers twice': (socket) => socket.write(OK + OK),
};

/** Every request it took whole, by the id of its event. */
const chaos = async (behave: (socket: Socket) => void) => {
  const ids: string[] = [];
  const server = await tcpServer((socket) => {
    takeRequests(socket, (body) => {
      ids.push(idIn(body));
      if (socket.writable) behave(socket);
    });
  });
  return { ...server, ids };
};

const expectBooks = async (
  ids: readonly string[],
  { figures }: Awaited<ReturnType<typeof load>>,
): Promise<void> => {
  const { ends, requests, resent } = figures;
  expect(isBalanced(figures)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  // What was answered was there; what is unknown may have been; nothing else was.
  expect(ids.length).toBeGreaterThanOrEqual(ends.answered);
  expect(ids.length).toBeLessThanOrEqual(ends.answered + ends.unknown + resent);
  expect(requests).toBe(ends.answered + ends.unwritten + ends.unknown);
};

describe('one kind of break at a time', () => {
  test.each([
    ['answers', { statuses: { 200: 60 }, failures: {} }],
    ['answers in two parts', { statuses: { 200: 60 }, failures: {} }],
    ['answers in chunks', { statuses: { 200: 60 }, failures: {} }],
    ['answers and closes', { statuses: { 200: 60 }, failures: {} }],
    ['ends its body by closing', { statuses: { 200: 60 }, failures: {} }],
    ['announces an interim answer', { statuses: { 200: 60 }, failures: {} }],
    ['refuses', { statuses: { 500: 60 }, failures: {} }],
    ['resets', { statuses: {}, failures: { reset: 60 } }],
    ['closes', { statuses: {}, failures: { reset: 60 } }],
    ['answers half and resets', { statuses: {}, failures: { reset: 60 } }],
    ['answers half and closes', { statuses: {}, failures: { reset: 60 } }],
    ['speaks another protocol', { statuses: {}, failures: { protocol: 60 } }],
  ])('it %s', async (name, wanted) => {
    const { origin, ids } = await chaos(behaviours[name] ?? (() => undefined));
    const played = await load(origin, { count: 60 });
    expect(played.figures).toMatchObject({ requests: 60, ...wanted });
    // One at a time: each was whole before it was broken.
    expect(ids).toHaveLength(60);
    await expectBooks(ids, played);
  });

  test('it never answers', async () => {
    const { origin, ids } = await chaos(() => undefined);
    const played = await load(origin, { count: 8, policy: { timeoutMs: 150 } });
    expect(played.figures).toMatchObject({ requests: 8, failures: { timeout: 8 }, failed: 8 });
    expect(played.figures.latencyMs.p50).toBeGreaterThanOrEqual(150);
    expect(ids).toHaveLength(8);
  });
});

test.each([
  ['one at a time', { connections: 6, pipelining: 1 }],
  ['pipelined', { connections: 4, pipelining: 8 }],
  ['at a rate', { connections: 4, pipelining: 2, everyMs: 0.5 }],
])('all kinds at once, %s', async (_name, options) => {
  const random = createRandom(11);
  const kinds = Object.values(behaviours);
  const { origin, ids } = await chaos((socket) => {
    // Mostly it answers, so that connections live a little.
    const behave = random.integer(1, 3) === 1 ? random.pick(kinds) : kinds[0];
    behave?.(socket);
  });
  const played = await load(origin, { count: 3000, ...options, policy: { timeoutMs: 20_000 } });
  expect(played.figures.requests).toBe(3000);
  expect(played.figures.ends.answered).toBeGreaterThan(500);
  expect(played.figures.failures.reset).toBeGreaterThan(0);
  expect(played.figures.failures.protocol).toBeGreaterThan(0);
  await expectBooks(ids, played);
});

test('a receiver that goes away in the middle: what cannot leave is told apart from what left', async () => {
  const ids: string[] = [];
  const sockets = new Set<Socket>();
  const { createServer } = await import('node:net');
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    takeRequests(socket, (body) => {
      ids.push(idIn(body));
      socket.write(OK);
      if (ids.length !== 50) return;
      server.close();
      for (const one of sockets) one.resetAndDestroy();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const played = await load(`http://127.0.0.1:${port}/`, { count: 60 });
  expect(played.run.reached()).toBe(true);
  expect(played.figures.failures.refused).toBeGreaterThan(0);
  expect(played.figures.ends.unwritten).toBe(played.figures.failures.refused);
  expect(played.figures.requests).toBe(60);
  await expectBooks(ids, played);
});
