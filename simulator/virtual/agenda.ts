/**
 * What is to happen next in a virtual run, ordered by (due, event, marks).
 *
 * Retries wait one of a few constant delays, so the dues of each delay come in order, and a queue (a
 * lane) for each delay is enough: nothing is sifted. What comes out of order, because attempts took
 * time, goes to a heap beside them. The order is the same either way.
 */
import { popHeap, pushHeap } from './heap.js';
import { type Lane, copyEntry, createLane, precedes, widenLane, writeEntry } from './lane.js';

export interface Agenda {
  readonly lanes: readonly Lane[];
  readonly heap: Lane;
  /** Where the earliest thing stands, and when it is due; Infinity where nothing waits. */
  next: Lane;
  nextMs: number;
  /** What `pop` took out. */
  event: number;
  marks: number;
  sinceMs: number;
}

/** An empty agenda. Entries keep `sinceMs` only where it is asked for. */
export const createAgenda = (lanes: number, keepsSince: boolean): Agenda => {
  const heap = createLane(keepsSince);
  return {
    lanes: Array.from({ length: lanes }, () => createLane(keepsSince)),
    heap,
    next: heap,
    nextMs: Number.POSITIVE_INFINITY,
    event: 0,
    marks: 0,
    sinceMs: Number.NaN,
  };
};

const slotOf = (lane: Lane): number => lane.head & (lane.capacity - 1);

/** Looks for the earliest thing anew, after one was taken out. */
const findNext = (agenda: Agenda): void => {
  const { lanes } = agenda;
  let next = agenda.heap;
  let nextMs = next.firstMs;
  for (let index = 0; index < lanes.length; index++) {
    const lane = lanes[index] as Lane;
    const { firstMs } = lane;
    if (firstMs > nextMs || firstMs === Number.POSITIVE_INFINITY) continue;
    if (firstMs === nextMs && precedes(next, slotOf(next), lane, slotOf(lane))) continue;
    next = lane;
    nextMs = firstMs;
  }
  agenda.next = next;
  agenda.nextMs = nextMs;
};

const isInOrder = (lane: Lane, dueMs: number, event: number, marks: number): boolean => {
  if (lane.head === lane.tail) return true;
  const last = (lane.tail - 1) & (lane.capacity - 1);
  const lastMs = lane.dueMs[last] as number;
  if (lastMs !== dueMs) return lastMs < dueMs;
  const lastEvent = lane.event[last] as number;
  return lastEvent === event ? (lane.marks[last] as number) <= marks : lastEvent < event;
};

/** Enters a thing that is due at an instant, in the lane of its delay. */
export const push = (
  agenda: Agenda,
  laneIndex: number,
  dueMs: number,
  event: number,
  marks: number,
  sinceMs: number,
): void => {
  const lane = agenda.lanes[laneIndex] as Lane;
  if (isInOrder(lane, dueMs, event, marks)) {
    if (lane.tail - lane.head === lane.capacity) widenLane(lane);
    writeEntry(lane, lane.tail & (lane.capacity - 1), dueMs, event, marks, sinceMs);
    if (lane.head === lane.tail) lane.firstMs = dueMs;
    lane.tail += 1;
  } else {
    pushHeap(agenda.heap, dueMs, event, marks, sinceMs);
  }
  if (dueMs <= agenda.nextMs) findNext(agenda);
};

/** Takes out the earliest thing: `event`, `marks` and `sinceMs` tell which. */
export const pop = (agenda: Agenda): void => {
  const { next, heap } = agenda;
  const slot = slotOf(next);
  agenda.event = next.event[slot] as number;
  agenda.marks = next.marks[slot] as number;
  if (next.keepsSince) agenda.sinceMs = next.sinceMs[slot] as number;
  if (next === heap) popHeap(heap);
  else {
    next.head += 1;
    const isEmpty = next.head === next.tail;
    next.firstMs = isEmpty ? Number.POSITIVE_INFINITY : (next.dueMs[slotOf(next)] as number);
  }
  findNext(agenda);
};

/** Takes out all whose marks match, in the order in which it is due. */
export const takeOut = (
  agenda: Agenda,
  matches: (marks: number) => boolean,
): readonly { readonly event: number; readonly marks: number }[] => {
  const taken: { dueMs: number; event: number; marks: number }[] = [];
  for (const lane of [...agenda.lanes, agenda.heap]) {
    const { head, tail, capacity } = lane;
    lane.tail = head;
    // What is kept of a heap stays a heap only if it is put in anew; so it is of a lane's order.
    for (let index = head; index < tail; index++) {
      const slot = index & (capacity - 1);
      const marks = lane.marks[slot] as number;
      const dueMs = lane.dueMs[slot] as number;
      const event = lane.event[slot] as number;
      if (matches(marks)) {
        taken.push({ dueMs, event, marks });
      } else if (lane === agenda.heap) {
        const sinceMs = lane.keepsSince ? (lane.sinceMs[slot] as number) : 0;
        pushHeap(lane, dueMs, event, marks, sinceMs);
      } else {
        copyEntry(lane, slot, lane, lane.tail & (capacity - 1));
        lane.tail += 1;
      }
    }
    const isEmpty = lane.head === lane.tail;
    lane.firstMs = isEmpty ? Number.POSITIVE_INFINITY : (lane.dueMs[slotOf(lane)] as number);
  }
  findNext(agenda);
  return taken.toSorted((one, other) => one.dueMs - other.dueMs || one.event - other.event);
};

/** How many of the things that wait match. */
export const countIn = (agenda: Agenda, matches: (marks: number) => boolean): number => {
  let found = 0;
  for (const { head, tail, capacity, marks } of [...agenda.lanes, agenda.heap]) {
    for (let index = head; index < tail; index++) {
      if (matches(marks[index & (capacity - 1)] as number)) found += 1;
    }
  }
  return found;
};
