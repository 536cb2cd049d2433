import type { HookWithFigures } from '../stand-in.js';
import { type HookRow, hookOf, readWaiting } from '../store/hooks.js';
import type { Context } from './context.js';
import { takeUpWindows } from './window.js';

/** Hooks with what their windows hold now. */
export const figuresOf = async (
  { store: { query }, queue, options: { policy } }: Context,
  rows: readonly HookRow[],
): Promise<readonly HookWithFigures[]> => {
  const nowMs = queue.nowMs();
  const waiting = await readWaiting(
    query,
    rows.map(({ id }) => id),
  );
  const hooks: HookWithFigures[] = [];
  const taken = await takeUpWindows(
    query,
    policy,
    rows.map((hook) => ({ hook, firstAtMs: nowMs, lastAtMs: nowMs, eventIds: [] })),
  );
  for (const { hook: row, window } of taken) {
    const { failed, total, headroom } = window.at(nowMs);
    const { waiting: deliveries, nextDueMs } = waiting.get(row.id) ?? {
      waiting: 0,
      nextDueMs: null,
    };
    hooks.push({
      ...hookOf(row),
      window: {
        failed,
        total,
        share: total === 0 ? 0 : failed / total,
        headroom: Number.isFinite(headroom) ? headroom : null,
        waiting: deliveries,
        nextDueMs,
      },
    });
  }
  return hooks;
};
