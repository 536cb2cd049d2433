/** What all probes share: how they send, what they have sent, and what they heard of the time. */
import {
  createHttpTransport,
  openSocket,
  portOf,
  requestHead,
  signDelivery,
} from '../../../simulator/index.js';
import type {
  DeliveryRequest,
  Exchange,
  TargetGuard,
  TruoraEvent,
} from '../../../simulator/index.js';
import type { EventMaker } from '../../runner/events.js';
import { otherTokens } from '../../runner/other-tokens.js';
import type { Demand } from '../../runner/other-tokens.js';
import type { Sent } from '../finding.js';
import type { Reply, Target } from '../seen.js';
import { holdLine } from './line.js';
import type { Line } from './line.js';

/** When an answer said which time it was there, and between which times here. */
export interface DateSample {
  readonly dateMs: number;
  readonly sentMs: number;
  readonly heardMs: number;
}

export interface BenchOptions {
  readonly url: URL;
  readonly target: Target;
  readonly guard: TargetGuard;
  readonly key: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly events: EventMaker;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
}

/** Body and content type of a request that is no genuine delivery. */
export interface Post {
  readonly body?: string;
  readonly contentType?: string;
}

/** How a genuine delivery differs from the usual one. */
export interface Delivery {
  /** An event that was sent before, so that nothing new comes of it. */
  readonly event?: TruoraEvent;
  readonly contentType?: string;
  /** Seconds by which the token is older than now; negative: younger. */
  readonly ageSeconds?: number;
}

/** Cannot be taken for a token by anyone. */
export const NONSENSE = 'sent by hookproof doctor; this is no token';

/** So that the receiver's log tells what it was. */
const AGENT = ['User-Agent', 'hookproof-doctor'] as const;

/** An answer that is late is told from one that never comes by waiting twice as long. */
const PATIENCE = 2;

export const createBench = (options: BenchOptions) => {
  const { url, target, guard, headers, events, nowMs } = options;
  const http = { guard, insecure: true };
  const transport = createHttpTransport(http);
  const dates: DateSample[] = [];
  const sent = { requests: 0, deliveries: 0, events: new Map<string, TruoraEvent>() };
  const patienceMs = target.timeoutMs * PATIENCE;

  const note = (said: Readonly<Record<string, string>>, sentMs: number): void => {
    const dateMs = Date.parse(said['date'] ?? '');
    if (!Number.isNaN(dateMs)) dates.push({ dateMs, sentMs, heardMs: nowMs() });
  };
  const request = (
    method: string,
    { body = '', contentType }: Post,
    path?: string,
  ): DeliveryRequest => ({
    url: path === undefined ? url.href : new URL(path, url).href,
    method,
    headers: [
      ...(contentType === undefined ? [] : [['Content-Type', contentType] as const]),
      AGENT,
      ...headers,
    ],
    body: Buffer.from(body),
    timeoutMs: patienceMs,
    redirectsMax: 0,
  });
  const send = async (one: DeliveryRequest): Promise<Reply> => {
    sent.requests++;
    const sentMs = nowMs();
    const exchange = await transport.send(one);
    note(exchange.headers, sentMs);
    return replyOf(exchange);
  };
  const token = (event: TruoraEvent, key: string, ageSeconds: number): string =>
    signDelivery(
      { events: [event], iat: Math.floor(nowMs() / 1000) - ageSeconds, iss: 'Truora' },
      key,
    );
  const tally = (event: TruoraEvent): void => {
    sent.deliveries++;
    sent.events.set(event.id, event);
  };
  const post = async ({ body = NONSENSE, contentType = target.contentType }: Post = {}) =>
    send(request('POST', { body, contentType }));

  return {
    url,
    target,
    guard,
    env: options.env,
    nowMs,
    patienceMs,
    post,
    /** GET, HEAD or OPTIONS, on the delivery's path or another one. */
    ask: async (method: 'GET' | 'OPTIONS', path?: string): Promise<Reply> =>
      send(request(method, {}, path)),
    /** A new event, that a receiver has not seen. */
    event: (): TruoraEvent => events.event({ pair: 'checks.created' }),
    /** Sends a genuine delivery; only where the target `delivers`. */
    deliver: async ({
      event = events.event({ pair: 'checks.created' }),
      contentType = target.contentType,
      ageSeconds = 0,
    }: Delivery = {}): Promise<Reply> => {
      if (options.key === undefined) throw new Error('nothing genuine is sent without a key');
      tally(event);
      return post({ body: token(event, options.key, ageSeconds), contentType });
    },
    /** What is demanded of tokens that Truora's do not have; undefined where that is not found out. */
    demandOn: async (event: TruoraEvent): Promise<Demand | undefined> => {
      if (options.key === undefined) return undefined;
      for (const [demand, body] of otherTokens(token(event, options.key, 0), options.key)) {
        tally(event);
        const { status = 0 } = await post({ body });
        if (status >= 200 && status < 300) return demand;
      }
      return undefined;
    },
    /** A body for {@link text}: the first genuine delivery once more, or nonsense where there is none. */
    copy: (): string => {
      const [event] = sent.events.values();
      if (event === undefined || options.key === undefined) return NONSENSE;
      tally(event);
      return token(event, options.key, 0);
    },
    /** Sends a well-formed token that a stranger signed. */
    forge: async (strangersKey: string): Promise<Reply> =>
      post({ body: token(events.event({ pair: 'checks.created' }), strangersKey, 0) }),
    /** Opens a connection of its own. */
    open: async (): Promise<Line> => holdLine(await openSocket(url, http)),
    /** A POST as text, to be written to such a connection. */
    text: (
      extra: DeliveryRequest['headers'] = [],
      { body = NONSENSE, contentType = target.contentType }: Post = {},
    ) => {
      sent.requests++;
      const { headers: own } = request('POST', { contentType });
      const length = ['Content-Length', String(body.length)] as const;
      return {
        head: requestHead({ url: url.href, method: 'POST', headers: [...own, length, ...extra] }),
        body,
      };
    },
    /** Takes down what an answer on such a connection said of the time. */
    note,
    dates: (): readonly DateSample[] => dates,
    sent: (): Sent => ({
      requests: sent.requests,
      deliveries: sent.deliveries,
      events: [...sent.events.keys()],
    }),
  };
};

export type Bench = ReturnType<typeof createBench>;

const replyOf = ({ outcome, headers, body, latencyMs }: Exchange): Reply => ({
  status: outcome.kind === 'response' ? outcome.status : undefined,
  failure: outcome.kind === 'failure' ? outcome.failure : undefined,
  headers,
  text: Buffer.from(body).toString('utf8').slice(0, 2000),
  latencyMs,
});

/** What the diagnosis is about, as far as the call says. */
export const targetOf = (
  url: URL,
  rest: Omit<Target, 'host' | 'port' | 'path' | 'secure'>,
): Target => ({
  host: url.hostname.replace(/^\[|\]$/g, ''),
  port: portOf(url),
  path: url.pathname,
  secure: url.protocol === 'https:',
  ...rest,
});
