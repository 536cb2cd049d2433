/** A hook is disabled: by the rule, by hand, or with its account. */
import type { Change } from '../stand-in.js';
import { putAside } from '../store/deliveries.js';
import { type HookRow, changeHook, hookOf } from '../store/hooks.js';
import type { NewEntry } from '../store/ledger.js';
import type { Query } from '../store/store.js';
import type { Context } from './context.js';
import { postDisabled } from './mails.js';

/** What one transaction adds to the ledger, and what it leads to. */
export interface Minutes {
  readonly entries: NewEntry[];
  /** Events whose deliveries have changed, and how many attempts they have had in it. */
  readonly events: Map<string, number>;
  readonly changes: Change[];
}

export const createMinutes = (): Minutes => ({ entries: [], events: new Map(), changes: [] });

/** Notes events whose deliveries have changed. */
export const touch = (minutes: Minutes, eventIds: readonly string[], attempts = 0): void => {
  for (const id of eventIds) minutes.events.set(id, (minutes.events.get(id) ?? 0) + attempts);
};

/**
 * Disables a hook that is locked and enabled. What waits for it is dropped, held or left, as the policy
 * has it; the rule has its creator and its owner told.
 */
export const disableHook = async (
  context: Context,
  query: Query,
  minutes: Minutes,
  disabling: {
    readonly hook: HookRow;
    readonly reason: 'rule' | 'request' | 'account';
    readonly window: { readonly failed: number; readonly total: number };
    readonly atMs: number;
  },
): Promise<void> => {
  const { hook, reason, window, atMs } = disabling;
  const times = hook.disabled_times + 1;
  await changeHook(query, hook.id, {
    status: 'disabled',
    disabled_ms: atMs,
    disabled_reason: reason,
    disabled_times: times,
    updated_ms: atMs,
  });
  minutes.changes.push({ topic: 'hooks', id: hook.id });
  minutes.entries.push({
    kind: 'disabled',
    hookId: hook.id,
    atMs,
    reason,
    windowFailed: window.failed,
    windowTotal: window.total,
  });
  await putAsideAll(context, query, minutes, { hookId: hook.id, atMs });
  if (reason === 'rule') {
    const to = await postDisabled(context, query, { hook: hookOf(hook), times, window, atMs });
    minutes.entries.push({ kind: 'mail', hookId: hook.id, atMs, to });
    minutes.changes.push({ topic: 'mails', id: null });
  }
};

/** What waits for a hook that has just been disabled. */
const putAsideAll = async (
  { options: { policy } }: Context,
  query: Query,
  minutes: Minutes,
  { hookId, atMs }: { readonly hookId: string; readonly atMs: number },
): Promise<void> => {
  if (policy.onDisable === 'send') return;
  if (policy.onDisable === 'hold') {
    await putAside(query, hookId, 'held');
    return;
  }
  for (const { event_ids: eventIds } of await putAside(query, hookId, 'dropped')) {
    minutes.entries.push({ kind: 'dropped', hookId, atMs, eventIds });
    touch(minutes, eventIds);
  }
};
