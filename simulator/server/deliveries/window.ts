/**
 * A hook's window as `core/window.ts` has it, over sums that are kept in the hook's row: what has left
 * since is read and taken off, so that it costs what has changed and not what it holds.
 */
import type { DeliveryPolicy } from '../../core/policy.js';
import { headroomOf } from '../../core/window.js';
import type { HookRow } from '../store/hooks.js';
import type { Query } from '../store/store.js';
import { readCountedAttempts, readCountedEvents, writeCountedEvents } from '../store/window.js';

export interface Figures {
  readonly failed: number;
  readonly total: number;
  /** Infinity where no row of failures trips the rule. */
  readonly headroom: number;
}

export interface HookWindow {
  /** Counts an attempt, and returns the instant that it stands at. Attempts come in time order. */
  readonly count: (atMs: number, failed: boolean, eventIds: readonly string[]) => number;
  /** What it holds at an instant, which is not before the last one it was asked for. */
  readonly at: (atMs: number) => Figures;
  /** Writes back what is not in the rows of attempts; returns the hook's new columns. */
  readonly save: (query: Query) => Promise<Partial<HookRow>>;
}

type Columns = Pick<
  HookRow,
  | 'id'
  | 'window_failed'
  | 'window_total'
  | 'window_from_ms'
  | 'window_last_ms'
  | 'window_first_ms'
  | 'window_after'
>;

interface Entry {
  readonly atMs: number;
  readonly total: number;
  readonly failed: number;
  superseded: boolean;
}

/** The oldest instant that is inside the window at another one. */
const oldestInside = (policy: DeliveryPolicy, firstMs: number | null, atMs: number): number => {
  if (policy.window === 'rolling') return atMs - policy.windowMs + 1;
  return firstMs === null ? atMs : atMs - ((atMs - firstMs) % policy.windowMs);
};

/**
 * Takes a window up to be asked about instants from `firstAtMs` to `lastAtMs`; `eventIds` are the
 * events that may be counted then. The hook is locked where anything is to be counted.
 */
export const takeUpWindow = async (
  query: Query,
  policy: DeliveryPolicy,
  hook: Columns,
  span: {
    readonly firstAtMs: number;
    readonly lastAtMs: number;
    readonly eventIds: readonly string[];
  },
): Promise<HookWindow> => {
  let firstMs = hook.window_first_ms;
  let fromMs = hook.window_from_ms;
  let lastMs = hook.window_last_ms;
  let failed = hook.window_failed;
  let total = hook.window_total;
  const countsEvents = policy.counted === 'events';
  const byEvent = new Map<string, Entry>();
  const leftMs = oldestInside(policy, firstMs, Math.max(span.firstAtMs, lastMs));
  const beforeMs = oldestInside(policy, firstMs, Math.max(span.lastAtMs, lastMs));
  const past =
    total > 0 && (countsEvents || beforeMs > fromMs)
      ? countsEvents
        ? await readEntries(query, hook.id, { fromMs, beforeMs }, span.eventIds, byEvent)
        : (
            await readCountedAttempts(query, hook.id, {
              fromMs,
              beforeMs,
              leftMs,
              after: hook.window_after,
            })
          ).map((group) => ({ ...group, superseded: false }))
      : [];
  const entries: Entry[] = past.filter(({ atMs }) => atMs < beforeMs);
  const counted = new Map<string, { atMs: number; failed: boolean }>();
  let head = 0;

  const evict = (oldestMs: number): void => {
    for (; head < entries.length; head++) {
      const entry = entries[head];
      if (entry === undefined || entry.atMs >= oldestMs) break;
      if (entry.superseded) continue;
      total -= entry.total;
      failed -= entry.failed;
      entry.superseded = true;
    }
    if (oldestMs > fromMs) fromMs = oldestMs;
  };
  const enter = (atMs: number, hasFailed: boolean, key: string): void => {
    if (countsEvents) {
      const earlier = byEvent.get(key);
      if (earlier !== undefined && !earlier.superseded) {
        earlier.superseded = true;
        total -= earlier.total;
        failed -= earlier.failed;
      }
    }
    const entry = { atMs, total: 1, failed: hasFailed ? 1 : 0, superseded: false };
    entries.push(entry);
    total += 1;
    failed += entry.failed;
    if (!countsEvents) return;
    byEvent.set(key, entry);
    counted.set(key, { atMs, failed: hasFailed });
  };
  return {
    count: (atMs, hasFailed, eventIds) => {
      const standsMs = Math.max(atMs, lastMs);
      firstMs ??= standsMs;
      evict(oldestInside(policy, firstMs, standsMs));
      lastMs = standsMs;
      for (const key of countsEvents ? eventIds : ['']) enter(standsMs, hasFailed, key);
      return standsMs;
    },
    at: (atMs) => {
      evict(oldestInside(policy, firstMs, Math.max(atMs, lastMs)));
      return { failed, total, headroom: headroomOf(policy, failed, total) };
    },
    save: async (saving) => {
      if (counted.size > 0) {
        const events = [...counted].map(([eventId, entry]) => ({ eventId, ...entry }));
        await writeCountedEvents(saving, hook.id, events, fromMs);
      }
      return {
        window_failed: failed,
        window_total: total,
        window_from_ms: fromMs,
        window_last_ms: lastMs,
        window_first_ms: firstMs,
      };
    },
  };
};

const readEntries = async (
  query: Query,
  hookId: string,
  span: { readonly fromMs: number; readonly beforeMs: number },
  eventIds: readonly string[],
  byEvent: Map<string, Entry>,
): Promise<readonly Entry[]> => {
  const events = await readCountedEvents(query, hookId, span, eventIds);
  return events.map(({ eventId, atMs, failed }) => {
    const entry = { atMs, total: 1, failed: failed ? 1 : 0, superseded: false };
    byEvent.set(eventId, entry);
    return entry;
  });
};
