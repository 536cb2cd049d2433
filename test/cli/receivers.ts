/** Receivers that the commands deliver to: real ones, and one that is told what to answer. */
import jwt from 'jsonwebtoken';
import { onTestFinished } from 'vitest';
import type { RunningReceiver } from '../../fixtures/receivers/reference/index.js';
import { start as startExpress } from '../../fixtures/receivers/variants/express-jsonwebtoken.js';
import { start as startFastify } from '../../fixtures/receivers/variants/fastify-fast-jwt.js';
import { start as startHono } from '../../fixtures/receivers/variants/hono-jose.js';
import { httpServer, receive } from '../sender/servers.js';
import type { Received } from '../sender/servers.js';
import { createFolder } from './run.js';

export const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const FRAMEWORKS = { express: startExpress, fastify: startFastify, hono: startHono };

/** A right receiver on that framework, and what it has stored of an event. */
export const startReal = async (framework: keyof typeof FRAMEWORKS) => {
  const receiver: RunningReceiver = await FRAMEWORKS[framework]({
    key,
    dataDirectory: await createFolder(),
  });
  onTestFinished(receiver.close);
  return {
    url: receiver.url,
    recordsOf: async (eventId: string): Promise<number> => {
      const page = await fetch(receiver.probeUrl.replace('{eventId}', eventId));
      return (await page.text()).split(eventId).length - 1;
    },
  };
};

export interface Claims {
  readonly events: readonly {
    readonly id: string;
    readonly event_type: string;
    readonly event_action: string;
    readonly object: Readonly<Record<string, unknown>>;
  }[];
  readonly iat: number;
  readonly iss: string;
}

/** What to answer to the nth request, from 0. */
export type Script = (
  turn: number,
  received: Received,
) => { readonly status: number; readonly body?: string };

/** Keeps what it gets, in order, and answers as it is told. */
export const startScripted = async (answerOf: Script = () => ({ status: 200 })) => {
  const received: Received[] = [];
  const { origin } = await httpServer((request, response) => {
    void receive(request).then((one) => {
      const { status, body = '' } = answerOf(received.length, one);
      received.push(one);
      response.writeHead(status).end(body);
    });
  });
  return {
    url: `${origin}/hook`,
    received,
    /** Each delivery's claims, verified by a library of others. */
    claims: () =>
      received.map(
        ({ body }) =>
          jwt.verify(body.toString(), key, { algorithms: ['HS256'] }) as unknown as Claims,
      ),
  };
};
