/** Takes what is due: each delivery once, whichever of its jobs comes, and only where it may go. */
import type { Job } from '../queue/queue.js';
import type { Fault, Hook, StoredEvent } from '../stand-in.js';
import {
  type ClaimedRow,
  type DeliveryRow,
  changeDeliveries,
  claimDeliveries,
  readQueueOf,
  refreshEvents,
} from '../store/deliveries.js';
import { eventOf } from '../store/events.js';
import { type HookRow, changeHook, hookOf, lockHooks } from '../store/hooks.js';
import { insertEntries } from '../store/ledger.js';
import type { Query } from '../store/store.js';
import type { Context } from './context.js';
import { isLimited, release } from './release.js';
import { tell } from './news.js';
import { createMinutes, touch } from './disable.js';

/** An attempt that is to be made now. */
export interface Work {
  readonly job: Job;
  readonly delivery: DeliveryRow;
  readonly hook: Hook;
  readonly signingKey: string;
  readonly events: readonly StoredEvent[];
  /** What is played in place of the receiver. */
  readonly fault: Fault['outcome'] | null;
}

/** Takes at most so many attempts that are due into the air. */
export const takeDue = async (context: Context, most: number): Promise<readonly Work[]> =>
  context.store.transaction(async (query) =>
    claim(context, query, await context.queue.take(query, 'deliveries', most)),
  );

/** Takes the deliveries of jobs into the air; jobs that stand for nothing any more are done. */
export const claim = async (
  context: Context,
  query: Query,
  jobs: readonly Job[],
): Promise<readonly Work[]> => {
  if (jobs.length === 0) return [];
  const claims = jobs.map(({ id, data }) => ({ id, deliveryId: data['deliveryId'] ?? 0 }));
  const deliveries = await claimDeliveries(query, claims);
  const hooks = await hooksOf(query, deliveries);
  const aside = await putAsideAll(context, query, deliveries, hooks);
  const parked = await park(query, deliveries, hooks, aside);
  const going = deliveries.filter(({ id }) => !aside.has(id) && !parked.has(id));
  const faults = await playFaults(query, going, hooks);
  const byJob = new Map(going.map((delivery) => [delivery.job_id, delivery]));
  await context.queue.finish(
    query,
    'deliveries',
    jobs.filter(({ id }) => !byJob.has(id)),
  );
  return jobs.flatMap((job) => {
    const delivery = byJob.get(job.id);
    const hook = hooks.get(delivery?.hook_id ?? '');
    if (delivery === undefined || hook === undefined) return [];
    return {
      job,
      delivery,
      hook: hookOf(hook),
      signingKey: context.seal.open(hook.signing_key),
      events: (delivery.events ?? []).map(eventOf),
      fault: faults.get(delivery.id) ?? null,
    };
  });
};

/** The hooks' rows; locked where what is decided now depends on what others decide. */
const hooksOf = async (
  query: Query,
  deliveries: readonly ClaimedRow[],
): Promise<ReadonlyMap<string, HookRow>> => {
  const hooks = new Map(
    deliveries.flatMap(({ hook }) => (hook === null ? [] : [[hook.id, hook] as const])),
  );
  const delicate = [...hooks.values()].filter(
    (row) =>
      isLimited(row) ||
      row.status === 'disabled' ||
      (row.fault !== null && row.fault.times !== null),
  );
  if (delicate.length === 0) return hooks;
  const ids = delicate.map(({ id }) => id);
  for (const row of await lockHooks(query, ids)) hooks.set(row.id, row);
  return hooks;
};

/** What fell due although its hook has been disabled meanwhile: the policy says what becomes of it. */
const putAsideAll = async (
  context: Context,
  query: Query,
  deliveries: readonly DeliveryRow[],
  hooks: ReadonlyMap<string, HookRow>,
): Promise<ReadonlySet<number>> => {
  const { onDisable } = context.options.policy;
  const nowMs = context.queue.nowMs();
  const minutes = createMinutes();
  const limited = new Map<string, HookRow>();
  const rows: (Pick<DeliveryRow, 'id'> & Partial<DeliveryRow>)[] = [];
  for (const { id, hook_id: hookId, event_ids: eventIds, attempts } of deliveries) {
    const hook = hooks.get(hookId);
    const isGone = hook === undefined || hook.removed_ms !== null;
    if (!isGone && hook.status === 'enabled') continue;
    if (!isGone && onDisable === 'send' && attempts > 0) continue;
    const status = !isGone && onDisable === 'hold' ? 'held' : 'dropped';
    rows.push({ id, status, job_id: null, in_air: false });
    if (!isGone && isLimited(hook)) limited.set(hookId, hook);
    if (status === 'held') continue;
    const kind = attempts === 0 ? 'missed' : 'dropped';
    minutes.entries.push({ kind, hookId, atMs: nowMs, eventIds });
    touch(minutes, eventIds);
  }
  if (rows.length === 0) return new Set();
  await changeDeliveries(query, rows);
  await insertEntries(query, minutes.entries);
  await refreshEvents(query, minutes.events, nowMs);
  // What waited behind these waits for nobody now.
  for (const hook of limited.values()) await release(context, query, hook);
  await tell(query, { changes: [{ topic: 'events', id: null }], due: limited.size > 0 });
  return new Set(rows.map(({ id }) => id));
};

/** What finds no free place at its hook waits until one is. */
const park = async (
  query: Query,
  deliveries: readonly DeliveryRow[],
  hooks: ReadonlyMap<string, HookRow>,
  aside: ReadonlySet<number>,
): Promise<ReadonlySet<number>> => {
  const parked = new Set<number>();
  for (const { id, concurrency } of hooks.values()) {
    if (concurrency === null) continue;
    const own = deliveries
      .filter((delivery) => delivery.hook_id === id && !aside.has(delivery.id))
      .toSorted((one, other) => one.id - other.id);
    const { inAir } = await readQueueOf(query, id);
    const surplus = own.slice(Math.max(0, own.length - Math.max(0, inAir - concurrency)));
    for (const delivery of surplus) parked.add(delivery.id);
  }
  await changeDeliveries(
    query,
    [...parked].map((id) => ({ id, job_id: null, in_air: false })),
  );
  return parked;
};

/** Which attempts are played, counted down as they are taken. */
const playFaults = async (
  query: Query,
  going: readonly DeliveryRow[],
  hooks: ReadonlyMap<string, HookRow>,
): Promise<ReadonlyMap<number, Fault['outcome']>> => {
  const played = new Map<number, Fault['outcome']>();
  for (const { id, fault } of hooks.values()) {
    if (fault === null) continue;
    const own = going.filter(({ hook_id: hookId }) => hookId === id);
    const share = own.slice(0, fault.times ?? own.length);
    for (const delivery of share) played.set(delivery.id, fault.outcome);
    if (fault.times === null || share.length === 0) continue;
    const times = fault.times - share.length;
    await changeHook(query, id, { fault: times > 0 ? { ...fault, times } : null });
  }
  return played;
};
