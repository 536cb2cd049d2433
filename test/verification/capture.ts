/** Plays cases against nobody, and keeps what they would have sent. */
import { createHash } from 'node:crypto';
import type {
  Attempt,
  Canary,
  CaseContext,
  ContractCase,
  Intent,
  Observations,
  SendOptions,
  SendingCase,
} from '../../contracts/runner/case.js';
import { createEventMaker, keysOf } from '../../contracts/runner/events.js';
import { verificationCases } from '../../contracts/verification/index.js';
import { createRandom, pairs, signDelivery } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';

const URL_OF_RECEIVER = 'http://receiver.test/webhooks/truora';

/** The instant at which everything is sent. */
export const NOW_SECONDS = 1_767_323_046;

/** A signing key of the usual form. */
export const KEY = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const isSending = (one: ContractCase): one is SendingCase => one.kind === 'sends';

/** Each case of the suite sends. */
export const cases: readonly SendingCase[] = verificationCases.filter(isSending);

/** One body that a case would have sent. */
export interface Sent {
  readonly id: string;
  readonly one: SendingCase;
  readonly label: string;
  readonly intent: Intent;
  readonly events: readonly TruoraEvent[];
  readonly body: Buffer;
  readonly text: string;
}

export interface Captured {
  readonly sent: readonly Sent[];
  /** What the case says when nobody showed any effect. */
  readonly judgement: ReturnType<Observations['judge']>;
}

const unused = async (): Promise<never> => {
  throw new Error('a verification case sends and delivers, nothing else');
};

/** A listener that nobody calls, at the address that tokens name where there is none. */
const quietCanary: Canary = {
  urlOf: (path) => `https://keys.hookproof.invalid${path}`,
  hits: () => 0,
  serve: () => {},
};

/** What a case is played for. */
export interface CaptureOptions {
  readonly key?: string;
  readonly seed?: number;
  readonly canary?: Canary;
  /** The pairs that events are drawn from. */
  readonly pairNames?: readonly string[];
  /** Milliseconds until the answer to what has this label; 1 by default. */
  readonly latencyMs?: (label: string) => number;
  /** The effects that are seen at the end; they cannot be seen by default. */
  readonly count?: (event: TruoraEvent) => number;
}

/** Plays one case for a receiver that has `key`. */
export const capture = async (
  one: SendingCase,
  {
    key = KEY,
    seed = 42,
    canary = one.needs.includes('canary') ? quietCanary : undefined,
    pairNames = pairs.map(({ name }) => name),
    latencyMs = () => 1,
    count,
  }: CaptureOptions = {},
): Promise<Captured> => {
  const random = createRandom(seed).fork(one.id);
  const nowMs = (): number => NOW_SECONDS * 1000;
  const facts = {
    effects: count !== undefined,
    statusBlind: false,
    latestPerResource: false,
    brokenFirst: new Set<string>(),
    handled: new Set(pairNames),
    contentType: 'application/jwt',
  };
  const sent: Sent[] = [];
  const record = (
    intent: Intent,
    events: readonly TruoraEvent[],
    content: string | Uint8Array,
    { label = '' }: SendOptions = {},
  ): Attempt => {
    const body = Buffer.from(content);
    sent.push({ id: one.id, one, label, intent, events, body, text: body.toString() });
    return {
      caseId: one.id,
      label,
      intent,
      events,
      request: {
        method: 'POST',
        url: URL_OF_RECEIVER,
        headers: [],
        bodyBytes: body.length,
        body,
        bodyDigest: createHash('sha256').update(body).digest('hex'),
      },
      exchange: {
        outcome: { kind: 'response', status: 401, redirects: 0 },
        headers: {},
        body: new Uint8Array(),
        latencyMs: latencyMs(label),
      },
      atMs: 0,
    };
  };
  const token: CaseContext['token'] = (events, { ageSeconds = 2 } = {}) =>
    signDelivery({ events, iat: NOW_SECONDS - ageSeconds, iss: 'Truora' }, key);
  const context: CaseContext = {
    url: URL_OF_RECEIVER,
    key,
    timeoutMs: 3000,
    facts,
    random,
    raw: undefined,
    nowMs,
    wait: unused,
    ...createEventMaker(random.fork('events'), {
      keyField: 'id',
      handled: () => facts.handled,
      nowMs,
    }),
    keyOf: (event) => keysOf(event)[0] ?? '',
    token,
    send: async (...request) => record(...request),
    deliver: async (events, { body = () => token(events), ...options } = {}) => [
      record('genuine', events, body(), options),
    ],
    race: unused,
    write: unused,
    onOneConnection: unused,
    head: () => '',
    count: unused,
    canCount: () => true,
    canBeAsked: async () => true,
    untilSeen: unused,
    pipeline: unused,
    sink: undefined,
    canary,
    peerUrl: undefined,
    controls: {},
    api: undefined,
    showsStates: false,
    stateOf: unused,
    untilUp: unused,
  };
  const { judge } = await one.run(context);
  return { sent, judgement: judge({ facts, count: (event) => count?.(event) }) };
};

/** Plays all cases. */
export const captureAll = async (options: CaptureOptions = {}): Promise<readonly Sent[]> =>
  (await Promise.all(cases.map(async (one) => capture(one, options)))).flatMap(({ sent }) => sent);

/** The case with this slug. */
export const caseOf = (slug: string): SendingCase => {
  const one = cases.find(({ id }) => id === `verification/${slug}`);
  if (one === undefined) throw new Error(`no case ${slug}`);
  return one;
};
