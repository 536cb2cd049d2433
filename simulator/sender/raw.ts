import { request as parseResponse } from 'node:http';
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { deferred } from '../core/deferred.js';
import { HookproofError } from '../core/errors.js';
import { CONNECT_TIMEOUT_MS, pinnedLookup } from './connect.js';
import { classifyError } from './failures.js';
import type { HttpOptions } from './http.js';
import { requestBytes } from './raw-request.js';
import { portOf } from './targets.js';
import { pipeline } from './pipeline.js';
import { BODY_KEPT_BYTES, failed } from './transport.js';
import type { DeliveryRequest, Exchange } from './transport.js';

/** Bytes for one connection that no HTTP client would send. */
export interface RawRequest {
  readonly url: string;
  readonly method: string;
  /** Each chunk is written by itself, in order. */
  readonly chunks: readonly Uint8Array[];
  /**
   * What follows the last chunk: wait for the answer; end our side and listen on (`half-close` and
   * `end` do the same, `end` says that no answer is expected); or cut the connection at once.
   */
  readonly then: 'await-answer' | 'half-close' | 'end' | 'reset';
  /** How long to wait between two chunks, in milliseconds; 0 by default. */
  readonly pauseMs?: number;
  readonly timeoutMs: number;
}

/** Writes to sockets directly. */
export interface RawSender {
  readonly write: (request: RawRequest) => Promise<Exchange>;
  /**
   * Sends requests so that they complete at the same instant: all but the last byte of each goes
   * ahead, the last bytes leave together (last-byte synchronisation).
   */
  readonly race: (requests: readonly DeliveryRequest[]) => Promise<readonly Exchange[]>;
  /** Writes all requests to one connection before it reads an answer (RFC 9112 §9.3.2). */
  readonly pipeline: (requests: readonly DeliveryRequest[]) => Promise<readonly Exchange[]>;
}

/** A race waits this long for one more connection to stand before it starts without it. */
const RACE_ASSEMBLY_MS = 250;
/** What went ahead is given this long to be read. */
const RACE_SETTLE_MS = 20;

export const createRawSender = (options: HttpOptions): RawSender => ({
  write: async (request) =>
    exchange(request, options, {
      send: async (socket) => {
        await writeChunks(socket, request.chunks, request.pauseMs ?? 0);
        if (request.then === 'end' || request.then === 'half-close') socket.end();
        if (request.then === 'reset') socket.destroy(new Error('cut by the sender'));
      },
    }),
  pipeline: async (requests) => pipeline(requests, options),
  race: async (requests) => {
    const gate = createGate(requests.length);
    const exchanges = await Promise.all(
      requests.map(async (request) => {
        const bytes = requestBytes(request, 'close');
        const ready = deferred<undefined>();
        void ready.promise.then(gate.arrive);
        const raced = exchange(request, options, {
          late: gate.opened,
          send: async (socket) => {
            const isReady = (): void => ready.resolve(undefined);
            socket.write(bytes.subarray(0, -1), isReady);
            setTimeout(isReady, RACE_ASSEMBLY_MS).unref();
            await gate.opened;
            socket.write(bytes.subarray(-1));
          },
        });
        return raced.finally(() => ready.resolve(undefined));
      }),
    );
    return follow(requests, exchanges, options);
  },
});

/** Stops early when the other side hangs up: it may refuse without reading to the end. */
const writeChunks = async (
  socket: Socket,
  chunks: readonly Uint8Array[],
  pauseMs: number,
): Promise<void> => {
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0 && pauseMs > 0) await sleep(pauseMs);
    if (socket.destroyed || socket.readableEnded) return;
    socket.write(chunk);
  }
};

/** Opens when all have arrived, or when no other arrives for a while. */
const createGate = (count: number) => {
  const { promise: opened, resolve } = deferred<undefined>();
  let missing = count;
  let timer: NodeJS.Timeout | undefined;
  return {
    opened,
    arrive: (): void => {
      missing--;
      clearTimeout(timer);
      const waitMs = missing === 0 ? RACE_SETTLE_MS : RACE_ASSEMBLY_MS;
      timer = setTimeout(() => resolve(undefined), waitMs).unref();
    },
  };
};

/** Those that a server with a short backlog did not let in go after the race, one by one. */
const follow = async (
  requests: readonly DeliveryRequest[],
  raced: readonly Exchange[],
  options: HttpOptions,
): Promise<readonly Exchange[]> => {
  const exchanges = [...raced];
  for (const [index, request] of requests.entries()) {
    if (!neverConnected(raced[index])) continue;
    const again = await exchange(request, options, {
      send: async (socket) => {
        socket.write(requestBytes(request, 'close'));
      },
    });
    exchanges[index] = again;
    if (neverConnected(again)) break;
  }
  return exchanges;
};

const neverConnected = (one: Exchange | undefined): boolean =>
  one?.outcome.kind === 'failure' && one.outcome.failure === 'connect-timeout';

const exchange = async (
  target: { readonly url: string; readonly method: string; readonly timeoutMs: number },
  options: HttpOptions,
  run: {
    readonly send: (socket: Socket) => Promise<void>;
    /** When it is too late to connect; by default after {@link CONNECT_TIMEOUT_MS}. */
    readonly late?: Promise<undefined>;
  },
): Promise<Exchange> => {
  const startedAt = performance.now();
  let sentAt = startedAt;
  let timer: NodeJS.Timeout | undefined;
  let socket: Socket | undefined;
  let timedOut = false;
  try {
    socket = await open(new URL(target.url), options, run.late);
    const answer = readAnswer(socket, target.method);
    answer.catch(() => undefined);
    await run.send(socket);
    sentAt = performance.now();
    timer = setTimeout(() => {
      timedOut = true;
      socket?.destroy(new Error('timed out'));
    }, target.timeoutMs);
    return { ...(await answer), latencyMs: performance.now() - sentAt };
  } catch (error) {
    if (error instanceof HookproofError) throw error;
    const latencyMs = performance.now() - sentAt;
    if (timedOut) {
      return failed('timeout', `no complete answer within ${target.timeoutMs} ms`, latencyMs);
    }
    const { failure, detail } = classifyError(error);
    return failed(failure, detail, latencyMs);
  } finally {
    clearTimeout(timer);
    socket?.destroy();
  }
};

const open = async (
  url: URL,
  { guard, insecure }: HttpOptions,
  late?: Promise<undefined>,
): Promise<Socket> => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const where = { host, port: portOf(url), lookup: pinnedLookup(await guard(url)) };
  const secure = url.protocol === 'https:';
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket = secure
    ? connectTls({ ...where, ...servername, rejectUnauthorized: !insecure })
    : connectTcp(where);
  socket.setNoDelay(true);
  const opened = deferred<Socket>();
  let standing = false;
  const giveUp = (): void => {
    if (standing) return;
    socket.destroy(Object.assign(new Error('connection timed out'), { code: 'ETIMEDOUT' }));
  };
  const timer = setTimeout(giveUp, CONNECT_TIMEOUT_MS);
  void late?.then(giveUp);
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    standing = true;
    opened.resolve(socket);
  });
  socket.once('error', opened.reject);
  try {
    return await opened.promise;
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Lets Node's own client parse what comes back on a socket that we write ourselves: it is given a
 * stream that drops what the client writes and passes on what the socket reads.
 */
const readAnswer = async (socket: Socket, method: string): Promise<Omit<Exchange, 'latencyMs'>> => {
  const { promise, resolve, reject } = deferred<Omit<Exchange, 'latencyMs'>>();
  const readOnly = new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => done(),
  });
  socket.on('data', (chunk) => readOnly.push(chunk));
  socket.once('end', () => readOnly.push(null));
  socket.once('error', (error) => readOnly.destroy(error));
  const client = parseResponse({ method, createConnection: () => readOnly });
  client.once('error', reject);
  client.once('response', (response) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    response.on('data', (chunk: Uint8Array) => {
      if (length < BODY_KEPT_BYTES) chunks.push(chunk);
      length += chunk.length;
    });
    response.once('error', reject);
    response.once('end', () =>
      resolve({
        outcome: { kind: 'response', status: response.statusCode ?? 0, redirects: 0 },
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: Buffer.concat(chunks).subarray(0, BODY_KEPT_BYTES),
      }),
    );
  });
  client.end();
  return promise;
};
