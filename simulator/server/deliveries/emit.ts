/** What is to happen, as it was asked for: now, later, or as the course of a life. */
import { randomBytes } from 'node:crypto';
import {
  type Resource,
  createResource,
  findPair,
  findProduct,
  usualCourse,
} from '../../catalog/index.js';
import { HookproofError } from '../../core/errors.js';
import { type Random, createRandom } from '../../core/random.js';
import type { EmitOrder, LifecycleOrder } from '../stand-in.js';
import { insertComing } from '../store/coming.js';
import { readMade } from '../store/events.js';
import { nextDraw } from '../store/settings.js';
import type { Query } from '../store/store.js';
import type { Context } from './context.js';
import { type Happened, type Happening, eventsOf, happen, hooksFor } from './happen.js';

const MINUTE_MS = 60_000;
const COUNT_MOST = 10_000;

/** What has been set going, by ids. */
export interface SetGoing extends Happened {
  readonly scheduled: readonly { readonly name: string; readonly atMs: number }[];
  readonly resourceIds: readonly string[];
}

/** Draws for one order: from the stand-in's seed and a number that grows, or by true chance. */
export const draw = async ({ options }: Context, query: Query): Promise<Random> =>
  createRandom(
    options.seed === undefined
      ? randomBytes(16).toString('hex')
      : `${options.seed}/${await nextDraw(query)}`,
  );

const wholeFrom = (name: string, value: number, least: number, most: number): number => {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new HookproofError(
    'invalid_argument',
    `${name}: expected a whole number from ${least} to ${most}, got ${value}`,
    `correct ${name}, or leave it out`,
  );
};

const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;

/** Lets something happen, at once or later. */
export const emit = async (context: Context, order: EmitOrder): Promise<SetGoing> => {
  const pair = findPair(order.event);
  const count = wholeFrom('count', order.count ?? 1, 1, COUNT_MOST);
  const batch = wholeFrom('batch', order.batch ?? 1, 1, COUNT_MOST);
  const afterMs = wholeFrom('afterMs', order.afterMs ?? 0, 0, YEAR_MS);
  return context.store.transaction(async (query) => {
    const random = await draw(context, query);
    const atMs = context.queue.nowMs() + afterMs;
    const known = order.resource === undefined ? undefined : await madeOf(query, order.resource);
    const resources = Array.from(
      { length: count },
      () => known ?? createResource(pair.product, random, atMs),
    );
    const happening: Happening = {
      event: pair.name,
      resources,
      set: order.set ?? {},
      isLenient: false,
      batch,
      hooks: order.hooks ?? null,
    };
    return setGoing(context, query, [{ happening, atMs }], random);
  });
};

/** Lets a resource live: the first event at once, the others as time goes by. */
export const live = async (context: Context, order: LifecycleOrder): Promise<SetGoing> => {
  const product = findProduct(order.product);
  const everyMs = wholeFrom('everyMs', order.everyMs ?? MINUTE_MS, 0, YEAR_MS);
  const actions = order.actions ?? usualCourse(product.slug);
  for (const action of actions) findPair(`${product.slug}.${action}`);
  if (actions.length === 0) {
    throw new HookproofError('invalid_argument', 'a life has no actions', 'name at least one');
  }
  return context.store.transaction(async (query) => {
    const random = await draw(context, query);
    const nowMs = context.queue.nowMs();
    const resource = createResource(product.slug, random, nowMs);
    const steps = actions.map((action, index) => ({
      atMs: nowMs + index * everyMs,
      happening: {
        event: `${product.slug}.${action}`,
        resources: [resource],
        set: order.set ?? {},
        isLenient: true,
        batch: 1,
        hooks: null,
      },
    }));
    refuseUnknown(steps, random);
    return setGoing(context, query, steps, random);
  });
};

const madeOf = async (query: Query, id: string): Promise<Resource> => {
  const made = await readMade(query, id);
  if (made !== undefined) return made;
  throw new HookproofError(
    'invalid_argument',
    `no event was about a resource ${id}`,
    'name the resource of an earlier event, or leave it out for a new one',
  );
};

interface Step {
  readonly happening: Happening;
  readonly atMs: number;
}

/** A place must be in one of a life's events at least. */
const refuseUnknown = (steps: readonly Step[], random: Random): void => {
  const [first] = steps;
  for (const [place, value] of Object.entries(first?.happening.set ?? {})) {
    const refusals = steps.flatMap(({ happening, atMs }) => {
      try {
        eventsOf(
          { ...happening, set: { [place]: value }, isLenient: false },
          random.fork('try'),
          atMs,
        );
        return [];
      } catch (error) {
        return [error];
      }
    });
    if (refusals.length === steps.length) throw refusals[0];
  }
};

const setGoing = async (
  context: Context,
  query: Query,
  steps: readonly Step[],
  random: Random,
): Promise<SetGoing> => {
  const nowMs = context.queue.nowMs();
  const later = steps.filter(({ atMs }) => atMs > nowMs);
  for (const { happening, atMs } of later) {
    // What cannot happen is refused now, when somebody is there to hear it.
    eventsOf(happening, random.fork('try'), atMs);
    await hooksFor(query, happening.hooks);
  }
  const coming = await insertComing(
    query,
    later.map(({ happening, atMs }) => ({ atMs, name: happening.event, happening })),
  );
  await context.queue.add(
    query,
    'coming',
    coming.map(({ id, atMs }) => ({ data: { comingId: id }, dueMs: atMs })),
  );
  const happened: Happened[] = [];
  for (const { happening, atMs } of steps) {
    if (atMs <= nowMs) happened.push(await happen(context, query, happening, random));
  }
  return {
    eventIds: happened.flatMap(({ eventIds }) => eventIds),
    deliveryIds: happened.flatMap(({ deliveryIds }) => deliveryIds),
    scheduled: later.map(({ happening, atMs }) => ({ name: happening.event, atMs })),
    resourceIds: [
      ...new Set(steps.flatMap(({ happening }) => happening.resources.map(({ id }) => id))),
    ],
  };
};
