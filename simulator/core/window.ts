/**
 * The rule that disables a hook: more than a share of the attempts within a span of time failed
 * (DOC: "more than 80% of delivery attempts within 60 minutes").
 *
 * Readings chosen here (INF): an attempt belongs to the instant it ended; a rolling window at t is
 * (t − windowMs, t], so that an attempt exactly 60 minutes old is outside; tumbling windows are
 * half-open spans laid end to end from the hook's first counted attempt on.
 */
import type { DeliveryPolicy } from './policy.js';

/** What tells events apart: an idempotency key, or the number of an event in a virtual run. */
type EventKey = string | number;

/** An attempt that counts. `eventKey` matters only where the policy counts events. */
export interface CountedAttempt {
  /** When it ended, in milliseconds. */
  readonly atMs: number;
  readonly failed: boolean;
  readonly eventKey: EventKey;
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

interface Tally {
  readonly policy: DeliveryPolicy;
  readonly isRolling: boolean;
  readonly countsEvents: boolean;
  /**
   * 1 for the common reading: rolling, and counting attempts. All that it holds counts then, so its
   * length is the total. A number, because to test a boolean takes V8 three times as long.
   */
  readonly isPlain: 0 | 1;
  readonly spanMs: number;
  /** Attempts in the order recorded, in rings whose length is a power of two. */
  timesMs: Float64Array;
  marks: Uint8Array;
  /** Only where events are counted. */
  readonly keys: EventKey[];
  /** Where in `timesMs` the latest attempt of an event stands. */
  readonly latest: Map<EventKey, number>;
  /** Those before `head` have left the window; both count from the first attempt ever. */
  head: number;
  tail: number;
  failed: number;
  total: number;
  /** Of the first attempt, where windows tumble: they are laid from here. */
  firstMs: number;
}

/** One hook's counted attempts. `record` owns it and advances it in place. */
export interface DisableWindow {
  /** What the window held when the last attempt was recorded. */
  readonly failed: number;
  readonly total: number;
}

const FAILED = 1;
const SUPERSEDED = 2;
const RING_MIN = 16;

const oldestInsideMs = ({ isRolling, spanMs, firstMs, tail }: Tally, atMs: number): number => {
  if (isRolling) return atMs - spanMs + 1;
  return tail === 0 ? atMs : atMs - ((atMs - firstMs) % spanMs);
};

const evict = (tally: Tally, oldestMs: number): void => {
  const { timesMs, marks, tail } = tally;
  const last = timesMs.length - 1;
  let { head, total, failed } = tally;
  for (; head < tail && (timesMs[head & last] as number) < oldestMs; head++) {
    const mark = marks[head & last] as number;
    if ((mark & SUPERSEDED) !== 0) continue;
    total -= 1;
    failed -= mark & FAILED;
    if (tally.countsEvents) tally.latest.delete(tally.keys[head & last] ?? '');
  }
  tally.head = head;
  tally.total = total;
  tally.failed = failed;
};

const supersede = (tally: Tally, eventKey: EventKey): void => {
  const last = tally.timesMs.length - 1;
  const earlier = tally.latest.get(eventKey);
  if (earlier !== undefined) {
    const mark = tally.marks[earlier & last] as number;
    tally.marks[earlier & last] = mark | SUPERSEDED;
    tally.total -= 1;
    tally.failed -= mark & FAILED;
  }
  tally.latest.set(eventKey, tally.tail);
  tally.keys[tally.tail & last] = eventKey;
};

/** Doubles the room; `tail` is where the attempts that are in it end. */
const widen = (tally: Tally, tail: number): void => {
  const { timesMs, marks, keys, head } = tally;
  const last = timesMs.length - 1;
  const wider = timesMs.length * 2;
  tally.timesMs = new Float64Array(wider);
  tally.marks = new Uint8Array(wider);
  const oldKeys = keys.splice(0);
  for (let index = head; index < tail; index++) {
    const to = index & (wider - 1);
    tally.timesMs[to] = timesMs[index & last] as number;
    tally.marks[to] = marks[index & last] as number;
    if (tally.countsEvents) keys[to] = oldKeys[index & last] ?? '';
  }
};

/** An empty window. */
export const createWindow = (policy: DeliveryPolicy): DisableWindow => {
  const isRolling = policy.window === 'rolling';
  const countsEvents = policy.counted === 'events';
  const tally: Tally = {
    policy,
    isRolling,
    countsEvents,
    isPlain: isRolling && !countsEvents ? 1 : 0,
    spanMs: policy.windowMs,
    timesMs: new Float64Array(RING_MIN),
    marks: new Uint8Array(RING_MIN),
    keys: [],
    latest: new Map(),
    head: 0,
    tail: 0,
    failed: 0,
    total: 0,
    firstMs: Number.NaN,
  };
  return tally;
};

/** Forgets all attempts and keeps the room that they took. */
export const clearWindow = (window: DisableWindow): void => {
  const tally = window as Tally;
  if (tally.countsEvents) {
    tally.keys.length = 0;
    tally.latest.clear();
  }
  tally.head = 0;
  tally.tail = 0;
  tally.failed = 0;
  tally.total = 0;
};

/**
 * Counts an attempt that ended at `atMs`, in constant time on average and without an allocation.
 * Attempts come in time order; one reported a little late stays in the window as long as the one
 * before it.
 */
export const count = (
  window: DisableWindow,
  atMs: number,
  failed: boolean,
  eventKey: EventKey,
): void => {
  const tally = window as Tally;
  if (tally.isPlain === 0) {
    countOtherwise(tally, atMs, failed, eventKey);
    return;
  }
  // The common reading in one piece: simulations count millions of attempts a second.
  const { timesMs, marks, tail } = tally;
  const last = timesMs.length - 1;
  const oldestMs = atMs - tally.spanMs + 1;
  const before = tally.head;
  let head = before;
  let failures = tally.failed + (failed ? 1 : 0);
  for (; head < tail && (timesMs[head & last] as number) < oldestMs; head++) {
    failures -= marks[head & last] as number;
  }
  tally.head = head;
  tally.tail = tail + 1;
  tally.failed = failures;
  tally.total = tail + 1 - head;
  if (tail - head > last) {
    widen(tally, tail);
    write(tally, tail, atMs, failed);
    return;
  }
  timesMs[tail & last] = atMs;
  marks[tail & last] = failed ? 1 : 0;
};

const write = (tally: Tally, index: number, atMs: number, failed: boolean): void => {
  const slot = index & (tally.timesMs.length - 1);
  tally.timesMs[slot] = atMs;
  tally.marks[slot] = failed ? FAILED : 0;
};

const countOtherwise = (tally: Tally, atMs: number, failed: boolean, eventKey: EventKey): void => {
  const { tail } = tally;
  if (tail === 0) tally.firstMs = atMs;
  evict(tally, oldestInsideMs(tally, atMs));
  if (tail - tally.head === tally.timesMs.length) widen(tally, tail);
  if (tally.countsEvents) supersede(tally, eventKey);
  write(tally, tail, atMs, failed);
  tally.tail = tail + 1;
  tally.total += 1;
  if (failed) tally.failed += 1;
};

/** `count` for one attempt as a value; the window passed in is given away: use the one returned. */
export const record = (window: DisableWindow, attempt: CountedAttempt): DisableWindow => {
  count(window, attempt.atMs, attempt.failed, attempt.eventKey);
  return window;
};

/**
 * How far such figures are from the threshold, in exact integers: `numerator × total − denominator ×
 * failed`. Below 0 it is exceeded.
 */
export const shortOf = ({ threshold }: DeliveryPolicy, failed: number, total: number): number =>
  threshold.numerator * total - threshold.denominator * failed;

/** Failures in a row, of fresh events, that would trip the rule with such figures; 0 if it trips. */
export const headroomOf = (policy: DeliveryPolicy, failed: number, total: number): number => {
  const short = shortOf(policy, failed, total);
  return Math.max(0, headroomFrom(policy, short), policy.attemptsMin - total);
};

/** The failures in a row that close such a distance from the threshold. */
export const headroomFrom = ({ threshold }: DeliveryPolicy, short: number): number => {
  const { numerator, denominator } = threshold;
  if (numerator === denominator) return Number.POSITIVE_INFINITY;
  return Math.floor(short / (denominator - numerator)) + 1;
};

/** How many attempts a window holds at an instant, superseded ones included. */
export const attemptsIn = (window: DisableWindow, atMs: number): number => {
  const tally = window as Tally;
  const last = tally.timesMs.length - 1;
  const oldestMs = oldestInsideMs(tally, atMs);
  let { head } = tally;
  while (head < tally.tail && (tally.timesMs[head & last] as number) < oldestMs) head += 1;
  return tally.tail - head;
};

/** What the window holds at an instant, which may lie ahead; the window stays as it is. */
export const standing = (window: DisableWindow, atMs: number): Standing => {
  const tally = window as Tally;
  const last = tally.timesMs.length - 1;
  const oldestMs = oldestInsideMs(tally, atMs);
  let { failed, total } = tally;
  for (let index = tally.head; index < tally.tail; index++) {
    if ((tally.timesMs[index & last] as number) >= oldestMs) break;
    const mark = tally.marks[index & last] as number;
    if ((mark & SUPERSEDED) !== 0) continue;
    total -= 1;
    failed -= mark & FAILED;
  }
  const headroom = headroomOf(tally.policy, failed, total);
  return { failed, total, tripped: headroom === 0, headroom };
};
