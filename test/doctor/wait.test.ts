import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { closedPort, httpServer } from '../sender/servers.js';
import { diagnose, troublesOf } from './diagnose.js';
import { hookPath, key, receiverWith } from './receivers.js';

/** Starts a receiver on a port when it is asked to. */
const lateReceiver = async () => {
  const port = await closedPort();
  return {
    url: `http://127.0.0.1:${port}${hookPath}`,
    start: async () => {
      const server = createServer(receiverWith()).listen(port, '127.0.0.1');
      onTestFinished(() => {
        server.close();
        server.closeAllConnections();
      });
      await once(server, 'listening');
    },
  };
};

describe('waiting', () => {
  test.each([
    ['any answer, without a key', {}],
    ['a delivery that is taken, with one', { key }],
  ])('goes on until there is %s', async (_what, options) => {
    const { url, start } = await lateReceiver();
    let started: Promise<void> | undefined;
    const result = await diagnose(url, {
      ...options,
      waitMs: 20_000,
      onWait: () => {
        started ??= start();
      },
    });
    expect(started).toBeDefined();
    expect(result.wait?.ready).toBe(true);
    expect(result.verdict).toBe('clear');
    expect(troublesOf(result)).toEqual([]);
  });

  test('sends the same event each time', async () => {
    let posts = 0;
    const { origin } = await httpServer((request, response) => {
      if (++posts < 4) request.resume().once('end', () => response.writeHead(503).end());
      else receiverWith()(request, response);
    });
    const { wait, sent } = await diagnose(origin + hookPath, { key, waitMs: 20_000 });
    expect(wait?.ready).toBe(true);
    expect(sent.deliveries - sent.events.length).toBeGreaterThanOrEqual(3);
  });

  test('ends with the cause where the receiver never comes', async () => {
    const { url } = await lateReceiver();
    const result = await diagnose(url, { waitMs: 300 });
    expect(result.wait?.ready).toBe(false);
    expect(result.wait?.waitedMs).toBeGreaterThanOrEqual(300);
    expect(troublesOf(result)).toEqual(['reach/nothing-listens']);
    expect(result.verdict).toBe('unreachable');
  });

  test('refuses a stranger before it waits', async () => {
    await expect(diagnose('http://8.8.8.8/hook', { waitMs: 60_000 })).rejects.toThrow(
      expect.objectContaining({ code: 'target_refused' }),
    );
  });
});
