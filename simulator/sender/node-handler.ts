import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { Server as TlsServer } from 'node:tls';
import { HookproofError } from '../core/errors.js';
import { describeThrown } from './trouble.js';
import type { OnTrouble } from './trouble.js';

/** What Node calls for each request: an Express app, Koa's `app.callback()`, Fastify's `routing`. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A handler that listens on a port of its own until it is closed. */
export interface OpenTarget {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Puts a Node handler, or a server that does not listen yet, on a free port of the loopback address:
 * it is reached over real sockets, as when it is deployed.
 *
 * @param path where it takes deliveries; default `/webhooks/truora`
 * @param onTrouble told of what the handler threw
 * @throws {HookproofError} `invalid_argument` for a server that listens already
 */
export const openNodeTarget = async (
  target: NodeHandler | Server,
  path = '/webhooks/truora',
  onTrouble: OnTrouble = () => undefined,
): Promise<OpenTarget> => {
  const server =
    typeof target === 'function' ? createServer(listenerOf(target, onTrouble)) : target;
  if (server.listening) {
    throw new HookproofError(
      'invalid_argument',
      'the server of { node: server } listens already',
      'pass its URL, or the server before it listens',
    );
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const scheme = server instanceof TlsServer ? 'https' : 'http';
  return {
    url: `${scheme}://127.0.0.1:${port}${path.startsWith('/') ? path : `/${path}`}`,
    close: async () => closeServer(server),
  };
};

/** A handler that throws or rejects would end the process of a test: it counts as status 500. */
const listenerOf =
  (handler: NodeHandler, onTrouble: OnTrouble): RequestListener =>
  (request, response) => {
    const call = async (): Promise<unknown> => handler(request, response);
    call().catch((error: unknown) => {
      onTrouble(describeThrown(error));
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'Content-Length': 0 }).end();
    });
  };

const closeServer = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
};
