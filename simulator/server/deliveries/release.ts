/** Deliveries that wait behind others of their hook: for order, or for a free place. */
import { randomUUID } from 'node:crypto';
import { changeDeliveries, readQueueOf } from '../store/deliveries.js';
import type { HookRow } from '../store/hooks.js';
import type { Query } from '../store/store.js';
import type { Context } from './context.js';

export const isLimited = (hook: Pick<HookRow, 'concurrency' | 'ordered'>): boolean =>
  hook.ordered || hook.concurrency !== null;

/** Lets as many of those that wait behind others go as may. The hook is locked. */
export const release = async (
  { queue }: Context,
  query: Query,
  hook: Pick<HookRow, 'id' | 'concurrency' | 'ordered'>,
): Promise<void> => {
  const { parked, inAir, scheduled } = await readQueueOf(query, hook.id);
  const free = hook.ordered
    ? Math.max(0, 1 - scheduled)
    : (hook.concurrency ?? Number.POSITIVE_INFINITY) - inAir;
  const nowMs = queue.nowMs();
  const going = parked.slice(0, Math.max(0, free)).map(({ id, due_ms: dueMs }) => ({
    id,
    job_id: randomUUID(),
    due_ms: Math.max(dueMs, nowMs),
  }));
  await changeDeliveries(query, going);
  await queue.add(
    query,
    'deliveries',
    going.map((row) => ({ id: row.job_id, data: { deliveryId: row.id }, dueMs: row.due_ms })),
  );
};
