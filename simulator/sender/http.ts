import type { Client } from 'undici';
import { HookproofError } from '../core/errors.js';
import type { FailureKind } from '../core/outcome.js';
import { CONNECT_TIMEOUT_MS, pinnedLookup } from './connect.js';
import { classifyError } from './failures.js';
import { createKept } from './kept.js';
import { pathAsWritten } from './raw-request.js';
import type { TargetGuard } from './targets.js';
import { BODY_KEPT_BYTES, failed, keepBody } from './transport.js';
import type { DeliveryRequest, Exchange, Transport } from './transport.js';
import { say } from '../../language/say.js';

/** How requests are carried. */
export interface HttpOptions {
  readonly guard: TargetGuard;
  /** Accepts any TLS certificate. */
  readonly insecure: boolean;
  /** Keeps a connection so long for the next delivery to its origin; left out, each has its own. */
  readonly keptIdleMs?: number;
}

type Exchanger = (request: DeliveryRequest) => Promise<Exchange>;

/** Loads the client ahead, so that the first delivery is timed as the others are. */
export const loadHttpClient = async (): Promise<void> => {
  await import('undici');
};

const GET_AFTER = new Set([301, 302, 303]);
const REDIRECTS = new Set([...GET_AFTER, 307, 308]);

/**
 * Sends with undici, each delivery on a connection of its own: one receiver's answer, or its way of
 * closing a connection, never touches the next delivery. A sequence shares one on purpose, and so do
 * deliveries where connections are kept.
 */
export const createHttpTransport = (options: HttpOptions): Transport => ({
  send: followWith(
    options.keptIdleMs === undefined
      ? async (request) => exchangeAlone(request, options)
      : exchangeKept(options, options.keptIdleMs),
  ),
  sendInSequence: async (requests) => {
    const first = requests[0];
    if (first === undefined) return [];
    const connection = openConnection(new URL(first.url), options);
    const exchanges: Exchange[] = [];
    try {
      for (const request of requests) {
        if (exchanges.filter(isTimeout).length === TIMEOUTS_MOST) {
          exchanges.push(failed('timeout', say`not sent: those before it timed out`, 0));
          continue;
        }
        const exchange = await exchangeOn(connection, request, { close: false });
        const { outcome } = exchange;
        const stale =
          exchanges.length > 0 && outcome.kind === 'failure' && outcome.failure === 'reset';
        // A server may close an idle connection just as the next request leaves: that one goes again.
        exchanges.push(stale ? await exchangeOn(connection, request, { close: false }) : exchange);
      }
      return exchanges;
    } finally {
      await connection.destroy();
    }
  },
});

/** A sequence to a receiver that hangs ends after so many timeouts. */
const TIMEOUTS_MOST = 3;

const isTimeout = ({ outcome }: Exchange): boolean =>
  outcome.kind === 'failure' && outcome.failure === 'timeout';

const followWith =
  (exchangeWith: Exchanger): Exchanger =>
  async (request) => {
    let current = request;
    for (let redirects = 0; ; redirects++) {
      const exchange =
        redirects === 0
          ? await exchangeWith(current)
          : await exchangeWith(current).catch(leadsAstray);
      if (exchange.outcome.kind === 'failure') {
        return redirects === 0 ? exchange : ledNowhere(exchange, new URL(current.url).origin);
      }
      const { status } = exchange.outcome;
      const location = exchange.headers['location'];
      if (!REDIRECTS.has(status) || location === undefined || request.redirectsMax === 0) {
        return { ...exchange, outcome: { kind: 'response', status, redirects } };
      }
      if (redirects === request.redirectsMax) {
        return failed('redirects', say`more than ${redirects} redirects`, exchange.latencyMs);
      }
      if (!URL.canParse(location, current.url)) {
        return failed('redirects', say`unreadable Location header`, exchange.latencyMs);
      }
      const url = new URL(location, current.url).href;
      const { method, body } = GET_AFTER.has(status)
        ? { method: 'GET', body: new Uint8Array() }
        : current;
      current = { ...current, url, method, body };
    }
  };

/** What ends an attempt before anyone has the request. */
const UNREACHED: ReadonlySet<FailureKind> = new Set(['refused', 'dns', 'tls', 'connect-timeout']);

/** The receiver was reached, and pointed to a place that is not: its redirect has failed. */
const ledNowhere = (exchange: Exchange, origin: string): Exchange => {
  const { outcome } = exchange;
  if (outcome.kind !== 'failure' || !UNREACHED.has(outcome.failure)) return exchange;
  const detail = say`redirected to ${origin}, which is not reached: ${outcome.detail}`;
  return { ...exchange, outcome: { kind: 'failure', failure: 'redirects', detail } };
};

/** A receiver that points to a refused host has failed; that is no mistake of the user's. */
const leadsAstray = (error: unknown): Exchange => {
  if (!(error instanceof HookproofError)) throw error;
  return failed('redirects', say`redirected elsewhere: ${error.message}`, 0);
};

const exchangeAlone = async (request: DeliveryRequest, options: HttpOptions): Promise<Exchange> => {
  const connection = openConnection(new URL(request.url), options);
  try {
    return await exchangeOn(connection, request, { close: true });
  } finally {
    await connection.destroy();
  }
};

/** On a connection that is kept from an earlier delivery, or for the next one. */
const exchangeKept = (options: HttpOptions, idleMs: number): Exchanger => {
  const kept = createKept<Connection>(idleMs);
  const exchangeIn = async (
    connection: Connection,
    origin: string,
    request: DeliveryRequest,
  ): Promise<Exchange> => {
    const exchange = await exchangeOn(connection, request, { close: false });
    if (exchange.outcome.kind === 'response' && connection.isOpen()) kept.keep(origin, connection);
    else await connection.destroy();
    return exchange;
  };
  return async (request) => {
    const url = new URL(request.url);
    const held = kept.take(url.origin);
    if (held !== undefined) {
      const exchange = await exchangeIn(held, url.origin, request);
      const { outcome } = exchange;
      // A server may close an idle connection just as the next request leaves: that one goes again.
      if (outcome.kind === 'response' || outcome.failure !== 'reset') return exchange;
    }
    const connection = openConnection(url, options);
    try {
      return await exchangeIn(connection, url.origin, request);
    } catch (error) {
      await connection.destroy();
      throw error;
    }
  };
};

/** One origin's connection, opened at the first request and again when it was closed. */
interface Connection {
  readonly client: () => Promise<Client>;
  /** Called when the connection of the current request stands, also if it stood before. */
  readonly whenConnected: (listener: () => void) => void;
  readonly isOpen: () => boolean;
  readonly destroy: () => Promise<void>;
}

const openConnection = (url: URL, { guard, insecure }: HttpOptions): Connection => {
  let opened: Promise<Client> | undefined;
  let connected = false;
  let listener = (): void => undefined;
  const open = async (): Promise<Client> => {
    const undici = await import('undici');
    const connect = undici.buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      rejectUnauthorized: !insecure,
      lookup: pinnedLookup(await guard(url)),
    });
    const client = new undici.Client(url.origin, {
      connect: (target, callback) =>
        connect(target, (...result) => {
          connected = result[0] === null;
          listener();
          callback(...result);
        }),
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    client.on('disconnect', () => {
      connected = false;
    });
    return client;
  };
  return {
    client: async () => (opened ??= open()),
    whenConnected: (next) => {
      listener = next;
      if (connected) next();
    },
    isOpen: () => connected,
    destroy: async () => {
      const client = await opened?.catch(() => undefined);
      await client?.destroy().catch(() => undefined);
    },
  };
};

const exchangeOn = async (
  connection: Connection,
  request: DeliveryRequest,
  { close }: { readonly close: boolean },
): Promise<Exchange> => {
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const abort = new AbortController();
  connection.whenConnected(() => {
    since = performance.now();
    timer ??= setTimeout(() => abort.abort(), request.timeoutMs);
  });
  try {
    const client = await connection.client();
    const response = await client.request({
      method: request.method,
      path: pathAsWritten(request.url),
      headers: request.headers.flat(),
      body: request.body.length === 0 && !carriesBody(request.method) ? null : request.body,
      signal: abort.signal,
      reset: close,
    });
    const body = await keepBody(response.body, request.bodyKeptBytes ?? BODY_KEPT_BYTES);
    return {
      outcome: { kind: 'response', status: response.statusCode, redirects: 0 },
      headers: flatten(response.headers),
      body,
      latencyMs: performance.now() - since,
    };
  } catch (error) {
    if (error instanceof HookproofError) throw error;
    const latencyMs = performance.now() - since;
    if (abort.signal.aborted) {
      return failed('timeout', say`no complete answer within ${request.timeoutMs} ms`, latencyMs);
    }
    const { failure, detail } = classifyError(error);
    return failed(failure, detail, latencyMs);
  } finally {
    clearTimeout(timer);
  }
};

const carriesBody = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);

const flatten = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
