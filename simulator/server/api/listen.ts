/** Serves the API on a port. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { say } from '../../../language/say.js';
import { HookproofError } from '../../core/errors.js';
import type { ApiEnv } from './options.js';

/** How long a request may take to arrive: its head, and all of it. */
const HEAD_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** How long requests in hand may take when the server closes. */
const CLOSE_TIMEOUT_MS = 5000;

export interface ServedApi {
  /** `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Ends streams and idle connections, lets what is in hand end, and then the rest. */
  readonly close: () => Promise<void>;
}

/**
 * Listens; port 0 takes a free one.
 *
 * @throws {HookproofError} `invalid_argument` where the port is taken, or not ours to take
 */
export const serveApi = async ({
  app,
  port,
  host,
  signal,
}: {
  readonly app: OpenAPIHono<ApiEnv>;
  readonly port: number;
  readonly host: string;
  /** Closes the server when it is aborted. */
  readonly signal?: AbortSignal;
}): Promise<ServedApi> => {
  const closing = new AbortController();
  const answer = getRequestListener(
    async (request) => app.fetch(request, { closing: closing.signal }),
    { overrideGlobalObjects: false },
  );
  const server = createServer({
    headersTimeout: HEAD_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
  });
  const endIdle = trackConnections(server, closing.signal);
  server.on('request', (request, response) => void answer(request, response));
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw cannotListen(error, port, host);
  }
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closed ??= (async () => {
      const ended = once(server, 'close');
      closing.abort();
      server.close();
      endIdle();
      const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    })();
    return closed;
  };
  signal?.addEventListener('abort', () => void close(), { once: true });
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`, close };
};

/**
 * Makes what ends the connections that wait for nothing; from then on the others end with their answer.
 * Node itself would wait for those that never asked, and for those that stay open after their answer.
 */
const trackConnections = (server: Server, closing: AbortSignal): (() => void) => {
  const inHand = new Map<Socket, number>();
  const endWhereIdle = (socket: Socket): void => {
    if (inHand.get(socket) === 0) socket.destroySoon();
  };
  server.on('connection', (socket) => {
    inHand.set(socket, 0);
    socket.once('close', () => inHand.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    inHand.set(socket, (inHand.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const before = inHand.get(socket);
      if (before === undefined) return;
      inHand.set(socket, before - 1);
      if (closing.aborted) endWhereIdle(socket);
    });
  });
  return () => {
    for (const socket of inHand.keys()) endWhereIdle(socket);
  };
};

const cannotListen = (error: unknown, port: number, host: string): HookproofError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const why: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
    EADDRINUSE: [
      say`something else listens there`,
      say`give --port another one, or 0 for a free one`,
    ],
    EACCES: [say`ports below 1024 are for the system`, say`give --port one from 1024 on, or 0`],
    EADDRNOTAVAIL: [
      say`this machine has no such address`,
      say`give --host an address of this machine`,
    ],
    ENOTFOUND: [say`no such name is known`, say`give --host an address of this machine`],
  };
  const [what, remedy] = why[code] ?? [code, say`give --port and --host other values`];
  return new HookproofError(
    'invalid_argument',
    say`cannot listen on ${host}:${port}: ${what}`,
    remedy,
  );
};
