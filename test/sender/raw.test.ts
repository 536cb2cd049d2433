import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createRandom } from '../../simulator/core/random.js';
import { requestHead } from '../../simulator/sender/raw-request.js';
import { createRawSender } from '../../simulator/sender/raw.js';
import type { RawRequest } from '../../simulator/sender/raw.js';
import { BODY_KEPT_BYTES } from '../../simulator/sender/transport.js';
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

const raw = createRawSender({ guard: localGuard, insecure: false });

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Raw bytes for `url`; a whole small POST unless told otherwise. */
const bytesTo = (url: string, changes: Partial<RawRequest> = {}): RawRequest => ({
  url,
  method: 'POST',
  chunks: [
    bytes(requestHead({ url, method: 'POST', headers: [['Content-Length', '5']] })),
    bytes('a.b.c'),
  ],
  then: 'await-answer',
  timeoutMs: 2000,
  ...changes,
});

const chunkedHead = (url: string): Uint8Array =>
  bytes(requestHead({ url, method: 'POST', headers: [['Transfer-Encoding', 'chunked']] }));

describe('requestHead', () => {
  test('is the request line, Host, the headers as given and an empty line', () => {
    const head = requestHead({
      url: 'http://localhost:3000//hook;x=1?a=b#part',
      method: 'POST',
      headers: [
        ['content-TYPE', 'application/jwt'],
        ['X-A', '1'],
        ['X-A', '2'],
      ],
    });
    expect(head).toBe(
      'POST //hook;x=1?a=b HTTP/1.1\r\nHost: localhost:3000\r\ncontent-TYPE: application/jwt\r\nX-A: 1\r\nX-A: 2\r\n\r\n',
    );
  });

  test.each([
    ['http://localhost/', 'localhost'],
    ['http://localhost:80/', 'localhost'],
    ['https://localhost:443/', 'localhost'],
    ['http://localhost:443/', 'localhost:443'],
    ['http://[::1]:8080/', '[::1]:8080'],
    ['http://me:secret@localhost/', 'localhost'],
  ])('of %s names the host %s', (url, host) => {
    expect(requestHead({ url, method: 'POST', headers: [] })).toBe(
      `POST / HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    );
  });
});

describe('write', () => {
  test('sends the bytes and no others', async () => {
    const server = await tape();
    const chunks = [
      bytes('POST / HTTP/1.1\r\nhost:\tx\r\n'),
      bytes('Content-Length: 3\r\n\r\n\x00\xff\x80'),
    ];
    const exchange = await raw.write(bytesTo(server.origin, { chunks }));
    expect(resultOf(exchange)).toBe(200);
    expect(server.text()).toBe(Buffer.concat(chunks).toString('latin1'));
  });

  test('sends a body in chunks of one byte, with extensions and a trailer', async () => {
    const server = await recorder();
    const body = createRandom(5).bytes(500);
    const chunks = [
      chunkedHead(server.origin),
      ...[...body].map((byte) =>
        Buffer.concat([bytes('1;a=b\r\n'), Buffer.of(byte), bytes('\r\n')]),
      ),
      bytes('0;last\r\nX-Trailer: 1\r\n\r\n'),
    ];
    const exchange = await raw.write(bytesTo(server.origin, { chunks }));
    expect(resultOf(exchange)).toBe(200);
    expect(server.received.map((one) => one.body.equals(body))).toEqual([true]);
  });

  test('ends before the last chunk, and the server never sees a whole request', async () => {
    const server = await recorder();
    const chunks = [chunkedHead(server.origin), bytes('5\r\na.b.c\r\n')];
    const exchange = await raw.write(bytesTo(server.origin, { chunks, then: 'end' }));
    expect(['reset', 400]).toContain(resultOf(exchange));
    expect(server.received).toHaveLength(0);
  });

  test('ends in the middle of a body, and the server never sees a whole request', async () => {
    const server = await recorder();
    const [head = bytes('')] = bytesTo(server.origin).chunks;
    const exchange = await raw.write(
      bytesTo(server.origin, { chunks: [head, bytes('a.b')], then: 'end' }),
    );
    expect(['reset', 400]).toContain(resultOf(exchange));
    expect(server.received).toHaveLength(0);
  });

  test('hears an answer after its own end', async () => {
    const server = await recorder();
    expect(resultOf(await raw.write(bytesTo(server.origin, { then: 'end' })))).toBe(200);
  });

  test('hears the answer to a large body that is not wanted', async () => {
    const server = await httpServer((_request, response) =>
      response.writeHead(413, { Connection: 'close' }).end(),
    );
    const size = 8 << 20;
    const head = requestHead({
      url: server.origin,
      method: 'POST',
      headers: [['Content-Length', String(size)]],
    });
    const exchange = await raw.write(
      bytesTo(server.origin, { chunks: [bytes(head), new Uint8Array(size)], timeoutMs: 5000 }),
    );
    expect([413, 'reset']).toContain(resultOf(exchange));
    expect(exchange.latencyMs).toBeLessThan(4000);
  });

  test.each(['localhost', '127.0.0.1'])('speaks TLS to %s, without a warning', async (host) => {
    const warnings: string[] = [];
    const note = (warning: Error): number => warnings.push(warning.message);
    process.on('warning', note);
    onTestFinished(() => {
      process.off('warning', note);
    });
    const server = await serving(
      createHttpsServer({ cert: certificate, key: privateKey }, (_request, response) =>
        response.end('ok'),
      ),
    );
    const url = `https://${host}:${server.port}/`;
    const insecure = createRawSender({ guard: localGuard, insecure: true });
    expect(resultOf(await insecure.write(bytesTo(url)))).toBe(200);
    expect(resultOf(await raw.write(bytesTo(url)))).toBe('tls');
    await new Promise(setImmediate);
    expect(warnings).toEqual([]);
  });

  test('does not write to a stranger', async () => {
    await expect(raw.write(bytesTo('http://8.8.8.8/'))).rejects.toMatchObject({
      code: 'target_refused',
    });
  });
});

describe('an answer', () => {
  test.each([
    [
      'in chunks',
      'HTTP/1.1 202 A\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\no\r\n1\r\nk\r\n0\r\nX-T: 1\r\n\r\n',
    ],
    ['with a length', 'HTTP/1.1 202 A\r\nContent-Length: 2\r\n\r\nok'],
    [
      'after 100 Continue',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 A\r\nContent-Length: 2\r\n\r\nok',
    ],
    [
      'before a second one',
      'HTTP/1.1 202 A\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 400 B\r\nContent-Length: 0\r\n\r\n',
    ],
  ])('is read: %s', async (_what, answer) => {
    const server = await tape(answer);
    const exchange = await raw.write(bytesTo(server.origin));
    expect(resultOf(exchange)).toBe(202);
    expect(Buffer.from(exchange.body).toString()).toBe('ok');
  });

  test('is read: HTTP/1.0, ended by the end of the connection', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.0 202 A\r\nX-One: 1\r\n\r\nok'));
    });
    const exchange = await raw.write(bytesTo(server.origin));
    expect(resultOf(exchange)).toBe(202);
    expect(exchange.headers['x-one']).toBe('1');
    expect(Buffer.from(exchange.body).toString()).toBe('ok');
  });

  test('is read byte by byte', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', async () => {
        for (const byte of Buffer.from('HTTP/1.1 202 A\r\nContent-Length: 2\r\n\r\nok')) {
          socket.write(Buffer.of(byte));
          await new Promise(setImmediate);
        }
      });
    });
    expect(resultOf(await raw.write(bytesTo(server.origin)))).toBe(202);
  });

  test('is cut where it is long', async () => {
    const server = await httpServer((_request, response) => response.end('x'.repeat(3 << 20)));
    const exchange = await raw.write(bytesTo(server.origin));
    expect(resultOf(exchange)).toBe(200);
    expect(exchange.body).toHaveLength(BODY_KEPT_BYTES);
  });

  test.each([
    ['garbage', '\x15\x03\x01\x00\x02\x02\x16\r\n\r\n'],
    ['another protocol', '220 mail.example ESMTP\r\n'],
    ['a chunk of no size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('that is none is a protocol fault: %s', async (_what, answer) => {
    const server = await tape(answer);
    expect(resultOf(await raw.write(bytesTo(server.origin)))).toBe('protocol');
  });
});

describe('a failure', () => {
  test('is refused: nothing listens', async () => {
    const port = await closedPort();
    expect(resultOf(await raw.write(bytesTo(`http://127.0.0.1:${port}/`)))).toBe('refused');
  });

  test('is dns: the name is unknown', async () => {
    expect(resultOf(await raw.write(bytesTo('http://receiver.invalid/')))).toBe('dns');
  });

  test('is tls: the server speaks plain HTTP', async () => {
    const server = await recorder();
    expect(resultOf(await raw.write(bytesTo(`https://127.0.0.1:${server.port}/`)))).toBe('tls');
  });

  test.each([
    ['at once', (socket: Socket) => socket.destroy()],
    ['at the first byte', (socket: Socket) => socket.once('data', () => socket.destroy())],
    ['with a reset', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['without an answer', (socket: Socket) => socket.once('data', () => socket.end())],
    [
      'in the middle of the head',
      (socket: Socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nConte')),
    ],
    [
      'in the middle of the body',
      (socket: Socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc')),
    ],
  ])('is a reset: the server closes %s', async (_what, behave) => {
    const server = await tcpServer((socket) => {
      behave(socket);
    });
    expect(resultOf(await raw.write(bytesTo(server.origin)))).toBe('reset');
  });

  test.each([
    ['never answers', () => undefined],
    [
      'stops in the middle of the head',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nConten'),
    ],
    [
      'stops in the middle of the body',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'),
    ],
  ])('is a timeout: the server %s', async (_what, behave) => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => behave(socket));
    });
    const exchange = await raw.write(bytesTo(server.origin, { timeoutMs: 150 }));
    expect(exchange.outcome).toEqual({
      kind: 'failure',
      failure: 'timeout',
      detail: 'no complete answer within 150 ms',
    });
    expect(exchange.latencyMs).toBeGreaterThanOrEqual(145);
  });

  test('is a timeout: a body without end, of which little is kept', async () => {
    const server = await tcpServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const chunk = Buffer.alloc(65_536, 'x');
        const more = (): void => {
          while (!socket.destroyed && socket.write(chunk));
        };
        socket.on('drain', more);
        more();
      });
    });
    const before = process.memoryUsage().arrayBuffers;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    }, 10);
    const exchange = await raw.write(bytesTo(server.origin, { timeoutMs: 500 }));
    clearInterval(watch);
    expect(resultOf(exchange)).toBe('timeout');
    expect(most - before).toBeLessThan(64 << 20);
  });

  test('is a timeout: an incomplete request that the server waits for', async () => {
    const server = await recorder();
    const [head = bytes('')] = bytesTo(server.origin).chunks;
    const exchange = await raw.write(
      bytesTo(server.origin, { chunks: [head, bytes('a.b')], timeoutMs: 150 }),
    );
    expect(resultOf(exchange)).toBe('timeout');
    expect(server.received).toHaveLength(0);
  });
});

describe('a race', () => {
  const runners = (origin: string, count: number, timeoutMs = 5000) =>
    Array.from({ length: count }, (_, index) =>
      deliveryTo(`${origin}/${index}`, { body: Buffer.from(`body ${index}`), timeoutMs }),
    );

  test('completes no request before all have begun, and then all at once', async () => {
    const server = await recorder();
    const write = vi.spyOn(Socket.prototype, 'write');
    onTestFinished(() => {
      write.mockRestore();
    });
    const exchanges = await raw.race(runners(server.origin, 20));
    expect(exchanges.map(resultOf)).toEqual(Array.from({ length: 20 }, () => 200));
    // Only the sender writes bytes: Node's server writes text.
    const written = write.mock.calls.map(([part]): unknown => part);
    const lengths = written
      .filter((part) => part instanceof Uint8Array)
      .map(({ length }) => length);
    expect(lengths).toHaveLength(40);
    expect(Math.min(...lengths.slice(0, 20))).toBeGreaterThan(1);
    expect(lengths.slice(20)).toEqual(Array.from({ length: 20 }, () => 1));
  });

  test('sends each body whole, on a connection of its own, with its headers', async () => {
    const server = await recorder();
    await raw.race(runners(server.origin, 5));
    expect(server.connections()).toBe(5);
    expect(server.received.map(({ url, body }) => `${url} ${body.toString()}`).toSorted()).toEqual(
      [0, 1, 2, 3, 4].map((index) => `/${index} body ${index}`),
    );
    expect(server.received[0]?.rawHeaders).toEqual([
      'Host',
      `127.0.0.1:${server.port}`,
      'Content-Type',
      'application/jwt',
      'Content-Length',
      '6',
      'Connection',
      'close',
    ]);
  });

  test('gives the answers in the order of the requests', async () => {
    const server = await httpServer((request, response) => {
      const index = Number(request.url?.slice(1));
      request.resume().on('end', () => {
        setTimeout(() => response.writeHead(200 + index).end(), (4 - index) * 10);
      });
    });
    const exchanges = await raw.race(runners(server.origin, 4));
    expect(exchanges.map(resultOf)).toEqual([200, 201, 202, 203]);
  });

  test('of empty bodies, of one and of none works', async () => {
    const server = await recorder();
    const empty = runners(server.origin, 3).map((one) => ({ ...one, body: new Uint8Array() }));
    expect((await raw.race(empty)).map(resultOf)).toEqual([200, 200, 200]);
    expect((await raw.race(runners(server.origin, 1))).map(resultOf)).toEqual([200]);
    expect(await raw.race([])).toEqual([]);
  });

  test('works with a server in this process whose backlog is 1', async () => {
    const server = await recorder({ backlog: 1 });
    const exchanges = await raw.race(runners(server.origin, 20));
    expect(exchanges.map(resultOf)).toEqual(Array.from({ length: 20 }, () => 200));
  });

  const python = spawnSync('python3', ['--version']).status === 0;

  test.skipIf(!python)(
    `works with a server that takes one connection at a time${python ? '' : ': no python3'}`,
    async () => {
      const program = `
import http.server

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(200)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def log_message(self, *args):
        pass

class Server(http.server.HTTPServer):
    request_queue_size = 1

server = Server(('127.0.0.1', 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
`;
      const child = spawn('python3', ['-c', program], { stdio: ['ignore', 'pipe', 'inherit'] });
      onTestFinished(() => {
        child.kill();
      });
      const [port] = (await once(child.stdout, 'data')) as [Buffer];
      const exchanges = await raw.race(
        runners(`http://127.0.0.1:${Number(port.toString())}`, 6, 10_000),
      );
      expect(exchanges.map(resultOf)).toEqual(Array.from({ length: 6 }, () => 200));
    },
  );

  test('is lost by nobody when some cannot connect', async () => {
    const server = await recorder();
    const dead = `http://127.0.0.1:${await closedPort()}`;
    const exchanges = await raw.race([...runners(server.origin, 2), ...runners(dead, 1)]);
    expect(exchanges.map(resultOf)).toEqual([200, 200, 'refused']);
  });

  test('does not wait for who cannot connect', async () => {
    const server = await recorder();
    const dead = `http://127.0.0.1:${await closedPort()}`;
    const tookMs: number[] = [];
    for (let race = 0; race < 5; race++) {
      const since = performance.now();
      await raw.race([...runners(server.origin, 2), ...runners(dead, 1)]);
      tookMs.push(performance.now() - since);
    }
    // One of them on a machine that is not busy.
    expect(Math.min(...tookMs)).toBeLessThan(200);
  });

  test('goes on when the server cuts a connection before the last byte', async () => {
    let taken = 0;
    const server = await tcpServer((socket) => {
      taken++;
      if (taken === 1) {
        socket.once('data', () => socket.resetAndDestroy());
        return;
      }
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (/\r\nbody \d$/.test(text)) {
          socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        }
      });
    });
    const exchanges = await raw.race(runners(server.origin, 3));
    expect(exchanges.map(resultOf).toSorted()).toEqual([200, 200, 'reset']);
  });

  test('times out where the server reads nothing of bodies that fill all buffers', async () => {
    const server = await tcpServer((socket) => socket.pause());
    const body = new Uint8Array(24 << 20);
    const requests = runners(server.origin, 2, 150).map((one) => ({ ...one, body }));
    const exchanges = await raw.race(requests);
    expect(exchanges.map(resultOf)).toEqual(['timeout', 'timeout']);
  });

  test('times out by itself', async () => {
    const server = await tcpServer((socket) => socket.resume());
    const exchanges = await raw.race(runners(server.origin, 3, 150));
    expect(exchanges.map(resultOf)).toEqual(['timeout', 'timeout', 'timeout']);
  });
});

test.runIf(
  await new Promise<boolean>((resolve) => {
    const server = createTcpServer()
      .once('error', () => resolve(false))
      .listen(0, '::1', () => server.close(() => resolve(true)));
  }),
)('an IPv6 address in brackets is reached', async () => {
  const server = await recorder({ host: '::1' });
  const url = `http://[::1]:${server.port}/hook`;
  expect(resultOf(await raw.write(bytesTo(url)))).toBe(200);
  expect(server.received[0]?.rawHeaders).toContain(`[::1]:${server.port}`);
});
