import express from 'express';
import { fastify } from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttpTransport } from '../../simulator/sender/http.js';
import { openInProcess } from '../../simulator/sender/in-process-target.js';
import type { InProcessTarget } from '../../simulator/sender/in-process-target.js';
import { openNodeTarget } from '../../simulator/sender/node-handler.js';
import type { NodeHandler } from '../../simulator/sender/node-handler.js';
import { fromNextApi } from '../../simulator/sender/next-api.js';
import { certificate, privateKey } from './self-signed.js';
import { deliveryTo, localGuard, receive, resultOf } from './servers.js';

const PATH = '/webhooks/truora';

const transport = createHttpTransport({ guard: localGuard, insecure: true });

const open = async (handler: NodeHandler | Server, path?: string) => {
  const target = await openNodeTarget(handler, path);
  onTestFinished(target.close);
  return target;
};

const post = async (handler: NodeHandler | Server, body: string | Uint8Array = 'a.b.c') => {
  const { url } = await open(handler);
  const exchange = await transport.send(deliveryTo(url, { body: Buffer.from(body) }));
  return [resultOf(exchange), Buffer.from(exchange.body).toString()] as const;
};

const plain = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { method, url, body } = await receive(request);
  response.writeHead(201).end(`${method} ${url} ${body.toString()}`);
};

describe('receives a delivery over a socket:', () => {
  const apps: readonly (readonly [string, () => NodeHandler | Server | Promise<NodeHandler>])[] = [
    ['a plain handler', () => plain],
    ['a server that does not listen yet', () => createServer((...both) => void plain(...both))],
    [
      'an Express 5 app',
      () => {
        const app = express();
        app.post(PATH, express.text({ type: 'application/jwt' }), (request, response) => {
          response.status(201).send(`${request.method} ${request.url} ${String(request.body)}`);
        });
        return app;
      },
    ],
    [
      'a Koa 3 app',
      () => {
        const app = new Koa();
        app.use(async (context) => {
          const { method, url, body } = await receive(context.req);
          context.status = 201;
          context.body = `${method} ${url} ${body.toString()}`;
        });
        return app.callback();
      },
    ],
    [
      'a Fastify 5 app',
      async () => {
        const app = fastify();
        app.addContentTypeParser('application/jwt', { parseAs: 'string' }, (_request, text, done) =>
          done(null, text),
        );
        app.post(PATH, async ({ method, url, body }, reply) =>
          reply.code(201).send(`${method} ${url} ${String(body)}`),
        );
        await app.ready();
        return (request, response) => app.routing(request, response);
      },
    ],
  ];

  test.each(apps)('%s', async (_what, create) => {
    expect(await post(await create())).toEqual([201, `POST ${PATH} a.b.c`]);
  });

  test('the bytes as they are', async () => {
    let got: Buffer | undefined;
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    await post(async (request, response) => {
      got = (await receive(request)).body;
      response.end();
    }, bytes);
    expect(got).toEqual(Buffer.from(bytes));
  });

  test.each([
    ['hook', '/hook'],
    ['/a/b?c=d', '/a/b?c=d'],
  ])('at the path %s', async (path, wanted) => {
    const { url } = await open(plain, path);
    const exchange = await transport.send(deliveryTo(url));
    expect(Buffer.from(exchange.body).toString()).toContain(` ${wanted} `);
  });

  test('under TLS where the server speaks it', async () => {
    const server = createHttpsServer(
      { key: privateKey, cert: certificate },
      (_request, response) => {
        response.end('safe');
      },
    );
    const { url } = await open(server);
    expect(url).toMatch(/^https:/);
    expect(resultOf(await transport.send(deliveryTo(url)))).toBe(200);
  });
});

describe('a Next.js API route', () => {
  interface NextRequest extends IncomingMessage {
    readonly body: unknown;
    readonly query: Readonly<Record<string, unknown>>;
    readonly cookies: Readonly<Record<string, string>>;
  }
  interface NextResponse extends ServerResponse {
    readonly status: (code: number) => NextResponse;
    readonly json: (body: unknown) => void;
    readonly send: (body: unknown) => void;
    readonly redirect: (url: string) => void;
  }

  test('gets a body of an unknown type as bytes, and its helpers', async () => {
    const handler = fromNextApi({
      default: (request: NextRequest, response: NextResponse) => {
        response.status(202).json({ bytes: Buffer.isBuffer(request.body), query: request.query });
      },
    });
    expect(await post(handler)).toEqual([202, '{"bytes":true,"query":{}}']);
  });

  test.each([
    ['application/json', '{"a":1}', 200, '{"a":1}'],
    ['application/json', '', 200, '{}'],
    ['application/json', '{', 400, ''],
    ['text/plain', 'a.b', 200, '"a.b"'],
    ['application/x-www-form-urlencoded', 'a=1', 200, '{"a":"1"}'],
    ['application/jwt', 'x'.repeat(1_048_577), 413, ''],
  ])('parses %s as Next does', async (type, body, status, seen) => {
    const handler = fromNextApi({
      default: (request: NextRequest, response: NextResponse) => {
        response.send(JSON.stringify(request.body));
      },
    });
    const { url } = await open(handler);
    const exchange = await transport.send(
      deliveryTo(url, { body: Buffer.from(body), headers: [['Content-Type', type]] }),
    );
    expect([resultOf(exchange), Buffer.from(exchange.body).toString()]).toEqual([status, seen]);
  });

  test('reads the body itself where its parser is off', async () => {
    const handler = fromNextApi({
      config: { api: { bodyParser: false } },
      default: async (request: NextRequest, response: NextResponse) => {
        response.status(200).send((await receive(request)).body);
      },
    });
    expect(await post(handler)).toEqual([200, 'a.b.c']);
  });

  test('sees query and cookies, and redirects', async () => {
    const handler = fromNextApi({
      default: ({ query, cookies }: NextRequest, response: NextResponse) =>
        response.redirect(`/${JSON.stringify([query, cookies])}`),
    });
    const { url } = await open(handler, '/hook?a=1&b=2&b=3');
    const exchange = await transport.send(deliveryTo(url, { headers: [['Cookie', 'x=1; y=2=3']] }));
    expect(resultOf(exchange)).toBe(307);
    expect(exchange.headers['location']).toBe('/[{"a":"1","b":["2","3"]},{"x":"1","y":"2=3"}]');
  });
});

describe('a fault of the handler', () => {
  test.each<readonly [string, NodeHandler]>([
    [
      'that throws',
      () => {
        throw new Error('a token: eyJ');
      },
    ],
    ['that rejects', async () => Promise.reject(new Error('a token: eyJ'))],
  ])('%s is status 500', async (_what, handler) => {
    expect(await post(handler)).toEqual([500, '']);
  });

  test('after the head cuts the connection', async () => {
    const [result] = await post(async (_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 }).write('half');
      throw new Error('too late');
    });
    expect(['reset', 'protocol']).toContain(result);
  });
});

describe('closing', () => {
  test('ends what hangs, and frees the server for another run', async () => {
    let arrived = (): void => undefined;
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    const server = createServer(() => arrived());
    const first = await openNodeTarget(server);
    const exchange = transport.send(deliveryTo(first.url));
    await asked;
    await first.close();
    expect(resultOf(await exchange)).toBe('reset');
    const second = await openNodeTarget(server);
    expect(server.listening).toBe(true);
    await second.close();
    await second.close();
    expect(server.listening).toBe(false);
  });

  test('closes connections that stay open', async () => {
    const target = await openNodeTarget(plain);
    const socket = connect(Number(new URL(target.url).port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    await target.close();
    await closed;
    expect(socket.destroyed).toBe(true);
  });
});

describe('a mistaken target is told with the right one:', () => {
  const listening = async (): Promise<unknown> => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => void server.close());
    return { node: server };
  };
  const router = (): unknown => express.Router();
  const wrongs: readonly (readonly [string, () => unknown, string, string])[] = [
    ['a bare Express app', () => express(), 'looks like an Express app', '{ node: app }'],
    ['an Express router', router, 'looks like an Express router', 'express().use(router)'],
    ['a router as node', () => ({ node: router() }), 'an Express router', 'express().use(router)'],
    ['a bare Koa app', () => new Koa(), 'looks like a Koa app', '{ node: app.callback() }'],
    ['a Koa app as node', () => ({ node: new Koa() }), 'a Koa app', '{ node: app.callback() }'],
    ['a bare Fastify app', () => fastify(), 'looks like a Fastify app', '{ node: app.routing }'],
    ['a Fastify app as node', () => ({ node: fastify() }), 'a Fastify app', 'await app.ready()'],
    ['a bare Hono app', () => new Hono(), 'with a fetch method', 'app.fetch(request)'],
    ['a Hono app as node', () => ({ node: new Hono() }), 'a fetch method', 'app.fetch(request)'],
    ['a bare server', () => createServer(), 'looks like an http.Server', '{ node: server }'],
    ['a server that listens', listening, 'listens already', 'pass its URL'],
    [
      'a Node handler',
      () => (_request: unknown, _response: unknown) => 0,
      '2 arguments',
      '{ node:',
    ],
    ['an Express app as lambda', () => ({ lambda: express() }), 'an Express app', '{ node: app }'],
    [
      'a lambda that is none',
      () => ({ lambda: 'x' }),
      '{ lambda } is of type string',
      'pass a URL',
    ],
    ['nothing as node', () => ({ node: null }), '{ node } is null', 'pass a URL'],
    ['another object', () => ({}), 'the receiver is of type object', 'pass a URL'],
    ['nothing', () => undefined, 'the receiver is of type undefined', 'pass a URL'],
  ];

  test.each(wrongs)('%s', async (_what, create, says, remedy) => {
    const target = (await create()) as InProcessTarget;
    const error: unknown = await openInProcess(target).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'HookproofError', code: 'invalid_argument' });
    expect(error).toMatchObject({ message: expect.stringContaining(says) });
    expect(error).toMatchObject({ remedy: expect.stringContaining(remedy) });
  });
});

describe('a right target', () => {
  test.each<readonly [string, InProcessTarget, string]>([
    ['a Fetch handler', () => new Response(), 'handler'],
    ['Hono’s fetch', new Hono().fetch, 'handler'],
    ['a Lambda function', { lambda: async () => ({ statusCode: 200 }) }, 'handler'],
    ['an Express app', { node: express() }, 'network'],
    ['a Koa app', { node: new Koa().callback() }, 'network'],
    ['a server', { node: createServer() }, 'network'],
  ])('is opened: %s', async (_what, target, kind) => {
    const opened = await openInProcess(target);
    if (opened.kind === 'network') await opened.close();
    expect(opened.kind).toBe(kind);
  });
});
