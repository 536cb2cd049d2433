import { createHash } from 'node:crypto';
import { requestHead, signDelivery } from '../../simulator/index.js';
import type {
  DeliveryRequest,
  Exchange,
  Random,
  RawSender,
  Transport,
  TruoraEvent,
} from '../../simulator/index.js';
import type {
  Attempt,
  Canary,
  CaseContext,
  EventsApi,
  Intent,
  ReceiverControls,
  ReceiverFacts,
  SendOptions,
  SinkControl,
} from './case.js';
import type { Clock } from './clock.js';
import { noteDisturbance } from './disturbance.js';
import { deliverWithRetries, PATIENCE_MS } from './deliver.js';
import { createEventMaker, keysOf } from './events.js';
import type { KeyField } from './events.js';
import { asksToComeBack, isBusy, retryAfterMs } from './judge.js';
import type { Ledger } from './ledger.js';
import type { Limit } from './limit.js';
import type { Observer } from './observer.js';

/** What all cases of a run share. */
export interface RunEnvironment {
  /** Where the receiver is, after its redirects. */
  readonly url: () => string;
  readonly key: string;
  readonly keyField: KeyField;
  readonly salt?: string;
  readonly timeoutMs: number;
  readonly redirectsMax: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly transport: Transport;
  readonly raw: RawSender | undefined;
  readonly clock: Clock;
  readonly startedAtMs: number;
  readonly limit: () => Limit;
  /** Called when the receiver says that it is sent too much at a time. */
  readonly ease: () => void;
  readonly ledger: Ledger;
  readonly observer: Observer;
  readonly facts: () => ReceiverFacts;
  readonly sink: SinkControl | undefined;
  readonly canary: Canary | undefined;
  readonly api:
    (EventsApi & { readonly know?: (events: readonly TruoraEvent[]) => void }) | undefined;
  readonly peerUrl: string | undefined;
  readonly controls: ReceiverControls;
  /** Told of every attempt as it ends. */
  readonly onAttempt?: (attempt: Attempt) => void;
}

const TOKEN_AGE_SECONDS = 2;

const LOST = { kind: 'failure', failure: 'reset', detail: 'the answer was lost' } as const;

/** How often a request other than a genuine one comes again that a limit sent away. */
const LOOKS_AGAIN = 2;

/** Longer bodies are not kept for review. */
const BODY_REVIEWED_BYTES = 128 * 1024;

export const createContext = (
  caseId: string,
  random: Random,
  environment: RunEnvironment,
): CaseContext => {
  const { clock, raw, observer, key } = environment;
  const disturbance = noteDisturbance(environment.sink, environment.controls);
  const maker = createEventMaker(random.fork('events'), {
    keyField: environment.keyField,
    salt: environment.salt ?? '',
    handled: () => environment.facts().handled,
    nowMs: clock.nowMs,
  });
  const token: CaseContext['token'] = (events, { ageSeconds = TOKEN_AGE_SECONDS, ...other } = {}) =>
    signDelivery(
      { events, iat: Math.floor(clock.nowMs() / 1000) - ageSeconds, iss: 'Truora' },
      other.key ?? key,
    );
  const requestFor = (intent: Intent, body: Uint8Array, options: SendOptions): DeliveryRequest => ({
    url: options.url ?? environment.url(),
    method: options.method ?? 'POST',
    headers: [
      ...(options.contentType === null
        ? []
        : [['Content-Type', options.contentType ?? environment.facts().contentType] as const]),
      ...environment.headers,
      ...(options.headers ?? []),
    ],
    body,
    timeoutMs: options.timeoutMs ?? environment.timeoutMs,
    redirectsMax: intent === 'genuine' ? environment.redirectsMax : 0,
    ...(options.answerKeptBytes === undefined ? {} : { bodyKeptBytes: options.answerKeptBytes }),
  });
  const record = (
    attempt: Omit<Attempt, 'caseId' | 'atMs' | 'request'>,
    request: Pick<DeliveryRequest, 'method' | 'url' | 'headers'>,
    body: Uint8Array,
  ): Attempt => {
    const { method, headers } = request;
    const recorded = {
      ...attempt,
      caseId,
      atMs: clock.nowMs() - environment.startedAtMs,
      request: {
        method,
        headers,
        url: request.url,
        bodyBytes: body.length,
        body: body.length > BODY_REVIEWED_BYTES ? new Uint8Array() : body,
        bodyDigest: createHash('sha256').update(body).digest('hex'),
      },
    };
    environment.ledger.add(recorded);
    environment.onAttempt?.(recorded);
    return recorded;
  };
  const sendOnce: CaseContext['send'] = async (intent, events, body, options = {}) => {
    const bytes = toBytes(body);
    const request = requestFor(intent, bytes, options);
    if (intent === 'genuine') environment.api?.know?.(events);
    const heard = await environment.limit()(async () => environment.transport.send(request));
    const exchange = options.isAnswerLost === true ? { ...heard, outcome: LOST } : heard;
    if (intent === 'genuine' && isBusy({ exchange }) && !disturbance.explains(events)) {
      environment.ease();
    }
    return record({ label: options.label ?? 'delivery', intent, events, exchange }, request, bytes);
  };
  /** A limit answers without a look at what it sends away: only what comes again later is judged. */
  const send: CaseContext['send'] = async (intent, ...rest) => {
    let attempt = await sendOnce(intent, ...rest);
    if (intent === 'genuine') return attempt;
    for (let again = 0; again < LOOKS_AGAIN; again++) {
      const askedMs = asksToComeBack(attempt) ? (retryAfterMs(attempt) ?? Infinity) : Infinity;
      if (askedMs > PATIENCE_MS) break;
      await clock.wait(askedMs);
      attempt = await sendOnce(intent, ...rest);
    }
    return attempt;
  };
  const together = async (
    shots: Parameters<CaseContext['pipeline']>[0],
    carry: (requests: readonly DeliveryRequest[]) => Promise<readonly Exchange[]>,
  ): Promise<readonly Attempt[]> => {
    const requests = shots.map(({ intent, body }) => requestFor(intent, toBytes(body), {}));
    const exchanges = await environment.limit()(async () => carry(requests));
    return exchanges.map((exchange, index) => {
      const { body, ...shot } = shots[index] ?? raise(`no shot ${index}`);
      const request = requests[index] ?? raise(`no request ${index}`);
      return record({ ...shot, exchange }, request, toBytes(body));
    });
  };
  return {
    get url() {
      return environment.url();
    },
    key,
    timeoutMs: environment.timeoutMs,
    get facts() {
      return environment.facts();
    },
    random,
    raw,
    nowMs: clock.nowMs,
    wait: clock.wait,
    ...maker,
    keyOf: (event) => keysOf(event)[0] ?? '',
    token,
    send,
    race: async (shots) => {
      const requests = shots.map(({ body, url }) =>
        requestFor('genuine', toBytes(body), url === undefined ? {} : { url }),
      );
      environment.api?.know?.(shots.flatMap(({ events }) => events));
      const exchanges: readonly Exchange[] =
        raw === undefined
          ? await Promise.all(requests.map(async (request) => environment.transport.send(request)))
          : await raw.race(requests);
      return exchanges.map((exchange, index) => {
        const shot = shots[index] ?? raise(`no shot ${index}`);
        const request = requests[index] ?? raise(`no request ${index}`);
        return record(
          { label: `copy ${index + 1}`, intent: 'genuine', events: shot.events, exchange },
          request,
          toBytes(shot.body),
        );
      });
    },
    write: async (intent, events, chunks, options = {}) => {
      if (raw === undefined) throw new Error('a case that writes bytes must need a socket');
      const bytes = chunks.map(toBytes);
      const request = {
        url: environment.url(),
        method: 'POST',
        timeoutMs: options.timeoutMs ?? environment.timeoutMs,
      };
      const exchange = await environment.limit()(async () =>
        raw.write({
          ...request,
          chunks: bytes,
          then: options.then ?? 'await-answer',
          pauseMs: options.pauseMs ?? 0,
          continueMs: options.continueMs ?? 0,
        }),
      );
      return record(
        { label: options.label ?? 'raw request', intent, events, exchange },
        { ...request, headers: [] },
        Buffer.concat(bytes),
      );
    },
    onOneConnection: async (shots) =>
      together(shots, async (requests) => environment.transport.sendInSequence(requests)),
    pipeline: async (shots) =>
      together(shots, async (requests) =>
        raw === undefined ? environment.transport.sendInSequence(requests) : raw.pipeline(requests),
      ),
    head: (headers) =>
      requestHead({
        url: environment.url(),
        method: 'POST',
        headers: [...environment.headers, ...headers],
      }),
    deliver: async (events, options = {}) => {
      const { body = () => token(events), ...sending } = options;
      return deliverWithRetries({
        clock,
        timeoutMs: environment.timeoutMs,
        attempt: async (number) =>
          send('genuine', events, body(), {
            ...sending,
            label: `${sending.label ?? 'delivery'}${number === 1 ? '' : `, retry ${number - 1}`}`,
          }),
      });
    },
    canCount: (event) => observer.takes(event),
    canBeAsked: async (event) => observer.answersFor(event),
    count: async (event) => observer.countSettled(event),
    untilSeen: async (event) => observer.untilSeen(event),
    sink: disturbance.sink,
    canary: environment.canary,
    api: environment.api,
    peerUrl: environment.peerUrl,
    controls: disturbance.controls,
    showsStates: observer.showsStates,
    stateOf: async (event) => observer.stateOf(event),
    untilUp: async () => untilUp(environment),
  };
};

const UP_PATIENCE_MS = 20_000;
const UP_PAUSE_MS = 50;

/** A receiver that was started a moment ago may not listen yet; these questions are no attempts. */
const untilUp = async (environment: RunEnvironment): Promise<boolean> => {
  const { clock, transport, timeoutMs } = environment;
  const giveUpAt = clock.nowMs() + UP_PATIENCE_MS;
  const ask = { url: environment.url(), method: 'GET', headers: [], body: new Uint8Array() };
  for (;;) {
    const { outcome } = await transport.send({ ...ask, timeoutMs, redirectsMax: 0 });
    if (outcome.kind === 'response') return true;
    if (clock.nowMs() >= giveUpAt) return false;
    await clock.wait(UP_PAUSE_MS);
  }
};

const raise = (what: string): never => {
  throw new Error(what);
};

const toBytes = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
