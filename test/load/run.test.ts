/** What a run says it did, against what real receivers had. */
import { createServer } from 'node:https';
import { describe, expect, test } from 'vitest';
import { HookproofError } from '../../simulator/index.js';
import type { LoadFigures } from '../../simulator/index.js';
import { certificate, privateKey } from '../sender/self-signed.js';
import {
  closedPort,
  httpServer,
  localGuard,
  receive,
  recorder,
  serving,
} from '../sender/servers.js';
import { idIn, isBalanced, load, startRun, templateOf } from './running.js';

/** All arrived once, under good signatures: as many as the run says. */
const expectAll = (
  received: readonly { readonly body: Buffer }[],
  { requests }: LoadFigures,
): void => {
  const ids = received.map(({ body }) => idIn(body));
  expect(ids).toHaveLength(requests);
  expect(new Set(ids).size).toBe(requests);
};

describe('a receiver that takes everything', () => {
  test.each([
    ['one at a time', { count: 500, connections: 4, pipelining: 1 }],
    ['pipelined', { count: 500, connections: 3, pipelining: 16 }],
    ['fewer than there are connections', { count: 3, connections: 10 }],
    ['for a while', { durationMs: 300 }],
    ['at a rate', { everyMs: 2, count: 100 }],
    ['at a rate, pipelined', { everyMs: 0.02, count: 5000, connections: 3, pipelining: 16 }],
    [
      'events in turns',
      {
        count: 90,
        templates: ['checks.created', 'truface.failed'].map((name) => templateOf(name)),
      },
    ],
  ])('%s', async (_name, options) => {
    const { origin, received } = await recorder();
    const policy = { timeoutMs: 20_000 };
    const { figures } = await load(`${origin}/hook?a=b`, { ...options, policy });
    expect(figures.requests).toBeGreaterThan(2);
    if ('count' in options) expect(figures.requests).toBe(options.count);
    expectAll(received, figures);
    expect(figures).toMatchObject({
      statuses: { 200: figures.requests },
      failures: {},
      late: 0,
      failed: 0,
      tripped: null,
    });
    expect(isBalanced(figures)).toBe(true);
    expect(received[0]).toMatchObject({ method: 'POST', url: '/hook?a=b' });
    expect(received[0]?.rawHeaders).toEqual(
      expect.arrayContaining(['Content-Type', 'application/jwt']),
    );
  });

  test('over IPv6', async () => {
    const { port, received } = await recorder({ host: '::1' });
    const { figures } = await load(`http://[::1]:${port}/`, { count: 50 });
    expectAll(received, figures);
  });

  test('over TLS, where its certificate is accepted; nothing is sent where it is not', async () => {
    const bodies: { readonly body: Buffer }[] = [];
    const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
      void receive(request).then((one) => {
        bodies.push(one);
        response.end('ok');
      });
    });
    const { port } = await serving(server);
    const url = `https://localhost:${port}/`;
    const refused = await load(url, { count: 50 });
    expect(refused.figures.failures).toEqual({ tls: 4 });
    expect(refused.run.reached()).toBe(false);
    const http = { guard: localGuard, insecure: true };
    const { figures } = await load(url, { count: 200, pipelining: 4, http });
    expect(figures.requests).toBe(200);
    expectAll(bodies, figures);
  });

  test('numbers go on where the run before ended', async () => {
    const { origin, received } = await recorder();
    const { run } = await load(origin, { count: 20 });
    await load(origin, { count: 20, firstNumber: run.nextNumber() });
    expect(new Set(received.map(({ body }) => idIn(body))).size).toBe(40);
  });

  test('an end that is asked for leaves nothing open', async () => {
    const { origin, received } = await recorder();
    const run = startRun(origin, {});
    await expect.poll(() => received.length).toBeGreaterThan(50);
    run.stop();
    await run.done;
    const figures = run.books.figures();
    expectAll(received, figures);
    expect(isBalanced(figures)).toBe(true);
  });
});

describe('a receiver that is not there', () => {
  test('is told at once', async () => {
    const { run, figures } = await load(`http://127.0.0.1:${await closedPort()}/`, {
      durationMs: 60_000,
    });
    expect(run.reached()).toBe(false);
    expect(figures.ends).toEqual({ answered: 0, unwritten: 4, unknown: 0 });
    expect(figures.failures).toEqual({ refused: 4 });
  });

  test('is not sent to where the guard says no', async () => {
    await expect(load('http://8.8.8.8/', { count: 1 })).rejects.toThrow(/outside the loopback/);
  });
});

test('the guard is asked again for each new connection, and what it says then ends the run', async () => {
  const { origin, received } = await (async () => {
    const bodies: { readonly body: Buffer }[] = [];
    const server = await httpServer((request, response) => {
      void receive(request).then((one) => {
        bodies.push(one);
        response.writeHead(200, { Connection: 'close' }).end();
      });
    });
    return { ...server, received: bodies };
  })();
  let asked = 0;
  const guard: typeof localGuard = async (url) => {
    asked += 1;
    if (asked > 6) throw new HookproofError('target_refused', 'it is elsewhere now', 'look there');
    return localGuard(url);
  };
  const run = load(origin, { count: 100, connections: 2, http: { guard, insecure: false } });
  await expect(run).rejects.toThrow('it is elsewhere now');
  expect(received.length).toBeLessThanOrEqual(6);
});

describe('a receiver that refuses', () => {
  test('every status is told, and fails as the policy says', async () => {
    let turn = 0;
    const { origin } = await httpServer((request, response) => {
      void receive(request).then(() => {
        response.writeHead([200, 429, 500, 302][turn++ % 4] ?? 200).end();
      });
    });
    const { figures } = await load(origin, { count: 400 });
    expect(figures.statuses).toEqual({ 200: 100, 302: 100, 429: 100, 500: 100 });
    expect(figures.failed).toBe(300);
    expect(isBalanced(figures)).toBe(true);
  });

  test('the rule trips at the attempt that the window says', async () => {
    const { origin } = await httpServer((request, response) => {
      void receive(request).then(() => response.writeHead(500).end());
    });
    const { figures } = await load(origin, { count: 40, policy: { attemptsMin: 25 } });
    expect(figures.tripped).toMatchObject({ failed: 25, total: 25 });
  });
});

describe('an open model', () => {
  test('a stall shows in every delivery that was due during it', async () => {
    const STALL_MS = 600;
    let turn = 0;
    let untilMs = 0;
    const { origin, received } = await (async () => {
      const bodies: { readonly body: Buffer }[] = [];
      const server = await httpServer((request, response) => {
        void receive(request).then((one) => {
          bodies.push(one);
          turn += 1;
          if (turn === 20) untilMs = performance.now() + STALL_MS;
          setTimeout(() => response.end(), Math.max(0, untilMs - performance.now()));
        });
      });
      return { ...server, received: bodies };
    })();
    const options = { everyMs: 10, count: 100, connections: 2 };
    const { figures, run } = await load(origin, options);
    expect(figures.requests).toBe(100);
    expectAll(received, figures);
    // Some 60 were due while it stalled. Had each been timed from when it left, 2 would tell of it.
    const slow = run.books
      .latencies()
      .buckets()
      .filter(([upToMs]) => upToMs > STALL_MS / 6)
      .reduce((sum, [, count]) => sum + count, 0);
    expect(slow).toBeGreaterThan(30);
    expect(figures.latencyMs.max).toBeGreaterThan(STALL_MS * 0.9);
  });

  test('what is answered after the timeout, from when it was due, is late', async () => {
    const { origin } = await httpServer((request, response) => {
      void receive(request).then(() => setTimeout(() => response.end(), 60));
    });
    const options = { everyMs: 10, count: 30, connections: 1, policy: { timeoutMs: 300 } };
    const { figures } = await load(origin, options);
    expect(figures.requests).toBe(30);
    expect(figures.late).toBeGreaterThan(0);
    const { unsent = 0, timeout = 0 } = figures.failures;
    expect(figures.failed).toBe(figures.late + unsent + timeout);
    expect(isBalanced(figures)).toBe(true);
  });

  test('what never finds a place is unsent, and counts', async () => {
    const { origin, received } = await (async () => {
      const bodies: { readonly body: Buffer }[] = [];
      const server = await httpServer((request) => {
        void receive(request).then((one) => bodies.push(one));
      });
      return { ...server, received: bodies };
    })();
    const options = { everyMs: 10, count: 30, connections: 1, policy: { timeoutMs: 200 } };
    const { figures } = await load(origin, options);
    expect(figures.requests).toBe(30);
    expect(figures.ends.unknown).toBe(received.length);
    expect(figures.failures.unsent).toBe(30 - received.length);
    expect(isBalanced(figures)).toBe(true);
  });

  test('idle connections that the receiver closes are no failures', async () => {
    let answered = 0;
    const { origin, connections } = await httpServer((request, response) => {
      void receive(request).then(() => {
        answered += 1;
        response.end();
        response.socket?.end();
      });
    });
    const { figures } = await load(origin, { everyMs: 150, count: 6, connections: 1 });
    expect(figures).toMatchObject({ requests: 6, statuses: { 200: 6 }, failures: {} });
    expect(answered).toBe(6);
    expect(connections()).toBeGreaterThan(4);
  });
});

describe('a receiver that closes connections without saying so', () => {
  const closing = async (
    isClosed: (id: string, answered: number) => 'after' | 'instead' | 'no',
  ) => {
    const ids: string[] = [];
    const { origin } = await httpServer((request, response) => {
      void receive(request).then(({ body }) => {
        const id = idIn(body);
        ids.push(id);
        const how = isClosed(id, ids.length);
        if (how === 'instead') response.socket?.end();
        else response.end('ok', () => (how === 'after' ? response.socket?.end() : undefined));
      });
    });
    return { origin, ids };
  };

  test.each([
    ['one at a time', { connections: 4 }],
    ['pipelined', { connections: 2, pipelining: 8 }],
    ['at a rate', { connections: 4, everyMs: 2 }],
  ])('after each answer, %s: none has failed, none is sent twice', async (_name, options) => {
    const { origin, ids } = await closing(() => 'after');
    const { figures } = await load(origin, {
      count: 100,
      policy: { timeoutMs: 20_000 },
      ...options,
    });
    expect(figures).toMatchObject({ requests: 100, statuses: { 200: 100 }, failures: {} });
    expect(figures.resent).toBeLessThanOrEqual(options.connections * 8);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeLessThanOrEqual(100 + figures.resent);
    expect(isBalanced(figures)).toBe(true);
  });

  test('after some answers: connections are used as often as that', async () => {
    const { origin } = await closing((_id, answered) => (answered % 10 === 0 ? 'after' : 'no'));
    const { figures } = await load(origin, { count: 100, connections: 1 });
    expect(figures).toMatchObject({ requests: 100, statuses: { 200: 100 }, failures: {} });
    expect(figures.resent).toBeLessThanOrEqual(1);
  });

  test('in place of answers: those have failed', async () => {
    const { origin } = await closing((_id, answered) => (answered <= 5 ? 'no' : 'instead'));
    const { figures } = await load(origin, { count: 60, connections: 2 });
    expect(figures.requests).toBe(60);
    expect(figures.failures.reset).toBe(55);
    expect(isBalanced(figures)).toBe(true);
  });
});
