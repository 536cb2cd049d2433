import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createRandom } from '../../simulator/core/random.js';
import { createInProcessTransport } from '../../simulator/sender/in-process.js';
import type { FetchHandler } from '../../simulator/sender/in-process.js';
import { BODY_KEPT_BYTES } from '../../simulator/sender/transport.js';
import { deliveryTo, resultOf } from './servers.js';

const URL_OF_RECEIVER = 'http://receiver.test/webhooks/truora';

const send = async (handler: FetchHandler, changes: Parameters<typeof deliveryTo>[1] = {}) =>
  createInProcessTransport(handler).send(deliveryTo(URL_OF_RECEIVER, changes));

const never = async (): Promise<never> => new Promise(() => undefined);

describe('the handler', () => {
  test.each([
    ['random bytes', createRandom(1).bytes(10_000)],
    ['nothing', new Uint8Array()],
    ['a part of a larger buffer', Buffer.from('xxa.b.cxx').subarray(2, 7)],
  ])('gets the body byte for byte: %s', async (_what, body) => {
    let got: Uint8Array | undefined;
    await send(
      async (request) => {
        got = new Uint8Array(await request.arrayBuffer());
        return new Response();
      },
      { body },
    );
    expect(got).toEqual(Uint8Array.from(body));
  });

  test('gets URL, method and headers, a repeated one joined, and no others', async () => {
    let got: readonly unknown[] = [];
    await send(
      (request) => {
        got = [request.url, request.method, ...request.headers];
        return new Response();
      },
      {
        headers: [
          ['Content-TYPE', 'application/jwt'],
          ['X-A', '1'],
          ['X-A', '2'],
        ],
      },
    );
    expect(got).toEqual([
      URL_OF_RECEIVER,
      'POST',
      ['content-type', 'application/jwt'],
      ['x-a', '1, 2'],
    ]);
  });

  test.each(['GET', 'HEAD'])('gets a %s request without a body', async (method) => {
    let body: unknown;
    const exchange = await send(
      (request) => {
        body = request.body;
        return new Response(null, { status: 405 });
      },
      { method },
    );
    expect(resultOf(exchange)).toBe(405);
    expect(body).toBeNull();
  });

  test('gets one request after the other in a sequence', async () => {
    const running: number[] = [];
    let now = 0;
    const transport = createInProcessTransport(async () => {
      now++;
      await sleep(2);
      running.push(now);
      now--;
      return new Response();
    });
    const exchanges = await transport.sendInSequence(
      [1, 2, 3].map(() => deliveryTo(URL_OF_RECEIVER)),
    );
    expect(exchanges.map(resultOf)).toEqual([200, 200, 200]);
    expect(running).toEqual([1, 1, 1]);
  });
});

describe('the answer', () => {
  test.each([200, 204, 400, 500])('has status %i', async (status) => {
    const exchange = await send(() => new Response(null, { status }));
    expect(exchange.outcome).toEqual({ kind: 'response', status, redirects: 0 });
  });

  test('has its headers in lower case and its body', async () => {
    const exchange = await send(() => new Response('said', { headers: { 'X-One': 'A' } }));
    expect(exchange.headers['x-one']).toBe('A');
    expect(Buffer.from(exchange.body).toString()).toBe('said');
  });

  test('has a body cut where it is long', async () => {
    const exchange = await send(() => new Response('x'.repeat(BODY_KEPT_BYTES + 1)));
    expect(exchange.body).toHaveLength(BODY_KEPT_BYTES);
  });

  test('has a longer body where more is asked for', async () => {
    const exchange = await send(() => new Response('x'.repeat(100_000)), { bodyKeptBytes: 99_000 });
    expect(exchange.body).toHaveLength(99_000);
  });

  test('is a redirect, which is not followed', async () => {
    const exchange = await send(() => Response.redirect('http://receiver.test/next', 307), {
      redirectsMax: 3,
    });
    expect(resultOf(exchange)).toBe(307);
  });

  test('takes as long as the handler', async () => {
    const exchange = await send(async () => {
      await sleep(30);
      return new Response();
    });
    expect(exchange.latencyMs).toBeGreaterThanOrEqual(28);
  });
});

describe('a fault', () => {
  test.each<readonly [string, FetchHandler]>([
    [
      'throws',
      () => {
        throw new Error('a token: eyJ');
      },
    ],
    ['rejects', async () => Promise.reject(new Error('a token: eyJ'))],
    ['answers with nothing', (() => undefined) as unknown as FetchHandler],
    ['answers with something else', (() => ({ ok: true })) as unknown as FetchHandler],
  ])('is status 500: the handler %s', async (_what, handler) => {
    const exchange = await send(handler);
    expect(exchange.outcome).toEqual({ kind: 'response', status: 500, redirects: 0 });
    expect(JSON.stringify(exchange)).not.toContain('eyJ');
  });

  test.each<readonly [string, FetchHandler]>([
    ['never answers', never],
    ['never reads on', async (request) => new Response(request.body?.pipeThrough(stalled()))],
    ['sends a body without end', () => new Response(endless())],
  ])('is a timeout: the handler %s', async (_what, handler) => {
    const exchange = await send(handler, { timeoutMs: 100 });
    expect(exchange.outcome).toEqual({
      kind: 'failure',
      failure: 'timeout',
      detail: 'no complete answer within 100 ms',
    });
    expect(exchange.latencyMs).toBeGreaterThanOrEqual(95);
    expect(exchange.latencyMs).toBeLessThan(2000);
  });

  test('after the timeout disturbs nobody', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): number => unhandled.push(reason);
    process.on('unhandledRejection', note);
    onTestFinished(() => {
      process.off('unhandledRejection', note);
    });
    const exchange = await send(
      async () => {
        await sleep(40);
        throw new Error('too late');
      },
      { timeoutMs: 10 },
    );
    await sleep(60);
    expect(resultOf(exchange)).toBe('timeout');
    expect(unhandled).toEqual([]);
  });

  test.each([
    ['a line feed in a header', { headers: [['X-A', 'a\nb']] }],
    ['a blank in a header’s name', { headers: [['X A', 'a']] }],
    ['a method that fetch forbids', { method: 'TRACE' }],
  ] as const)('is a protocol failure: %s', async (_what, changes) => {
    let called = false;
    const exchange = await send(() => {
      called = true;
      return new Response();
    }, changes);
    expect(resultOf(exchange)).toBe('protocol');
    expect(called).toBe(false);
  });
});

/** Passes nothing on and never ends. */
const stalled = () => new TransformStream<Uint8Array, Uint8Array>({ transform: never });

/** A byte every few milliseconds, for ever. */
const endless = () =>
  new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      await sleep(5);
      controller.enqueue(Uint8Array.of(120));
    },
  });
