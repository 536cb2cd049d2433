/** A receiver that writes down what it is sent before it answers. */
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { HookproofError } from '../core/errors.js';
import type { CapturedDelivery } from './captured.js';
import { type Arrival, type Keep, describeArrival } from './describe.js';
import { say } from '../../language/say.js';

/** What a delivery is answered with. */
export interface Reply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** What came, as it is passed on. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
}

export interface CaptureReceiverOptions {
  readonly keep: Keep;
  readonly bodyBytesMax: number;
  readonly answer: (incoming: Incoming) => Promise<Reply>;
  /** Stores a delivery; only then is it answered. */
  readonly store: (delivery: CapturedDelivery) => Promise<void>;
  /** Told when a delivery could not be stored: it is answered 503, so that it comes again. */
  readonly onFault: (error: unknown) => void;
}

/** A receiver that listens and keeps what comes. */
export interface CaptureReceiver {
  readonly port: number;
  /** Takes no more, lets what is in the air end for a moment, then cuts it. */
  readonly close: () => Promise<void>;
}

const CLOSE_WITHIN_MS = 1000;
/** What is read beyond the limit so that the sender sees the answer rather than a reset. */
const DRAINED_FACTOR = 4;

const familyOf = (request: IncomingMessage): Arrival['family'] => {
  const { remoteFamily, remoteAddress } = request.socket;
  if (remoteAddress?.startsWith('::ffff:') === true) return 'IPv4';
  return remoteFamily === 'IPv4' || remoteFamily === 'IPv6' ? remoteFamily : 'unknown';
};

interface Read {
  readonly bytes: number;
  readonly body: Arrival['body'];
}

const readBody = async (request: IncomingMessage, bytesMax: number): Promise<Read> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Left early, the request must not take its connection with it: it is still to be answered.
    const stream: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > bytesMax * DRAINED_FACTOR) break;
    }
  } catch {
    return { bytes, body: 'cut' };
  }
  return { bytes, body: bytes > bytesMax ? 'too-large' : Buffer.concat(chunks) };
};

const TOO_LARGE: Reply = {
  status: 413,
  headers: [['Connection', 'close']],
  body: Buffer.from('too large\n'),
};
const NOT_STORED: Reply = { status: 503, headers: [], body: Buffer.from('not stored\n') };

const BODILESS = new Set([204, 304]);

const send = (response: ServerResponse, { status, headers, body }: Reply): void => {
  const length = BODILESS.has(status) ? [] : ['Content-Length', String(body.length)];
  response.writeHead(status, [...headers.flat(), ...length]).end(body);
};

/** @throws {HookproofError} `invalid_argument` where the port cannot be listened on */
export const startCaptureReceiver = async (
  options: CaptureReceiverOptions,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<CaptureReceiver> => {
  const { keep, bodyBytesMax, answer, store, onFault } = options;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', httpVersion, rawHeaders } = request;
    const family = familyOf(request);
    const { bytes, body } = await readBody(request, bodyBytesMax);
    const arrival = {
      at: new Date().toISOString(),
      family,
      httpVersion,
      method,
      url,
      rawHeaders,
      bytes,
      body,
    };
    const reply =
      body === 'cut'
        ? undefined
        : body === 'too-large'
          ? TOO_LARGE
          : await answer({ method, url, rawHeaders, body });
    try {
      await store(describeArrival({ ...arrival, answered: reply?.status ?? null }, keep));
    } catch (error) {
      send(response, NOT_STORED);
      onFault(error);
      return;
    }
    if (reply === undefined) response.destroy();
    else send(response, reply);
  };

  // Requests that come on one connection at once are taken one after the other, as they came.
  const turns = new WeakMap<Socket, Promise<void>>();
  const server = createServer((request, response) => {
    const { socket } = request;
    const turn = (turns.get(socket) ?? Promise.resolve())
      .then(async () => take(request, response))
      .catch((error: unknown) => {
        response.destroy();
        onFault(error);
      });
    turns.set(socket, turn);
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'refused';
    throw new HookproofError(
      'invalid_argument',
      say`cannot listen on ${host}:${port} (${code})`,
      say`give another --port, or 0 for any that is free`,
    );
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const late = new AbortController();
      await Promise.race([
        closed,
        setTimeout(CLOSE_WITHIN_MS, undefined, { signal: late.signal }).catch(() => undefined),
      ]);
      late.abort();
      server.closeAllConnections();
      await closed;
    },
  };
};
