/** Events set out for hooks: one delivery for so many events and each hook. */
import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '../stand-in.js';
import { type DeliveryRow, type NewDelivery, insertDeliveries } from '../store/deliveries.js';
import { type HookRow, lockHooks } from '../store/hooks.js';
import type { Query } from '../store/store.js';
import type { Context } from './context.js';
import { type Minutes, touch } from './disable.js';
import { release } from './release.js';

/** Whether a hook wants to be told of an event. */
export const subscribes = (
  hook: Pick<HookRow, 'event_type' | 'actions'>,
  event: Pick<StoredEvent, 'eventType' | 'eventAction'>,
): boolean =>
  (hook.event_type === 'all' || hook.event_type === event.eventType) &&
  (hook.actions.length === 0 || hook.actions.includes(event.eventAction));

/**
 * Enters deliveries to web hooks, due at once. At a disabled hook they are held or missed, as the
 * policy has it; at one that keeps an order, they wait behind what is not settled.
 */
export const enqueue = async (
  context: Context,
  query: Query,
  minutes: Minutes,
  order: {
    readonly deliveries: readonly {
      readonly hook: HookRow;
      readonly events: readonly StoredEvent[];
    }[];
    readonly resend: boolean;
  },
): Promise<readonly DeliveryRow[]> => {
  const nowMs = context.queue.nowMs();
  const { onDisable } = context.options.policy;
  const hooks = await settledHooks(
    query,
    order.deliveries.map(({ hook }) => hook),
  );
  const rows = order.deliveries.map(({ hook: { id: hookId }, events }): NewDelivery => {
    const hook = hooks.get(hookId);
    if (hook === undefined) throw new Error('a hook that is delivered to is there');
    const eventIds = events.map(({ id }) => id);
    const base = {
      hook_id: hookId,
      event_ids: eventIds,
      resend: order.resend,
      created_ms: nowMs,
      due_ms: nowMs,
    };
    if (hook.status === 'enabled') {
      return { ...base, status: 'waiting', job_id: hook.ordered ? null : randomUUID() };
    }
    if (onDisable === 'hold') return { ...base, status: 'held', job_id: null };
    minutes.entries.push({ kind: 'missed', hookId, atMs: nowMs, eventIds });
    touch(minutes, eventIds);
    return { ...base, status: 'dropped', due_ms: null, job_id: null };
  });
  const deliveries = await insertDeliveries(query, rows);
  await context.queue.add(
    query,
    'deliveries',
    deliveries.flatMap(({ id, job_id: jobId }) =>
      jobId === null ? [] : { id: jobId, data: { deliveryId: id }, dueMs: nowMs },
    ),
  );
  for (const hook of hooks.values()) {
    if (hook.ordered && hook.status === 'enabled') await release(context, query, hook);
  }
  minutes.changes.push({ topic: 'events', id: null });
  for (const { hook } of order.deliveries) minutes.changes.push({ topic: 'hooks', id: hook.id });
  return deliveries;
};

/**
 * The hooks by their ids. Those that keep an order, or are disabled, are locked: what is decided for
 * them now depends on what others decide.
 */
const settledHooks = async (
  query: Query,
  given: readonly HookRow[],
): Promise<ReadonlyMap<string, HookRow>> => {
  const hooks = new Map(given.map((hook) => [hook.id, hook]));
  const delicate = [...hooks.values()].filter((hook) => hook.ordered || hook.status === 'disabled');
  if (delicate.length === 0) return hooks;
  const ids = delicate.map(({ id }) => id);
  for (const row of await lockHooks(query, ids)) hooks.set(row.id, row);
  return hooks;
};
