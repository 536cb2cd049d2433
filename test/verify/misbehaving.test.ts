/** Receivers that are right for a while and then fall apart: the run ends all the same, and says so. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { hookproof, createFolder } from '../cli/run.js';
import { check, essence } from './check.js';
import { createReceiver, key } from './receiver.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../contracts/runner/clock.js';

/** What becomes of the receiver after it has taken so many requests. */
interface Fall {
  readonly what: string;
  readonly after?: number;
  /** Takes the request over; false leaves it to the receiver. */
  readonly fall?: (response: ServerResponse, server: Server) => void;
  /** Meets each new connection. */
  readonly listen?: (server: Server) => void;
}

const MEBIBYTE = Buffer.alloc(1 << 20, 'a');

const falls: readonly Fall[] = [
  {
    what: 'dies',
    fall: (_response, server) => {
      server.close();
      server.closeAllConnections();
    },
  },
  { what: 'never answers again', fall: () => undefined },
  {
    what: 'answers without end',
    fall: (response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(MEBIBYTE));
      };
      response.on('error', () => undefined).on('drain', pour);
      response.writeHead(200);
      pour();
    },
  },
  {
    what: 'resets every third connection',
    after: Infinity,
    listen: (server) => {
      let connections = 0;
      server.on('connection', (socket) => {
        if (++connections % 3 === 0) socket.resetAndDestroy();
      });
    },
  },
];

const AFTER = 250;

const openFalling = async ({ after = AFTER, fall, listen }: Fall): Promise<string> => {
  const receiver = createReceiver();
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    const isDelivery = incoming.method !== 'GET';
    if (isDelivery && ++requests > after) return fall?.(outgoing, server);
    const reply = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      const url = new URL(`http://localhost${incoming.url ?? '/'}`);
      if (!isDelivery) {
        const id = url.searchParams.get('id');
        outgoing.end(JSON.stringify(receiver.applied.filter((one) => one.id === id)));
        return;
      }
      const body = Buffer.concat(chunks);
      const headers = { 'content-type': incoming.headers['content-type'] ?? '' };
      const request = new Request(url, { method: incoming.method ?? 'POST', headers, body });
      const { status } = await receiver.handle(request);
      outgoing.writeHead(status).end();
    };
    reply().catch(() => outgoing.destroy());
  });
  listen?.(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

test.each(falls)('a receiver that $what gets a verdict', async (fall) => {
  const origin = await openFalling(fall);
  const before = process.memoryUsage().rss;
  const result = await check(`${origin}/webhooks/truora`, {
    clock: systemClock,
    timeoutMs: 150,
    only: ['verification/*', 'response/*', 'transport/still-takes-genuine'],
    probe: { url: `${origin}/records?id={eventId}` },
  });
  expect(essence(result).verdict).toBe('failed');
  expect(result.summary.passed).toBeGreaterThan(50);
  expect(result.summary.inconclusive).toBeGreaterThan(50);
  expect(process.memoryUsage().rss - before).toBeLessThan(512 << 20);
});

test('the reports of a receiver that dies are whole, and the exit code is 1', async () => {
  const origin = await openFalling({ what: 'dies', fall: (response) => response.destroy() });
  const folder = await createFolder();
  const file = join(folder, 'report.json');
  const { code, stderr } = await hookproof(
    [
      'verify',
      `${origin}/webhooks/truora`,
      ...['--probe', `${origin}/records?id={eventId}`, '--timeout', '200ms'],
      ...['--report', `json=${file}`, '--replay-dir', folder],
    ],
    { HOOKPROOF_KEY: key },
  );
  expect(code).toBe(1);
  expect(stderr).not.toContain('Error');
  const { summary } = JSON.parse(await readFile(file, 'utf8')) as {
    readonly summary: { readonly verdict: string };
  };
  expect(summary.verdict).toBe('failed');
});
