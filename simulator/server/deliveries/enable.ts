/** A hook is enabled again; what was held for it goes on its way. */
import { randomUUID } from 'node:crypto';
import { changeDeliveries, releaseHeld } from '../store/deliveries.js';
import { type HookRow, changeHook } from '../store/hooks.js';
import type { Query } from '../store/store.js';
import { clearCounted } from '../store/window.js';
import type { Context } from './context.js';
import type { Minutes } from './disable.js';
import { release } from './release.js';

/** Enables a hook that is locked and disabled. */
export const enableHook = async (
  context: Context,
  query: Query,
  minutes: Minutes,
  hook: HookRow,
): Promise<void> => {
  const nowMs = context.queue.nowMs();
  const { onEnable } = context.options.policy;
  await changeHook(query, hook.id, {
    status: 'enabled',
    disabled_ms: null,
    disabled_reason: null,
    updated_ms: nowMs,
    ...(onEnable === 'clear' && {
      window_failed: 0,
      window_total: 0,
      window_from_ms: 0,
      window_first_ms: null,
      window_after: await clearCounted(query, hook.id),
    }),
  });
  minutes.entries.push({ kind: 'enabled', hookId: hook.id, atMs: nowMs });
  minutes.changes.push({ topic: 'hooks', id: hook.id });
  const held = await releaseHeld(query, hook.id, nowMs);
  if (hook.ordered) {
    await release(context, query, hook);
    return;
  }
  const going = held.map(({ id }) => ({ id, job_id: randomUUID() }));
  await changeDeliveries(query, going);
  const dues = new Map(held.map(({ id, due_ms: dueMs }) => [id, dueMs ?? nowMs]));
  await context.queue.add(
    query,
    'deliveries',
    going.map((row) => ({
      id: row.job_id,
      data: { deliveryId: row.id },
      dueMs: dues.get(row.id) ?? nowMs,
    })),
  );
};
