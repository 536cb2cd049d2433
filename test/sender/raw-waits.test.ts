/** What a raw sender waits for between its bytes, and what it holds open. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { requestHead } from '../../simulator/sender/raw-request.js';
import { createRawSender } from '../../simulator/sender/raw.js';
import { closedPort, httpServer, localGuard, resultOf, tape, tcpServer } from './servers.js';

const raw = createRawSender({ guard: localGuard, insecure: false });

const CONTINUE_MS = 100;
/** So long that whoever is told to go on on a busy machine is not thought to have waited. */
const PATIENT_MS = 10_000;

/** Asks before it sends its body of five bytes. */
const asking = async (url: string, continueMs = CONTINUE_MS) =>
  raw.write({
    url,
    method: 'POST',
    chunks: [
      Buffer.from(requestHead({ url, method: 'POST', headers: [['Content-Length', '5']] })),
      Buffer.from('a.b.c'),
    ],
    then: 'await-answer',
    continueMs,
    timeoutMs: 2000,
  });

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

test('a body goes out after 100 Continue, at once', async () => {
  let askedAt = 0;
  let bodyAfterMs = Infinity;
  const server = await tcpServer((socket) => {
    socket.once('data', () => {
      askedAt = performance.now();
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      socket.once('data', () => {
        bodyAfterMs = performance.now() - askedAt;
        socket.write(OK);
      });
    });
  });
  expect(resultOf(await asking(server.origin, PATIENT_MS))).toBe(200);
  expect(bodyAfterMs).toBeLessThan(PATIENT_MS);
});

test('a body goes out without 100 Continue, after the wait', async () => {
  let bodyAfterMs = 0;
  const server = await tcpServer((socket) => {
    socket.once('data', () => {
      const askedAt = performance.now();
      socket.once('data', () => {
        bodyAfterMs = performance.now() - askedAt;
        socket.write(OK);
      });
    });
  });
  expect(resultOf(await asking(server.origin))).toBe(200);
  expect(bodyAfterMs).toBeGreaterThan(CONTINUE_MS / 2);
});

test('a body stays at home after a refusal', async () => {
  const server = await tape('HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n');
  expect(resultOf(await asking(server.origin))).toBe(417);
  expect(server.text()).toMatch(/\r\n\r\n$/);
});

const DRIP = {
  connections: 3,
  start: Buffer.from('POST / HTTP/1.1\r\nX-Slow: '),
  drop: Buffer.from('a'),
  everyMs: 5,
} as const;

test('a drip holds its connections open, byte by byte, until it is cut', async () => {
  const texts: string[] = [];
  let open = 0;
  const server = await tcpServer((socket) => {
    const index = texts.push('') - 1;
    open++;
    socket.on('data', (chunk) => (texts[index] += chunk.toString()));
    socket.once('close', () => open--);
  });
  const { cut } = await raw.drip({ ...DRIP, url: server.origin });
  await expect.poll(() => texts.filter((text) => /X-Slow: a{2,}$/.test(text)).length).toBe(3);
  expect(open).toBe(3);
  cut();
  await expect.poll(() => open).toBe(0);
});

test('a drip bears a server that cuts it, and one that is not there', async () => {
  const server = await httpServer(() => undefined, {});
  const cutting = await tcpServer((socket) => socket.destroy());
  for (const url of [server.origin, cutting.origin, `http://127.0.0.1:${await closedPort()}`]) {
    const { cut } = await raw.drip({ ...DRIP, url });
    await sleep(20);
    cut();
  }
});
