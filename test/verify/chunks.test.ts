/** What the chunked transfer coding of the contract looks like on the wire. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { check, caseOf, stillClock } from './check.js';
import { createReceiver } from './receiver.js';
import { recordsPage, serve } from './serve.js';

/** Passes connections on, and keeps what clients write. */
const recorded = async (origin: string) => {
  const requests: string[] = [];
  const server = createServer((client) => {
    const number = requests.push('') - 1;
    client.on('data', (data) => (requests[number] += data.toString('latin1')));
    const upstream = connect(Number(new URL(origin).port), '127.0.0.1');
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
};

test('a body in chunks of one byte has nothing beside the data: right servers exist that take no more', async () => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs });
  const { origin, requests } = await recorded(
    await serve(
      receiver,
      recordsPage(receiver, (found) => found),
    ),
  );
  const probe = { url: `${origin}/records?id={eventId}` };
  const only = ['transport/chunked-body'];
  const result = await check(`${origin}/webhooks/truora`, { clock, probe, only });
  expect(caseOf(result, 'transport/chunked-body').verdict).toBe('passed');
  const chunked = requests.filter((text) => text.includes('Transfer-Encoding: chunked'));
  expect(chunked).toHaveLength(1);
  expect(chunked[0]).toMatch(/\r\n\r\n(?:1\r\n.\r\n)+0\r\n\r\n$/u);
  expect(chunked[0]?.match(/^1\r\n/gmu)?.length).toBeGreaterThan(500);
});
