/**
 * A hook's window as `core/window.ts` has it, over sums that are kept in the hook's row: what has left
 * since is read and taken off, so that it costs what has changed and not what it holds.
 */
import type { DeliveryPolicy } from '../../core/policy.js';
import { headroomOf } from '../../core/window.js';
import type { HookRow } from '../store/hooks.js';
import type { Query } from '../store/store.js';
import {
  type CountedGroup,
  readCountedAttempts,
  readCountedEvents,
  writeCountedEvents,
} from '../store/window.js';

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

type Entry = Omit<CountedGroup, 'hookId'> & { superseded: boolean };

/** The oldest instant that is inside the window at another one. */
const oldestInside = (policy: DeliveryPolicy, firstMs: number | null, atMs: number): number => {
  if (policy.window === 'rolling') return atMs - policy.windowMs + 1;
  return firstMs === null ? atMs : atMs - ((atMs - firstMs) % policy.windowMs);
};

/** A window to be taken up, and asked about instants from `firstAtMs` to `lastAtMs`. */
export interface Wanted<Row extends Columns> {
  readonly hook: Row;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** The events that may be counted then. */
  readonly eventIds: readonly string[];
}

/** Takes windows up. Their hooks are locked where anything is to be counted. */
export const takeUpWindows = async <Row extends Columns>(
  query: Query,
  policy: DeliveryPolicy,
  wanted: readonly Wanted<Row>[],
): Promise<readonly { readonly hook: Row; readonly window: HookWindow }[]> => {
  const spans = wanted.map(({ hook, firstAtMs, lastAtMs, eventIds }) => ({
    hook,
    hookId: hook.id,
    fromMs: hook.window_from_ms,
    beforeMs: oldestInside(policy, hook.window_first_ms, Math.max(lastAtMs, hook.window_last_ms)),
    leftMs: oldestInside(policy, hook.window_first_ms, Math.max(firstAtMs, hook.window_last_ms)),
    after: hook.window_after,
    eventIds,
  }));
  const held = spans.filter(({ hook }) => hook.window_total > 0);
  const past =
    policy.counted === 'events'
      ? await readCountedEvents(query, held)
      : await readCountedAttempts(
          query,
          held.filter(({ fromMs, beforeMs }) => beforeMs > fromMs),
        );
  return spans.map(({ hook, beforeMs }) => {
    const own = past.filter(({ hookId }) => hookId === hook.id);
    return { hook, window: windowOf(policy, hook, own, beforeMs) };
  });
};

const windowOf = (
  policy: DeliveryPolicy,
  hook: Columns,
  past: readonly CountedGroup[],
  beforeMs: number,
): HookWindow => {
  let firstMs = hook.window_first_ms;
  let fromMs = hook.window_from_ms;
  let lastMs = hook.window_last_ms;
  let failed = hook.window_failed;
  let total = hook.window_total;
  const countsEvents = policy.counted === 'events';
  const read = past.map((group): Entry => ({ ...group, superseded: false }));
  const byEvent = new Map(read.map((entry) => [entry.eventId ?? '', entry]));
  const entries = read.filter(({ atMs }) => atMs < beforeMs);
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
