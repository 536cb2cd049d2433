import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { deferred } from '../../simulator/core/deferred.js';
import { HookproofError } from '../../simulator/core/errors.js';
import { createRandom } from '../../simulator/core/random.js';
import { createHttpTransport } from '../../simulator/sender/http.js';
import { createTargetGuard } from '../../simulator/sender/targets.js';
import { BODY_KEPT_BYTES } from '../../simulator/sender/transport.js';
import type { Exchange } from '../../simulator/sender/transport.js';
import { certificate, privateKey } from './self-signed.js';
import {
  closedPort,
  deliveryTo,
  httpServer,
  localGuard,
  recorder,
  resultOf,
  serving,
  tape,
  tcpServer,
} from './servers.js';

const transport = createHttpTransport({ guard: localGuard, insecure: false });

const detailOf = ({ outcome }: Exchange): string =>
  outcome.kind === 'failure' ? outcome.detail : '';

const hasIpv6 = await new Promise<boolean>((resolve) => {
  const server = createTcpServer()
    .once('error', () => resolve(false))
    .listen(0, '::1', () => server.close(() => resolve(true)));
});

describe('the body', () => {
  test.each([
    ['random bytes', createRandom(1).bytes(10_000)],
    ['each byte once', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
    ['nothing', new Uint8Array()],
    ['1 MiB', createRandom(2).bytes(1 << 20)],
    ['a part of a larger buffer', Buffer.from('xxa.b.cxx').subarray(2, 7)],
  ])('arrives byte for byte: %s', async (_what, body) => {
    const server = await recorder();
    const exchange = await transport.send(deliveryTo(server.origin, { body }));
    expect(resultOf(exchange)).toBe(200);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.body.equals(body)).toBe(true);
  });

  test.each([
    ['POST', 0, '0'],
    ['POST', 5, '5'],
    ['PUT', 0, '0'],
    ['GET', 0, undefined],
    ['HEAD', 0, undefined],
  ])('of %s with %i bytes has the Content-Length %s', async (method, length, expected) => {
    const server = await recorder();
    await transport.send(deliveryTo(server.origin, { method, body: new Uint8Array(length) }));
    const headers = server.received[0]?.rawHeaders ?? [];
    const at = headers.findIndex((name) => name.toLowerCase() === 'content-length');
    expect(at === -1 ? undefined : headers[at + 1]).toBe(expected);
    expect(headers.join().toLowerCase()).not.toContain('transfer-encoding');
  });
});

describe('the head', () => {
  test('has the headers in the given order and spelling, twice if given twice', async () => {
    const server = await tape();
    const headers = [
      ['X-Second', '2'],
      ['content-TYPE', 'application/jwt'],
      ['x-first', '1'],
      ['X-Second', 'again'],
      ['User-Agent', 'a b;c'],
    ] as const;
    await transport.send(deliveryTo(server.origin, { headers }));
    expect(server.text()).toContain(
      headers.map(([name, value]) => `${name}: ${value}\r\n`).join(''),
    );
  });

  test('has no header that nobody asked for but host, connection and length', async () => {
    const server = await recorder();
    await transport.send(deliveryTo(server.origin, { headers: [] }));
    const names = server.received[0]?.rawHeaders.filter((_, index) => index % 2 === 0);
    expect(names?.map((name) => name.toLowerCase()).toSorted()).toEqual([
      'connection',
      'content-length',
      'host',
    ]);
  });

  test.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'has the method %s',
    async (method) => {
      const server = await recorder();
      await transport.send(deliveryTo(server.origin, { method, body: new Uint8Array() }));
      expect(server.received.map((one) => one.method)).toEqual([method]);
    },
  );

  test.each([
    ['', '/'],
    ['/', '/'],
    ['?x=1', '/?x=1'],
    ['//hook', '//hook'],
    ['/%68ook', '/%68ook'],
    ['/./hook', '/./hook'],
    ['/a/../hook', '/a/../hook'],
    ['/hook;x=1', '/hook;x=1'],
    ['/hook/', '/hook/'],
    ['/hook?', '/hook?'],
    ['/hook?a=b?c#part', '/hook?a=b?c'],
    ['/HOOK%2fA', '/HOOK%2fA'],
    ['/a b/ñ/🎉', '/a%20b/%C3%B1/%F0%9F%8E%89'],
    ["/'<>{}|^`", "/'<>{}|^`"],
    ['/a:b@c', '/a:b@c'],
  ])('has the path of “%s” as %s', async (path, expected) => {
    const server = await recorder();
    const exchange = await transport.send(deliveryTo(`${server.origin}${path}`));
    expect(resultOf(exchange)).toBe(200);
    expect(server.received.map(({ url }) => url)).toEqual([expected]);
  });

  test('has the path of a URL with blanks around it', async () => {
    const server = await recorder();
    await transport.send(deliveryTo(` ${server.origin}/hook \n`));
    expect(server.received.map(({ url }) => url)).toEqual(['/hook']);
  });

  test('names host and port, and neither user nor password', async () => {
    const server = await recorder();
    await transport.send(deliveryTo(`http://me:secret@127.0.0.1:${server.port}/hook`));
    const [one] = server.received;
    expect(one?.rawHeaders.join()).toContain(`127.0.0.1:${server.port}`);
    expect(one?.rawHeaders.join()).not.toContain('secret');
    expect(one?.url).toBe('/hook');
  });

  test.runIf(hasIpv6)('reaches an IPv6 address in brackets', async () => {
    const server = await recorder({ host: '::1' });
    const exchange = await transport.send(deliveryTo(`http://[::1]:${server.port}/hook`));
    expect(resultOf(exchange)).toBe(200);
    expect(server.received[0]?.rawHeaders.join()).toContain(`[::1]:${server.port}`);
  });

  test.each([
    ['http:', 80],
    ['https:', 443],
  ])('goes to the default port of %s', async (scheme, port) => {
    const seen: string[] = [];
    const guarded = createHttpTransport({
      guard: async (url) => {
        seen.push(url.host);
        throw new HookproofError('target_refused', 'no', 'no');
      },
      insecure: false,
    });
    const sending = guarded.send(deliveryTo(`${scheme}//127.0.0.1:${port}/hook`));
    await expect(sending).rejects.toMatchObject({ code: 'target_refused' });
    expect(seen).toEqual(['127.0.0.1']);
  });

  test.each([
    ['a line feed in a value', ['X-A', 'b\nc']],
    ['a blank in a name', ['X A', 'b']],
    ['a body of two lengths', ['Content-Length', '77']],
  ] as const)('that cannot be sent is a protocol failure: %s', async (_what, header) => {
    const server = await recorder();
    const exchange = await transport.send(deliveryTo(server.origin, { headers: [header] }));
    expect(resultOf(exchange)).toBe('protocol');
    expect(server.received).toHaveLength(0);
  });
});

describe('the answer', () => {
  test.each([200, 201, 204, 299, 304, 400, 401, 404, 409, 418, 429, 500, 503, 599])(
    'has status %i',
    async (status) => {
      const server = await httpServer((_request, response) => response.writeHead(status).end());
      const exchange = await transport.send(deliveryTo(server.origin));
      expect(exchange.outcome).toEqual({ kind: 'response', status, redirects: 0 });
    },
  );

  test('has its headers in lower case and its body', async () => {
    const server = await httpServer((_request, response) => {
      response.writeHead(200, { 'X-Some-Thing': 'A', 'Set-Cookie': ['a=1', 'b=2'] });
      response.end('said');
    });
    const exchange = await transport.send(deliveryTo(server.origin));
    expect(exchange.headers).toMatchObject({ 'x-some-thing': 'A', 'set-cookie': 'a=1, b=2' });
    expect(Buffer.from(exchange.body).toString()).toBe('said');
    expect(exchange.latencyMs).toBeGreaterThan(0);
  });

  test.each([
    ['as long as it is', BODY_KEPT_BYTES - 1, BODY_KEPT_BYTES - 1],
    ['just whole', BODY_KEPT_BYTES, BODY_KEPT_BYTES],
    ['cut', BODY_KEPT_BYTES + 1, BODY_KEPT_BYTES],
    ['cut, of 3 MiB', 3 << 20, BODY_KEPT_BYTES],
  ])('has a body %s', async (_what, length, kept) => {
    const server = await httpServer((_request, response) => response.end('x'.repeat(length)));
    const exchange = await transport.send(deliveryTo(server.origin));
    expect(resultOf(exchange)).toBe(200);
    expect(exchange.body).toHaveLength(kept);
  });

  test('has a longer body where more is asked for', async () => {
    const server = await httpServer((_request, response) => response.end('x'.repeat(1 << 20)));
    const request = deliveryTo(server.origin, { bodyKeptBytes: 1_000_000 });
    const exchange = await transport.send(request);
    expect(exchange.body).toHaveLength(1_000_000);
  });

  test('is the final one, not the interim one before it', async () => {
    const server = await tape(
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n',
    );
    expect(resultOf(await transport.send(deliveryTo(server.origin)))).toBe(201);
  });

  test('may be chunked', async () => {
    const server = await tape(
      'HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\no\r\n1\r\nk\r\n0\r\n\r\n',
    );
    const exchange = await transport.send(deliveryTo(server.origin));
    expect(resultOf(exchange)).toBe(202);
    expect(Buffer.from(exchange.body).toString()).toBe('ok');
  });

  test('may be HTTP/1.0, ended by the end of the connection', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.0 201 Created\r\n\r\nold but good'));
    });
    const exchange = await transport.send(deliveryTo(server.origin));
    expect(resultOf(exchange)).toBe(201);
    expect(Buffer.from(exchange.body).toString()).toBe('old but good');
  });

  test('is heard on a connection that the server wants to keep', async () => {
    const server = await recorder();
    expect(resultOf(await transport.send(deliveryTo(server.origin)))).toBe(200);
    expect(resultOf(await transport.send(deliveryTo(server.origin)))).toBe(200);
    expect(server.connections()).toBe(2);
  });
});

describe('redirects', () => {
  const hops = async (status: number, locations: readonly string[]) => {
    const seen: { method: string | undefined; url: string | undefined; body: string }[] = [];
    const server = await httpServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const location = locations[seen.length];
        const { method, url } = request;
        seen.push({ method, url, body: Buffer.concat(chunks).toString() });
        if (location === undefined) response.end('there');
        else response.writeHead(status, { Location: location }).end();
      });
    });
    return { server, seen };
  };

  test.each([301, 302, 303, 307, 308])(
    'are not followed when none is wanted: %i is the answer',
    async (status) => {
      const { server, seen } = await hops(status, ['/next']);
      const exchange = await transport.send(deliveryTo(server.origin));
      expect(exchange.outcome).toEqual({ kind: 'response', status, redirects: 0 });
      expect(exchange.headers['location']).toBe('/next');
      expect(seen).toHaveLength(1);
    },
  );

  test.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'a.b.c'],
    [308, 'POST', 'a.b.c'],
  ])('of status %i come again as %s with the body “%s”', async (status, method, body) => {
    const { server, seen } = await hops(status, ['/next?a=b']);
    const exchange = await transport.send(deliveryTo(server.origin, { redirectsMax: 3 }));
    expect(exchange.outcome).toEqual({ kind: 'response', status: 200, redirects: 1 });
    expect(seen[1]).toEqual({ method, url: '/next?a=b', body });
  });

  test('are counted up to the maximum', async () => {
    const { server } = await hops(307, ['/1', '2', '//127.0.0.1:1/x']);
    const exchange = await transport.send(deliveryTo(server.origin, { redirectsMax: 2 }));
    expect(exchange.outcome).toEqual({
      kind: 'failure',
      failure: 'redirects',
      detail: 'more than 2 redirects',
    });
  });

  test('as many as the maximum are followed', async () => {
    const { server, seen } = await hops(307, ['/a/1', '2']);
    const exchange = await transport.send(deliveryTo(server.origin, { redirectsMax: 2 }));
    expect(exchange.outcome).toEqual({ kind: 'response', status: 200, redirects: 2 });
    expect(seen.map(({ url }) => url)).toEqual(['/', '/a/1', '/a/2']);
  });

  test('in a circle end at the maximum', async () => {
    const { server, seen } = await hops(
      308,
      Array.from({ length: 50 }, () => '/'),
    );
    const exchange = await transport.send(deliveryTo(server.origin, { redirectsMax: 5 }));
    expect(resultOf(exchange)).toBe('redirects');
    expect(seen).toHaveLength(6);
  });

  test('without a Location are the answer', async () => {
    const server = await httpServer((_request, response) => response.writeHead(302).end());
    const exchange = await transport.send(deliveryTo(server.origin, { redirectsMax: 3 }));
    expect(resultOf(exchange)).toBe(302);
  });

  test.each([
    ['http://8.8.8.8/hook', /8\.8\.8\.8/],
    ['http://[2001:4860:4860::8888]/', /2001:4860:4860::8888/],
    ['ftp://127.0.0.1/hook', /ftp:/],
    ['file:///etc/passwd', /file:/],
    ['http://', /Location/],
  ])('to %s are a failure, not the end of the run', async (location, detail) => {
    const { server, seen } = await hops(307, [location]);
    const exchange = await transport.send(deliveryTo(server.origin, { redirectsMax: 3 }));
    expect(resultOf(exchange)).toBe('redirects');
    expect(detailOf(exchange)).toMatch(detail);
    expect(seen).toHaveLength(1);
  });

  test('to where nothing listens are the receiver’s failure: it was reached itself', async () => {
    const { server, seen } = await hops(307, [`http://127.0.0.1:${await closedPort()}/hook`]);
    const exchange = await transport.send(deliveryTo(server.origin, { redirectsMax: 3 }));
    expect(resultOf(exchange)).toBe('redirects');
    expect(detailOf(exchange)).toMatch(/^redirected to http:\/\/127\.0\.0\.1:\d+, .*ECONNREFUSED/);
    expect(seen).toHaveLength(1);
  });

  test('are vetted hop by hop', async () => {
    const asked: string[] = [];
    const guarded = createHttpTransport({
      guard: async (url) => {
        asked.push(url.pathname);
        return localGuard(url);
      },
      insecure: false,
    });
    const { server } = await hops(302, ['/1', '/2']);
    await guarded.send(deliveryTo(server.origin, { redirectsMax: 3 }));
    expect(asked).toEqual(['/', '/1', '/2']);
  });

  test('of the target itself to a stranger refuse the target', async () => {
    await expect(transport.send(deliveryTo('http://8.8.8.8/hook'))).rejects.toMatchObject({
      name: 'HookproofError',
      code: 'target_refused',
    });
  });
});

describe('a failure', () => {
  test('is refused: nothing listens', async () => {
    const exchange = await transport.send(deliveryTo(`http://127.0.0.1:${await closedPort()}/`));
    expect(resultOf(exchange)).toBe('refused');
    expect(detailOf(exchange)).toMatch(/ECONNREFUSED/);
    expect(exchange.headers).toEqual({});
    expect(exchange.body).toHaveLength(0);
  });

  test('is refused: nothing listens at any address of a name', async () => {
    const exchange = await transport.send(deliveryTo(`http://localhost:${await closedPort()}/`));
    expect(resultOf(exchange)).toBe('refused');
  });

  test.each([
    ['at once', (socket: Socket) => socket.destroy()],
    ['with a reset, at once', (socket: Socket) => socket.resetAndDestroy()],
    ['at the first byte', (socket: Socket) => socket.once('data', () => socket.destroy())],
    ['at the end, without an answer', (socket: Socket) => socket.once('data', () => socket.end())],
    [
      'with a reset, at the first byte',
      (socket: Socket) => socket.once('data', () => socket.resetAndDestroy()),
    ],
    [
      'in the middle of the head',
      (socket: Socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-')),
    ],
    [
      'in the middle of the body',
      (socket: Socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc')),
    ],
    [
      'in the middle of a chunk',
      (socket: Socket) =>
        socket.once('data', () =>
          socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc'),
        ),
    ],
  ])('is a reset: the server closes %s', async (_what, behave) => {
    const server = await tcpServer((socket) => {
      behave(socket);
    });
    expect(resultOf(await transport.send(deliveryTo(server.origin)))).toBe('reset');
  });

  test('is dns: the name is unknown', async () => {
    const exchange = await transport.send(deliveryTo('http://receiver.invalid/hook'));
    expect(resultOf(exchange)).toBe('dns');
  });

  test.each([
    ['garbage', '\x15\x03\x01\x00\x02\x02\x16\r\n\r\n'],
    ['another protocol', '220 mail.example ESMTP\r\n'],
    ['a status that is no number', 'HTTP/1.1 abc OK\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a chunk of no size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('is a protocol fault: the server says %s', async (_what, answer) => {
    const server = await tape(answer);
    expect(resultOf(await transport.send(deliveryTo(server.origin)))).toBe('protocol');
  });

  test('is tls: the server speaks plain HTTP', async () => {
    const server = await recorder();
    const exchange = await transport.send(deliveryTo(`https://127.0.0.1:${server.port}/`));
    expect(resultOf(exchange)).toBe('tls');
  });

  test('is tls: the certificate is self-signed', async () => {
    const server = await serving(createHttpsServer({ cert: certificate, key: privateKey }));
    const exchange = await transport.send(deliveryTo(`https://127.0.0.1:${server.port}/`));
    expect(resultOf(exchange)).toBe('tls');
    expect(detailOf(exchange)).toMatch(/self-signed/);
  });

  test.each(['localhost', '127.0.0.1'])(
    'is none: any certificate of %s is taken when asked to',
    async (host) => {
      const server = await serving(
        createHttpsServer({ cert: certificate, key: privateKey }, (_request, response) =>
          response.end('ok'),
        ),
      );
      const insecure = createHttpTransport({ guard: localGuard, insecure: true });
      const exchange = await insecure.send(deliveryTo(`https://${host}:${server.port}/`));
      expect(resultOf(exchange)).toBe(200);
    },
  );

  test('never holds the body', async () => {
    const body = Buffer.from('eyJ.secret.token');
    const server = await tcpServer((socket) => socket.destroy());
    const exchange = await transport.send(deliveryTo(server.origin, { body }));
    expect(JSON.stringify(exchange)).not.toContain('secret');
  });
});

describe('a timeout', () => {
  test.each([
    ['never answers', () => undefined],
    [
      'stops in the middle of the head',
      (socket: Socket) => socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nConten')),
    ],
    [
      'stops in the middle of the body',
      (socket: Socket) =>
        socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc')),
    ],
    [
      'sends a body without end',
      (socket: Socket) =>
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          const chunk = Buffer.alloc(16_384, 'x');
          const more = (): void => {
            while (!socket.destroyed && socket.write(chunk));
          };
          socket.on('drain', more);
          more();
        }),
    ],
    [
      'sends a byte now and then',
      (socket: Socket) =>
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          const timer = setInterval(() => socket.write('x'), 20);
          socket.once('close', () => clearInterval(timer));
        }),
    ],
  ])('ends an exchange with a server that %s', async (_what, behave) => {
    const server = await tcpServer((socket) => {
      behave(socket);
    });
    const exchange = await transport.send(deliveryTo(server.origin, { timeoutMs: 150 }));
    expect(exchange.outcome).toEqual({
      kind: 'failure',
      failure: 'timeout',
      detail: 'no complete answer within 150 ms',
    });
    expect(exchange.latencyMs).toBeGreaterThanOrEqual(145);
    expect(exchange.latencyMs).toBeLessThan(1500);
  });

  test('runs from the standing connection, and so does the latency', async () => {
    const server = await recorder();
    const slow = createHttpTransport({
      guard: async (url) => {
        await sleep(1100);
        return localGuard(url);
      },
      insecure: false,
    });
    const exchange = await slow.send(deliveryTo(server.origin, { timeoutMs: 1000 }));
    expect(resultOf(exchange)).toBe(200);
    expect(exchange.latencyMs).toBeLessThan(1000);
  });

  test('closes the connection', async () => {
    const closed = deferred<undefined>();
    const server = await tcpServer((socket) => {
      socket.resume().once('close', () => closed.resolve(undefined));
    });
    await transport.send(deliveryTo(server.origin, { timeoutMs: 50 }));
    await closed.promise;
  });
});

describe('a large body that the server does not want', () => {
  const body = createRandom(3).bytes(8 << 20);

  test.each([
    ['answers 413 and closes', { Connection: 'close' }],
    ['answers 413 and keeps the connection', { 'Content-Length': '0' }],
  ])('does not hang a server that %s', async (_what, headers) => {
    const server = await httpServer((_request, response) => response.writeHead(413, headers).end());
    const exchange = await transport.send(deliveryTo(server.origin, { body, timeoutMs: 5000 }));
    expect([413, 'reset']).toContain(resultOf(exchange));
    expect(exchange.latencyMs).toBeLessThan(4000);
  });

  test('does not hang a server that reads no further', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n');
      });
    });
    const exchange = await transport.send(deliveryTo(server.origin, { body, timeoutMs: 5000 }));
    expect(resultOf(exchange)).toBe(413);
    expect(exchange.latencyMs).toBeLessThan(4000);
  });

  test('does not hang a server that cuts the connection', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => socket.destroy());
    });
    const exchange = await transport.send(deliveryTo(server.origin, { body, timeoutMs: 5000 }));
    expect(resultOf(exchange)).toBe('reset');
  });
});

describe('a sequence', () => {
  const requestsTo = (origin: string) =>
    Array.from({ length: 20 }, (_, index) =>
      deliveryTo(`${origin}/${index}`, { body: Buffer.from(`body ${index}`) }),
    );

  test('goes over one connection, in order', async () => {
    const server = await recorder();
    const exchanges = await transport.sendInSequence(requestsTo(server.origin));
    expect(exchanges.map(resultOf)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(server.connections()).toBe(1);
    expect(server.received.map(({ url }) => url)).toEqual(exchanges.map((_, index) => `/${index}`));
  });

  test('connects again to a server that closes after each answer', async () => {
    const server = await httpServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200, { Connection: 'close' }).end('ok'));
    });
    const exchanges = await transport.sendInSequence(requestsTo(server.origin));
    expect(exchanges.map(resultOf)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(server.connections()).toBe(20);
  });

  test('connects again to a server that closes without a word', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    });
    const exchanges = await transport.sendInSequence(requestsTo(server.origin));
    expect(exchanges.map(resultOf)).toEqual(Array.from({ length: 20 }, () => 200));
  });

  test('sends again what met a connection that was being closed', async () => {
    const random = createRandom(4);
    const taken: string[] = [];
    const server = await httpServer((request, response) => {
      request.resume().on('end', () => {
        taken.push(request.url ?? '');
        response.end('ok', () => {
          const { socket } = request;
          const closing = random.integer(0, 3);
          if (closing === 0) socket.end();
          if (closing === 1) socket.resetAndDestroy();
          if (closing === 2) setImmediate(() => socket.destroy());
        });
      });
    });
    const exchanges = await transport.sendInSequence(requestsTo(server.origin));
    expect(exchanges.map(resultOf)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(taken).size).toBe(20);
  });

  test('does not send again what the server let fall on purpose', async () => {
    let taken = 0;
    const server = await httpServer((request) => {
      taken++;
      request.socket.destroy();
    });
    const [first] = await transport.sendInSequence([deliveryTo(server.origin)]);
    expect(first === undefined ? undefined : resultOf(first)).toBe('reset');
    expect(taken).toBe(1);
  });

  test('goes on after a timeout', async () => {
    const server = await httpServer((request, response) => {
      if (request.url !== '/1') response.end('ok');
    });
    const requests = requestsTo(server.origin).slice(0, 3);
    const exchanges = await transport.sendInSequence(
      requests.map((request) => ({ ...request, timeoutMs: 200 })),
    );
    expect(exchanges.map(resultOf)).toEqual([200, 'timeout', 200]);
  });

  test('of nothing is nothing', async () => {
    expect(await transport.sendInSequence([])).toEqual([]);
  });

  test('to nobody fails each time', async () => {
    const origin = `http://127.0.0.1:${await closedPort()}`;
    const exchanges = await transport.sendInSequence(requestsTo(origin).slice(0, 3));
    expect(exchanges.map(resultOf)).toEqual(['refused', 'refused', 'refused']);
  });

  test('follows no redirects', async () => {
    const server = await httpServer((_request, response) =>
      response.writeHead(307, { Location: '/next' }).end(),
    );
    const [first] = await transport.sendInSequence([deliveryTo(server.origin)]);
    expect(first === undefined ? undefined : resultOf(first)).toBe(307);
  });
});

test('many deliveries at once all arrive', async () => {
  const server = await recorder();
  const exchanges = await Promise.all(
    Array.from({ length: 64 }, async (_, index) =>
      transport.send(deliveryTo(`${server.origin}/${index}`, { timeoutMs: 10_000 })),
    ),
  );
  expect(exchanges.every((one) => resultOf(one) === 200)).toBe(true);
  expect(new Set(server.received.map(({ url }) => url)).size).toBe(64);
});

test('a name is looked up through the guard’s mapping', async () => {
  const server = await recorder();
  const mapped = createHttpTransport({
    guard: createTargetGuard({
      allowedHosts: [],
      resolve: { [`receiver.example:${server.port}`]: '127.0.0.1' },
    }),
    insecure: false,
  });
  const exchange = await mapped.send(deliveryTo(`http://receiver.example:${server.port}/hook`));
  expect(resultOf(exchange)).toBe(200);
  expect(server.received[0]?.rawHeaders.join()).toContain(`receiver.example:${server.port}`);
});

test('an HTTP server with default settings is spoken to correctly', async () => {
  const bad: string[] = [];
  const server = createHttpServer((request, response) => {
    request.resume().on('end', () => response.end('ok'));
  });
  server.on('clientError', (error) => bad.push(error.message));
  const { origin } = await serving(server);
  await transport.send(deliveryTo(origin));
  expect(bad).toEqual([]);
});
