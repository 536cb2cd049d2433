import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '../core/deferred.js';
import { HookproofError } from '../core/errors.js';
import { drip } from './drip.js';
import type { Drip } from './drip.js';
import { classifyError } from './failures.js';
import type { HttpOptions } from './http.js';
import { pipeline } from './pipeline.js';
import { readAnswer } from './raw-answer.js';
import { requestBytes } from './raw-request.js';
import { openSocket } from './socket.js';
import { failed } from './transport.js';
import type { DeliveryRequest, Exchange } from './transport.js';
import { say } from '../../language/say.js';

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
  /** After the first chunk, how long to wait for `100 Continue`; a final answer ends the request. */
  readonly continueMs?: number;
  readonly timeoutMs: number;
}

/** Writes to sockets directly. */
export interface RawSender {
  /** Writes one request, chunk by chunk. */
  readonly write: (request: RawRequest) => Promise<Exchange>;
  /**
   * Sends requests so that they complete at the same instant: all but the last byte of each goes
   * ahead, the last bytes leave together (last-byte synchronisation).
   */
  readonly race: (requests: readonly DeliveryRequest[]) => Promise<readonly Exchange[]>;
  /** Writes all requests to one connection before it reads an answer (RFC 9112 §9.3.2). */
  readonly pipeline: (requests: readonly DeliveryRequest[]) => Promise<readonly Exchange[]>;
  /** Holds connections open that send a byte at a time, until they are cut. */
  readonly drip: (request: Drip) => Promise<{ readonly cut: () => void }>;
}

/** A race waits this long for one more connection to stand before it starts without it. */
const RACE_ASSEMBLY_MS = 250;
/** What went ahead is given this long to be read. */
const RACE_SETTLE_MS = 20;

/** Sends what HTTP clients would not: bytes as they are. */
export const createRawSender = (options: HttpOptions): RawSender => ({
  write: async (request) =>
    exchange(request, options, {
      send: async (socket, heard) => {
        await writeChunks(socket, request, heard);
        if (request.then === 'end' || request.then === 'half-close') socket.end();
        if (request.then === 'reset') socket.destroy(new Error('cut by the sender'));
      },
    }),
  pipeline: async (requests) => pipeline(requests, options),
  drip: async (request) => drip(request, options),
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

/** Stops early when the other side hangs up or answers: it may refuse without reading to the end. */
const writeChunks = async (
  socket: Socket,
  { chunks, pauseMs = 0, continueMs = 0 }: RawRequest,
  heard: Promise<'continue' | 'answer'>,
): Promise<void> => {
  for (const [index, chunk] of chunks.entries()) {
    if (index === 1 && continueMs > 0) {
      const waited = await Promise.race([heard, sleep(continueMs, 'nothing', { ref: false })]);
      if (waited === 'answer') return;
    }
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
    /** `heard` tells the first that comes back: the word to go on, or already the answer. */
    readonly send: (socket: Socket, heard: Promise<'continue' | 'answer'>) => Promise<void>;
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
    socket = await openSocket(new URL(target.url), options, run.late);
    const { heard, answer } = readAnswer(socket, target.method);
    answer.catch(() => undefined);
    await run.send(socket, heard);
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
      return failed('timeout', say`no complete answer within ${target.timeoutMs} ms`, latencyMs);
    }
    const { failure, detail } = classifyError(error);
    return failed(failure, detail, latencyMs);
  } finally {
    clearTimeout(timer);
    socket?.destroy();
  }
};
