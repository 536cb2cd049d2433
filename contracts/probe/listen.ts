import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { HookproofError } from '../../simulator/index.js';
import { say } from '../../language/say.js';

/** A server of hookproof's own on the loopback address. */
export interface Listener {
  readonly port: number;
  readonly url: string;
  readonly close: () => Promise<void>;
}

const BODY_LIMIT_BYTES = 8 << 20;

/** A request's body as text; what is beyond 8 MiB is read and dropped. */
export const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * Listens on a port of the loopback address; 0 takes a free one.
 *
 * @param option names the option that the port came from, for the error
 * @throws {HookproofError} `invalid_argument` where the port is taken
 */
export const listen = async (
  port: number,
  option: string,
  handle: RequestListener,
): Promise<Listener> => {
  const server = createServer(handle);
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new HookproofError(
      'invalid_argument',
      say`cannot listen on port ${port} (${error instanceof Error ? error.message : String(error)})`,
      say`give ${option} a free port`,
    );
  }
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
