import { describe, expect, test, vi } from 'vitest';
import { createHttpTransport } from '../../simulator/sender/http.js';
import { createRawSender } from '../../simulator/sender/raw.js';
import { pinnedLookup } from '../../simulator/sender/connect.js';
import { deliveryTo, localGuard, resultOf, tcpServer } from './servers.js';

vi.mock('../../simulator/sender/connect.js', async (original) => ({
  ...(await original<typeof import('../../simulator/sender/connect.js')>()),
  CONNECT_TIMEOUT_MS: 300,
}));

const options = { guard: localGuard, insecure: true };

describe('a TLS handshake that never ends', () => {
  test('is a connect-timeout of the HTTP transport', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const exchange = await createHttpTransport(options).send(
      deliveryTo(`https://127.0.0.1:${server.port}/`, { timeoutMs: 60_000 }),
    );
    expect(resultOf(exchange)).toBe('connect-timeout');
  });

  test('is a connect-timeout of the raw sender', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const exchange = await createRawSender(options).write({
      url: `https://127.0.0.1:${server.port}/`,
      method: 'POST',
      chunks: [Buffer.from('x')],
      then: 'await-answer',
      timeoutMs: 60_000,
    });
    expect(resultOf(exchange)).toBe('connect-timeout');
  });
});

describe('pinnedLookup', () => {
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ] as const;

  test('answers with all vetted addresses, whatever the name', () => {
    const answered = vi.fn();
    pinnedLookup(addresses)('elsewhere.example', { all: true }, answered);
    expect(answered).toHaveBeenCalledExactlyOnceWith(null, addresses);
  });

  test('answers with the first vetted address', () => {
    const answered = vi.fn();
    pinnedLookup(addresses)('elsewhere.example', {}, answered);
    expect(answered).toHaveBeenCalledExactlyOnceWith(null, '127.0.0.1', 4);
  });

  test('answers with an error when there is none', () => {
    const answered = vi.fn();
    pinnedLookup([])('elsewhere.example', {}, answered);
    expect(answered).toHaveBeenCalledExactlyOnceWith(expect.any(Error), '', 4);
  });
});
