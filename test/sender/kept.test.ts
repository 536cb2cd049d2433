/** Connections that are kept for the next delivery. */
import { expect, test } from 'vitest';
import { createHttpTransport } from '../../simulator/sender/http.js';
import { deliveryTo, httpServer, localGuard, resultOf, tcpServer } from './servers.js';

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

const keeping = (keptIdleMs: number) =>
  createHttpTransport({ guard: localGuard, insecure: false, keptIdleMs });

test('one after the other go over one connection, and side by side over two', async () => {
  const transport = keeping(1000);
  const server = await httpServer((request, response) => {
    request.resume().once('end', () => response.end());
  });
  for (let delivery = 0; delivery < 3; delivery++) {
    expect(resultOf(await transport.send(deliveryTo(server.origin)))).toBe(200);
  }
  expect(server.connections()).toBe(1);
  const both = [1, 2].map(async () => transport.send(deliveryTo(server.origin)));
  expect((await Promise.all(both)).map(resultOf)).toEqual([200, 200]);
  expect(server.connections()).toBe(2);
});

test('is closed when nothing came for so long', async () => {
  const transport = keeping(20);
  const closed: Promise<void>[] = [];
  const server = await tcpServer((socket) => {
    closed.push(new Promise((resolve) => void socket.once('close', () => resolve())));
    socket.on('data', () => void socket.write(ANSWER));
  });
  await transport.send(deliveryTo(server.origin));
  await closed[0];
  expect(resultOf(await transport.send(deliveryTo(server.origin)))).toBe(200);
  expect(server.connections()).toBe(2);
});

test('is not kept where the receiver closes it, or answers no more', async () => {
  const transport = keeping(1000);
  let answers = 0;
  const server = await tcpServer((socket) => {
    socket.on('data', () => {
      answers += 1;
      if (answers === 2) socket.resetAndDestroy();
      else socket.write(ANSWER);
    });
  });
  // The second goes over the connection of the first, is reset there, and goes again.
  for (let delivery = 0; delivery < 2; delivery++) {
    expect(resultOf(await transport.send(deliveryTo(server.origin)))).toBe(200);
  }
  expect([answers, server.connections()]).toEqual([3, 2]);
});

test('a new connection that is reset is a failure, once', async () => {
  const transport = keeping(1000);
  const server = await tcpServer((socket) => {
    socket.once('data', () => void socket.resetAndDestroy());
  });
  expect(resultOf(await transport.send(deliveryTo(server.origin)))).toBe('reset');
  expect(server.connections()).toBe(1);
});
