/** Something happens: events come to be, and set out for whoever subscribes. */
import {
  type Resource,
  type TruoraEvent,
  createEvent,
  createIdentifier,
  findPair,
  overrideEvent,
  resourceIdOf,
} from '../../catalog/index.js';
import { HookproofError } from '../../core/errors.js';
import type { Random } from '../../core/random.js';
import { pathsOf } from '../../core/set-paths.js';
import type { StoredEvent } from '../stand-in.js';
import { refreshEvents } from '../store/deliveries.js';
import { insertEvents, insertResources } from '../store/events.js';
import { type HookRow, hookOf, readHooks } from '../store/hooks.js';
import { insertEntries } from '../store/ledger.js';
import type { Query } from '../store/store.js';
import type { Context } from './context.js';
import { tell } from './news.js';
import { createMinutes } from './disable.js';
import { enqueue, subscribes } from './enqueue.js';
import { postUpdates } from './mails.js';

/** What happens, now or later: plain, so that it can be kept. */
export interface Happening {
  /** `checks.finished`, and the like. */
  readonly event: string;
  /** One event for each of them. */
  readonly resources: readonly Resource[];
  readonly set: Readonly<Record<string, unknown>>;
  /** Whether places that this event has not are passed over: another of the same life has them. */
  readonly isLenient: boolean;
  /** So many events to a delivery. */
  readonly batch: number;
  /** Only these hooks; null for all that subscribe. */
  readonly hooks: readonly string[] | null;
}

/** What has come of it, by ids. */
export interface Happened {
  readonly eventIds: readonly string[];
  readonly deliveryIds: readonly number[];
}

/** Makes the events of a happening, as they are sent. */
export const eventsOf = (
  { event, resources, set, isLenient }: Happening,
  random: Random,
  atMs: number,
): readonly TruoraEvent[] =>
  resources.map((resource) => {
    const made = createEvent(findPair(event), resource, random, atMs);
    const values = isLenient ? pick(made, set) : set;
    return overrideEvent(made, values);
  });

/** Those values for which the event has a place. */
const pick = (event: TruoraEvent, set: Happening['set']): Happening['set'] => {
  const places = new Set(pathsOf(event));
  return Object.fromEntries(
    Object.entries(set).filter(([place]) => places.has(place.replace(/^events\.0\./, ''))),
  );
};

/** Lets something happen at the present instant. */
export const happen = async (
  context: Context,
  query: Query,
  happening: Happening,
  random: Random,
): Promise<Happened> => {
  const nowMs = context.queue.nowMs();
  const { name, product } = findPair(happening.event);
  const made = eventsOf(happening, random, nowMs);
  const events = await insertEvents(
    query,
    made.map((event) => ({
      id: event.id,
      idempotencyKey: createIdentifier('HIK', random),
      product,
      name,
      eventType: event.event_type,
      eventAction: event.event_action,
      resourceId: resourceIdOf(event),
      version: event.version,
      timestamp: event.timestamp,
      object: event.object,
      createdMs: nowMs,
      updatedMs: nowMs,
      deliveryStatus: 'pending',
      deliveryAttempts: 0,
    })),
  );
  const resources = happening.resources.map((resource, index) => ({
    ...resource,
    id: events[index]?.resourceId ?? resource.id,
  }));
  await insertResources(query, resources, nowMs);

  const hooks = await hooksFor(query, happening.hooks);
  const told = (hook: HookRow): readonly StoredEvent[] =>
    happening.hooks === null ? events.filter((event) => subscribes(hook, event)) : events;
  const minutes = createMinutes();
  const deliveries = await enqueue(context, query, minutes, {
    deliveries: chunksFor(hooks, told, happening.batch),
    resend: false,
  });
  const mailed = hooks.filter(
    (hook) => hook.subscriber_type === 'email' && hook.status === 'enabled',
  );
  await postUpdates(
    context,
    query,
    mailed.flatMap((hook) => told(hook).map((event) => ({ hook: hookOf(hook), event }))),
  );
  if (mailed.length > 0) minutes.changes.push({ topic: 'mails', id: null });
  await insertEntries(query, minutes.entries);
  await refreshEvents(query, minutes.events, nowMs);
  await tell(query, { changes: minutes.changes, due: true });
  return {
    eventIds: events.map(({ id }) => id),
    deliveryIds: deliveries.map(({ id }) => id),
  };
};

/** All hooks, or those that are named. */
export const hooksFor = async (
  query: Query,
  ids: readonly string[] | null,
): Promise<readonly HookRow[]> => {
  const hooks = await readHooks(query);
  if (ids === null) return hooks;
  const unknown = ids.find((id) => !hooks.some((hook) => hook.id === id));
  if (unknown === undefined) return hooks.filter(({ id }) => ids.includes(id));
  throw new HookproofError('invalid_argument', `there is no hook ${unknown}`, 'name one that is');
};

/** So many events a delivery; first the first of them to every web hook, then the next. */
const chunksFor = (
  hooks: readonly HookRow[],
  told: (hook: HookRow) => readonly StoredEvent[],
  batch: number,
): readonly { readonly hook: HookRow; readonly events: readonly StoredEvent[] }[] =>
  hooks
    .filter(({ subscriber_type: type }) => type === 'web')
    .flatMap((hook) => {
      const events = told(hook);
      return Array.from({ length: Math.ceil(events.length / batch) }, (_, index) => ({
        index,
        hook,
        events: events.slice(index * batch, (index + 1) * batch),
      }));
    })
    .toSorted((one, other) => one.index - other.index);
