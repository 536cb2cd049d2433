/** A right receiver as a `(Request) => Response` handler; each option switches one behaviour. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TruoraEvent } from '../../simulator/index.js';

/** A signing key of the usual form. */
export const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const PATH = '/webhooks/truora';

/** What a token says that was signed with the key. */
export type Claims = Readonly<Record<string, unknown>>;

/** An event as it arrives: nothing about it is known yet. */
export type ReceivedEvent = Partial<TruoraEvent>;

/** What can be different about a receiver. */
export interface Behaviour {
  /** Names of the digests by `alg`. */
  readonly digests: Readonly<Record<string, string>>;
  readonly key: string | Uint8Array;
  /** The receiver's clock. */
  readonly nowMs: () => number;
  /** Reads the body of a request. */
  readonly read: (request: Request) => Promise<string>;
  /** Claims of a right token; undefined for every other text. */
  readonly verify: (token: string, behaviour: Behaviour) => Claims | undefined;
  /** The answer to what is not taken. */
  readonly refuse: (status: number, body: string) => Response | Promise<Response>;
  /** The events of right claims; undefined where there are none to be had. */
  readonly eventsOf: (claims: Claims) => readonly ReceivedEvent[] | undefined;
  readonly keyOf: (event: ReceivedEvent) => string | undefined;
  readonly handles: (event: ReceivedEvent) => boolean;
  /** Applies an event that is new. */
  readonly apply: (event: ReceivedEvent) => void | Promise<void>;
  /** Whether an event that was applied is to be known again. */
  readonly remembers: (event: ReceivedEvent) => boolean;
  /** The answer when all events were handled. */
  readonly respond: (copies: number, events: readonly ReceivedEvent[]) => Response;
}

export interface Receiver {
  readonly handle: (request: Request) => Promise<Response>;
  /** How often an event was applied. */
  readonly count: (event: TruoraEvent) => number;
  /** The events that were applied, in their order. */
  readonly applied: readonly ReceivedEvent[];
  /** How many requests came. */
  readonly requests: () => number;
}

const BODY_LIMIT = 4 << 20;

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The bytes of canonical base64url. */
const decode = (segment: string): Buffer | undefined => {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.toString('base64url') === segment ? bytes : undefined;
};

const textOf = (bytes: Buffer | undefined): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** The right MAC of a token with this header, or undefined where its algorithm is not taken. */
export const macOf = (
  token: string,
  { digests, key: secret }: Pick<Behaviour, 'digests' | 'key'>,
): Buffer | undefined => {
  const [header = '', payload = ''] = token.split('.', 3);
  const claims = parse(textOf(decode(header)) ?? '');
  if (!isObject(claims) || 'crit' in claims || claims['b64'] === false) return undefined;
  const digest = typeof claims['alg'] === 'string' ? digests[claims['alg']] : undefined;
  return digest === undefined
    ? undefined
    : createHmac(digest, secret).update(`${header}.${payload}`).digest();
};

const isWithinTimes = ({ exp, nbf }: Claims, nowMs: number): boolean =>
  (exp === undefined || (typeof exp === 'number' && exp * 1000 > nowMs)) &&
  (nbf === undefined || (typeof nbf === 'number' && nbf * 1000 <= nowMs));

export const verify: Behaviour['verify'] = (token, behaviour) => {
  const segments = token.split('.', 4);
  const [header = '', payload = '', signature = ''] = segments;
  if (segments.length !== 3 || header === '' || payload === '') return undefined;
  const given = decode(signature);
  const right = macOf(token, behaviour);
  if (given === undefined || right === undefined || given.length !== right.length) return undefined;
  if (!timingSafeEqual(given, right)) return undefined;
  const claims = parse(textOf(decode(payload)) ?? '');
  return isObject(claims) && isWithinTimes(claims, behaviour.nowMs()) ? claims : undefined;
};

const json = (status: number, value: unknown): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });

const rightly: Behaviour = {
  digests: { HS256: 'sha256' },
  key,
  nowMs: Date.now,
  read: async (request) => request.text(),
  verify,
  refuse: (status) => json(status, { error: 'refused' }),
  eventsOf: ({ events }) => (Array.isArray(events) && events.every(isObject) ? events : undefined),
  keyOf: ({ id }) => (typeof id === 'string' && id !== '' ? id : undefined),
  handles: () => true,
  apply: () => undefined,
  remembers: () => true,
  respond: () => json(200, { status: 'ok' }),
};

/** What an event is known by, whatever the receiver takes for its key. */
const nameOf = ({ id, idempotency_key: key }: ReceivedEvent): string | undefined => id ?? key;

/** Makes a receiver that is right but for the changes. */
export const createReceiver = (changes: Partial<Behaviour> = {}): Receiver => {
  const behaviour = { ...rightly, ...changes };
  const known = new Map<string, Promise<void>>();
  const applied: ReceivedEvent[] = [];
  let requests = 0;

  /** Applies an event once, however many copies come together; tells whether it was a copy. */
  const take = async (event: ReceivedEvent, name: string): Promise<boolean> => {
    const earlier = known.get(name);
    if (earlier !== undefined) {
      await earlier;
      return true;
    }
    const doing = (async () => {
      if (!behaviour.handles(event)) return;
      await behaviour.apply(event);
      applied.push(event);
    })();
    if (behaviour.remembers(event)) known.set(name, doing);
    await doing;
    return false;
  };

  const handle = async (request: Request): Promise<Response> => {
    requests++;
    if (new URL(request.url).pathname !== PATH) return behaviour.refuse(404, '');
    if (request.method !== 'POST') return behaviour.refuse(405, '');
    const body = await behaviour.read(request);
    if (body.length > BODY_LIMIT) return new Response(null, { status: 413 });
    const claims = behaviour.verify(body, behaviour);
    if (claims === undefined) return behaviour.refuse(401, body);
    const events = behaviour.eventsOf(claims);
    if (events === undefined) return behaviour.refuse(400, body);
    const names = events.map(behaviour.keyOf);
    if (names.includes(undefined)) return behaviour.refuse(400, body);
    let copies = 0;
    for (const [index, event] of events.entries()) {
      if (await take(event, names[index] ?? '')) copies++;
    }
    return behaviour.respond(copies, events);
  };

  return {
    handle,
    count: (event) => applied.filter((one) => nameOf(one) === nameOf(event)).length,
    applied,
    requests: () => requests,
  };
};
