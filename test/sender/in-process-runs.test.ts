import express from 'express';
import { fastify } from 'fastify';
import { Hono } from 'hono';
import jwt from 'jsonwebtoken';
import Koa from 'koa';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { verifyReceiver } from '../../contracts/index.js';
import type { Target } from '../../contracts/index.js';
import { fromNextApi } from '../../simulator/sender/next-api.js';
import { receive } from './servers.js';

const KEY = 'a-key-of-the-tests-that-is-long-enough';
const PATH = '/webhooks/truora';

type Verify = (token: string) => unknown;

/** What a receiver does with a token, whatever its framework: the status, and the ids it applied. */
const createLogic = (verify: Verify) => {
  const applied = new Set<string>();
  const take = (token: string): number => {
    try {
      const { events } = verify(token) as { readonly events: readonly { readonly id: string }[] };
      for (const { id } of events) applied.add(id);
      return 200;
    } catch {
      return 401;
    }
  };
  return { applied, take };
};

type Take = (token: string) => number;

const plain = (take: Take) => async (request: IncomingMessage, response: ServerResponse) => {
  const { body } = await receive(request);
  response.writeHead(take(body.toString())).end();
};

interface GatewayEvent {
  readonly body?: string | null;
  readonly isBase64Encoded: boolean;
}

const lambda =
  (take: Take) =>
  async ({ body, isBase64Encoded }: GatewayEvent) => ({
    statusCode: take(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()),
  });

const targets: readonly (readonly [string, (take: Take) => Target | Promise<Target>])[] = [
  [
    'Hono’s fetch',
    (take) =>
      new Hono().post(PATH, async (context) =>
        context.body(null, take(await context.req.text()) as 200),
      ).fetch,
  ],
  ['a plain Node handler', (take) => ({ node: plain(take) })],
  ['an http.Server', (take) => ({ node: createServer((...both) => void plain(take)(...both)) })],
  [
    'an Express 5 app',
    (take) => {
      const app = express();
      app.post(PATH, express.text({ type: '*/*', limit: '1mb' }), (request, response) => {
        response.sendStatus(take(String(request.body)));
      });
      return { node: app };
    },
  ],
  [
    'a Koa 3 app',
    (take) => {
      const app = new Koa();
      app.use(async (context) => {
        context.status = take((await receive(context.req)).body.toString());
      });
      return { node: app.callback() };
    },
  ],
  [
    'a Fastify 5 app',
    async (take) => {
      const app = fastify();
      app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) =>
        done(null, text),
      );
      app.post(PATH, async ({ body }, reply) => reply.code(take(String(body))).send());
      await app.ready();
      return { node: (request, response) => app.routing(request, response) };
    },
  ],
  [
    'a Next.js API route',
    (take) => ({
      node: fromNextApi({
        default: (
          { body }: { readonly body: unknown },
          response: { readonly status: (code: number) => ServerResponse },
        ) => response.status(take(String(body))).end(),
      }),
    }),
  ],
  ['a Lambda function', (take) => ({ lambda: lambda(take) })],
  ['a Lambda function of payload v1', (take) => ({ lambda: lambda(take), payload: 'v1' })],
];

const run = async (create: (take: Take) => Target | Promise<Target>, verify: Verify) => {
  const { applied, take } = createLogic(verify);
  return verifyReceiver(await create(take), {
    key: KEY,
    seed: 1,
    probeSettleMs: 50,
    only: ['verification/alg-none', 'verification/two-events', 'transport/chunked-body'],
    probe: ({ id }) => (applied.has(id) ? 1 : 0),
  });
};

describe.each(targets)('%s', (_what, create) => {
  test('passes when it is right', async () => {
    const result = await run(create, (token: string) =>
      jwt.verify(token, KEY, { algorithms: ['HS256'] }),
    );
    const failed = result.cases.filter(({ verdict }) => verdict === 'failed');
    expect(failed).toEqual([]);
    expect(result.summary.verdict).toBe('passed');
  });

  test('fails when it does not look at the signature', async () => {
    const result = await run(create, (token: string) => {
      const claims: unknown = jwt.decode(token);
      if (claims === null) throw new Error('no token');
      return claims;
    });
    const failed = result.cases.filter(({ verdict }) => verdict === 'failed');
    expect(failed.map(({ id }) => id)).toEqual(['verification/alg-none']);
  });
});
