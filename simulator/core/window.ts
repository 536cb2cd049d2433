/**
 * The rule that disables a hook: more than a share of the attempts within a span of time failed
 * (DOC: "more than 80% of delivery attempts within 60 minutes").
 *
 * Readings chosen here (INF): an attempt belongs to the instant it ended; a rolling window at t is
 * (t − windowMs, t], so that an attempt exactly 60 minutes old is outside; tumbling windows are
 * half-open spans laid end to end from the hook's first counted attempt on.
 */
import type { DeliveryPolicy } from './policy.js';

/** An attempt that counts. `eventKey` matters only where the policy counts events. */
export interface CountedAttempt {
  /** When it ended, in milliseconds. */
  readonly atMs: number;
  readonly failed: boolean;
  readonly eventKey: string;
}

/** What a window holds at an instant. */
export interface Standing {
  readonly failed: number;
  readonly total: number;
  /** Whether the rule, judged at this instant, disables the hook. */
  readonly tripped: boolean;
  /**
   * Failures in a row, of fresh events, that would trip the rule at this instant; 0 when tripped,
   * Infinity where the threshold is 1/1.
   */
  readonly headroom: number;
}

interface Entry extends CountedAttempt {
  superseded: boolean;
}

interface Tally {
  readonly policy: DeliveryPolicy;
  /** In the order recorded; those before `head` have left the window. */
  readonly entries: Entry[];
  readonly latestByEvent: Map<string, Entry>;
  head: number;
  failed: number;
  total: number;
  firstMs: number | undefined;
}

const inside = Symbol('window');

/** One hook's counted attempts. Opaque; `record` owns it and advances it in place. */
export interface DisableWindow {
  readonly [inside]: Tally;
}

const oldestInsideMs = ({ policy, firstMs }: Tally, atMs: number): number => {
  if (policy.window === 'rolling') return atMs - policy.windowMs + 1;
  const startMs = firstMs ?? atMs;
  return atMs - ((atMs - startMs) % policy.windowMs);
};

const add = (tally: Tally, entry: Entry, sign: 1 | -1): void => {
  tally.total += sign;
  if (entry.failed) tally.failed += sign;
};

const evict = (tally: Tally, oldestMs: number): void => {
  const { entries, latestByEvent } = tally;
  for (let entry = entries[tally.head]; entry !== undefined; entry = entries[tally.head]) {
    if (entry.atMs >= oldestMs) break;
    tally.head += 1;
    if (entry.superseded) continue;
    add(tally, entry, -1);
    latestByEvent.delete(entry.eventKey);
  }
  // Cutting only when half is dead keeps the cost of an attempt constant on average.
  if (tally.head > 64 && tally.head * 2 > entries.length) {
    entries.splice(0, tally.head);
    tally.head = 0;
  }
};

const supersede = (tally: Tally, entry: Entry): void => {
  const earlier = tally.latestByEvent.get(entry.eventKey);
  if (earlier !== undefined) {
    earlier.superseded = true;
    add(tally, earlier, -1);
  }
  tally.latestByEvent.set(entry.eventKey, entry);
};

/** An empty window. */
export const createWindow = (policy: DeliveryPolicy): DisableWindow => ({
  [inside]: {
    policy,
    entries: [],
    latestByEvent: new Map(),
    head: 0,
    failed: 0,
    total: 0,
    firstMs: undefined,
  },
});

/**
 * Counts an attempt, in constant time on average. The window passed in is given away: use only the
 * one returned. Attempts come in time order; one reported a little late stays in the window as long
 * as the one before it.
 */
export const record = (window: DisableWindow, attempt: CountedAttempt): DisableWindow => {
  const tally = window[inside];
  const { atMs, failed, eventKey } = attempt;
  const entry: Entry = { atMs, failed, eventKey, superseded: false };
  tally.firstMs ??= atMs;
  evict(tally, oldestInsideMs(tally, atMs));
  if (tally.policy.counted === 'events') supersede(tally, entry);
  tally.entries.push(entry);
  add(tally, entry, 1);
  return window;
};

const headroomOf = (policy: DeliveryPolicy, failed: number, total: number): number => {
  const { numerator, denominator } = policy.threshold;
  if (numerator === denominator) return Number.POSITIVE_INFINITY;
  const short = numerator * total - denominator * failed;
  const toExceed = Math.floor(short / (denominator - numerator)) + 1;
  return Math.max(0, toExceed, policy.attemptsMin - total);
};

/** What the window holds at an instant, which may lie ahead; the window stays as it is. */
export const standing = (window: DisableWindow, atMs: number): Standing => {
  const tally = window[inside];
  let { failed, total } = tally;
  const oldestMs = oldestInsideMs(tally, atMs);
  for (let index = tally.head; index < tally.entries.length; index++) {
    const entry = tally.entries[index];
    if (entry === undefined || entry.atMs >= oldestMs) break;
    if (entry.superseded) continue;
    total -= 1;
    if (entry.failed) failed -= 1;
  }
  const headroom = headroomOf(tally.policy, failed, total);
  return { failed, total, tripped: headroom === 0, headroom };
};
