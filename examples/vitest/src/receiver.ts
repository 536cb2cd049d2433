import { errors, jwtVerify } from 'jose';
import type { Store } from './store.js';

export interface TruoraEvent {
  readonly id: string;
  readonly event_type: string;
  readonly event_action: string;
  readonly object: Readonly<Record<string, unknown>>;
}

const BODY_LIMIT = 2 * 1024 * 1024;

/** Takes Truora's deliveries: verifies, deduplicates, applies, and only then acknowledges. */
export const createReceiver = (options: {
  readonly key: string;
  readonly store: Store;
  readonly apply: (event: TruoraEvent) => Promise<void>;
}): ((request: Request) => Promise<Response>) => {
  const key = new TextEncoder().encode(options.key);
  return async (request) => {
    const token = await request.text();
    if (token.length > BODY_LIMIT) return new Response('too large', { status: 413 });
    const events = await verified(token, key);
    if (events === undefined) return new Response('not a delivery of Truora', { status: 401 });
    for (const event of events) {
      if (!(await options.store.claim(event.id))) {
        if (await options.store.seen(event.id)) continue;
        return new Response('in work', { status: 409 });
      }
      try {
        await options.apply(event);
        await options.store.finish(event.id);
      } catch {
        await options.store.release(event.id);
        return new Response('not done: deliver it again', { status: 503 });
      }
    }
    return new Response('ok');
  };
};

/** The events of a genuine token; undefined for every other text. */
const verified = async (
  token: string,
  key: Uint8Array,
): Promise<readonly TruoraEvent[] | undefined> => {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], clockTolerance: 60 });
    const events = payload['events'];
    return Array.isArray(events) && events.every(isEvent) ? events : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
};

const isEvent = (value: unknown): value is TruoraEvent =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  value.id !== '' &&
  'object' in value;
