import { createEvent, createResource, findPair, resourceIdOf } from '../../simulator/index.js';
import type { Random, Resource, TruoraEvent } from '../../simulator/index.js';
import type { EventOptions } from './case.js';

/** Which field of a delivered event carries its idempotency key (REF: `id`; DOC names none). */
export type KeyField = 'id' | 'idempotency_key' | 'both';

/** Makes the events of one case. */
export interface EventMaker {
  readonly event: (options?: EventOptions) => TruoraEvent;
  readonly rekey: (event: TruoraEvent, key: string) => TruoraEvent;
}

/** Products whose objects are documented: their events are the least likely to be misunderstood. */
const DOCUMENTED = ['checks', 'digital_identity', 'document_validation'];

const AGE_SECONDS = 3;

export const keysOf = (event: TruoraEvent): readonly string[] =>
  [event.id, event.idempotency_key].filter((key) => key !== undefined && key !== '') as string[];

export const createEventMaker = (
  random: Random,
  options: {
    readonly keyField: KeyField;
    /** Changes the ids, and not which pairs are drawn. */
    readonly salt?: string;
    readonly handled: () => ReadonlySet<string>;
    readonly nowMs: () => number;
  },
): EventMaker => {
  const resources = new Map<string, Resource>();
  let drawn = 0;
  const withKeys = (event: TruoraEvent, key: string): TruoraEvent => {
    const { id: _replaced, ...rest } = event;
    const deliveryKey = key.replace(/^HKE/, 'HIK');
    if (options.keyField === 'id') return { ...event, id: key };
    if (options.keyField === 'both') return { ...event, id: key, idempotency_key: deliveryKey };
    return { idempotency_key: deliveryKey, ...rest } as unknown as TruoraEvent;
  };
  return {
    event: ({ pair: name, about, ageSeconds = AGE_SECONDS } = {}) => {
      const unsalted = random.fork(`event ${drawn++}`);
      const pair = findPair(name ?? defaultPair(options.handled(), unsalted));
      const { salt = '' } = options;
      const stream = salt === '' ? unsalted : unsalted.fork(salt);
      const atMs = options.nowMs() - ageSeconds * 1000;
      const known = about === undefined ? undefined : resources.get(resourceIdOf(about));
      const resource = known ?? createResource(pair.product, stream, atMs - 1000);
      resources.set(resource.id, resource);
      const event = createEvent(pair, resource, stream, atMs);
      return withKeys(event, event.id);
    },
    rekey: withKeys,
  };
};

const defaultPair = (handled: ReadonlySet<string>, random: Random): string => {
  const names = [...handled];
  const preferred = names.filter((name) => DOCUMENTED.includes(name.split('.')[0] ?? ''));
  return random.pick(preferred.length > 0 ? preferred : names);
};
