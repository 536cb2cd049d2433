/**
 * Queues of things that wait, as columns in typed arrays: 16 bytes each, 24 where `sinceMs` is kept.
 *
 * Their objects are made in one place and by one literal each, and doubles begin as doubles: the
 * engine's speed hangs on every lane having one hidden class.
 */
export interface Columns {
  /** A power of two, or 0 at first. */
  capacity: number;
  dueMs: Float64Array;
  event: Uint32Array;
  marks: Uint32Array;
  /** Empty where it is not kept. */
  sinceMs: Float64Array;
}

/** A ring of columns: first in, first out. */
export interface Lane extends Columns {
  readonly keepsSince: boolean;
  /** Counted from the first thing that ever waited here. */
  head: number;
  tail: number;
  /** When its last thing is due, which is only of use where one waits. */
  lastMs: number;
}

const CAPACITY_MIN = 32;

export const createLane = (keepsSince: boolean): Lane => ({
  capacity: 0,
  dueMs: new Float64Array(0),
  event: new Uint32Array(0),
  marks: new Uint32Array(0),
  sinceMs: new Float64Array(0),
  keepsSince,
  head: 0,
  tail: 0,
  lastMs: Number.NEGATIVE_INFINITY,
});

/** Forgets what waits, and keeps the room. */
export const clearLane = (lane: Lane): void => {
  lane.head = 0;
  lane.tail = 0;
  lane.lastMs = Number.NEGATIVE_INFINITY;
};

/** Copies one waiting thing over another. */
export const copyEntry = (from: Columns, at: number, into: Columns, to: number): void => {
  into.dueMs[to] = from.dueMs[at] as number;
  into.event[to] = from.event[at] as number;
  into.marks[to] = from.marks[at] as number;
  if (into.sinceMs.length > 0) into.sinceMs[to] = from.sinceMs[at] as number;
};

/** Makes room for at least one more. */
export const widenLane = (lane: Lane): void => {
  const capacity = Math.max(CAPACITY_MIN, lane.capacity * 2);
  const wider: Columns = {
    capacity,
    dueMs: new Float64Array(capacity),
    event: new Uint32Array(capacity),
    marks: new Uint32Array(capacity),
    sinceMs: new Float64Array(lane.keepsSince ? capacity : 0),
  };
  for (let index = lane.head; index < lane.tail; index++) {
    copyEntry(lane, index & (lane.capacity - 1), wider, index & (capacity - 1));
  }
  lane.capacity = capacity;
  lane.dueMs = wider.dueMs;
  lane.event = wider.event;
  lane.marks = wider.marks;
  lane.sinceMs = wider.sinceMs;
};

/** Whether one waiting thing comes before another: by due, then event, then marks. */
export const precedes = (one: Columns, a: number, other: Columns, b: number): boolean => {
  const dueA = one.dueMs[a] as number;
  const dueB = other.dueMs[b] as number;
  if (dueA !== dueB) return dueA < dueB;
  const eventA = one.event[a] as number;
  const eventB = other.event[b] as number;
  if (eventA !== eventB) return eventA < eventB;
  return (one.marks[a] as number) < (other.marks[b] as number);
};
