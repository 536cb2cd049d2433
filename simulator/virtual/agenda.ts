/**
 * What is to happen next in a virtual run, ordered by (due, event, marks).
 *
 * Retries wait one of a few constant delays, so the dues of each delay come in order, and a queue (a
 * lane) for each delay is enough: nothing is sifted. What comes out of order, because attempts took
 * time, goes to a heap beside them. The order is the same either way.
 */
import { popHeap, pushHeap } from './heap.js';
import { type Lane, clearLane, copyEntry, createLane, precedes, widenLane } from './lane.js';

export interface Agenda {
  /** The heap, and after it one for each delay. */
  readonly lanes: readonly Lane[];
  /** When the first thing of each lane is due, in one piece of memory; Infinity where none waits. */
  readonly firstMs: Float64Array;
  /** In which lane the earliest thing stands, and when it is due; Infinity where nothing waits. */
  next: number;
  nextMs: number;
  /** What `pop` took out. */
  event: number;
  marks: number;
  sinceMs: number;
}

/** An empty agenda. Entries keep `sinceMs` only where it is asked for. */
export const createAgenda = (delays: number, keepsSince: boolean): Agenda => ({
  lanes: Array.from({ length: delays + 1 }, () => createLane(keepsSince)),
  firstMs: new Float64Array(delays + 1).fill(Number.POSITIVE_INFINITY),
  next: 0,
  nextMs: Number.POSITIVE_INFINITY,
  event: 0,
  marks: 0,
  sinceMs: Number.NaN,
});

/** Forgets what waits, and keeps the room. */
export const clearAgenda = (agenda: Agenda): void => {
  for (const lane of agenda.lanes) clearLane(lane);
  agenda.firstMs.fill(Number.POSITIVE_INFINITY);
  findNext(agenda);
};

const headOf = (lane: Lane): number => lane.head & (lane.capacity - 1);

/** Whether the first thing of one lane comes before that of another. */
const comesFirst = ({ lanes }: Agenda, a: number, b: number): boolean => {
  const one = lanes[a] as Lane;
  const other = lanes[b] as Lane;
  return precedes(one, headOf(one), other, headOf(other));
};

/** Looks for the earliest thing anew, after one was taken out. */
const findNext = (agenda: Agenda): void => {
  const { firstMs } = agenda;
  let next = 0;
  let nextMs = firstMs[0] as number;
  for (let index = 1; index < firstMs.length; index++) {
    const ms = firstMs[index] as number;
    if (ms > nextMs || ms === Number.POSITIVE_INFINITY) continue;
    if (ms === nextMs && comesFirst(agenda, next, index)) continue;
    next = index;
    nextMs = ms;
  }
  agenda.next = next;
  agenda.nextMs = nextMs;
};

/** Whether what is due at the instant of a lane's last thing, or before it, may stand behind it. */
const mayFollow = (lane: Lane, dueMs: number, event: number, marks: number): boolean => {
  if (lane.lastMs !== dueMs) return false;
  const last = (lane.tail - 1) & (lane.capacity - 1);
  const lastEvent = lane.event[last] as number;
  return lastEvent === event ? (lane.marks[last] as number) <= marks : lastEvent < event;
};

/** Enters a thing that is due at an instant, in the lane of its delay. */
export const push = (
  agenda: Agenda,
  delay: number,
  dueMs: number,
  event: number,
  marks: number,
  sinceMs: number,
): void => {
  const place = delay + 1;
  const lane = agenda.lanes[place] as Lane;
  const { head, tail } = lane;
  if (head !== tail && lane.lastMs >= dueMs && !mayFollow(lane, dueMs, event, marks)) {
    pushAside(agenda, dueMs, event, marks, sinceMs);
    return;
  }
  if (tail - head === lane.capacity) widenLane(lane);
  const slot = tail & (lane.capacity - 1);
  lane.dueMs[slot] = dueMs;
  lane.event[slot] = event;
  lane.marks[slot] = marks;
  if (lane.keepsSince) lane.sinceMs[slot] = sinceMs;
  lane.tail = tail + 1;
  lane.lastMs = dueMs;
  if (head !== tail) return;
  agenda.firstMs[place] = dueMs;
  if (dueMs < agenda.nextMs) {
    agenda.next = place;
    agenda.nextMs = dueMs;
  } else if (dueMs === agenda.nextMs) findNext(agenda);
};

const pushAside = (
  agenda: Agenda,
  dueMs: number,
  event: number,
  marks: number,
  sinceMs: number,
): void => {
  const heap = agenda.lanes[0] as Lane;
  pushHeap(heap, dueMs, event, marks, sinceMs);
  agenda.firstMs[0] = heap.dueMs[0] as number;
  if (dueMs <= agenda.nextMs) findNext(agenda);
};

/** Takes out the earliest thing: `event`, `marks` and `sinceMs` tell which. */
export const pop = (agenda: Agenda): void => {
  const { next } = agenda;
  const lane = agenda.lanes[next] as Lane;
  const last = lane.capacity - 1;
  const slot = lane.head & last;
  agenda.event = lane.event[slot] as number;
  agenda.marks = lane.marks[slot] as number;
  if (lane.keepsSince) agenda.sinceMs = lane.sinceMs[slot] as number;
  if (next === 0) popHeap(lane);
  else lane.head += 1;
  const { head } = lane;
  agenda.firstMs[next] =
    head === lane.tail ? Number.POSITIVE_INFINITY : (lane.dueMs[head & last] as number);
  findNext(agenda);
};

/** Takes out all whose marks match, in no order, and hands each over. */
export const takeOut = (
  agenda: Agenda,
  matches: (marks: number) => boolean,
  take: (event: number, dueMs: number) => void,
): void => {
  if (agenda.nextMs === Number.POSITIVE_INFINITY) return;
  const { lanes, firstMs } = agenda;
  for (let place = 0; place < lanes.length; place++) {
    const lane = lanes[place] as Lane;
    const { head, tail, capacity } = lane;
    if (head === tail) continue;
    lane.tail = head;
    // What is kept of a heap stays a heap only if it is put in anew; so it is of a lane's order.
    for (let index = head; index < tail; index++) {
      const slot = index & (capacity - 1);
      const marks = lane.marks[slot] as number;
      const dueMs = lane.dueMs[slot] as number;
      const event = lane.event[slot] as number;
      if (matches(marks)) {
        take(event, dueMs);
      } else if (place === 0) {
        pushHeap(lane, dueMs, event, marks, lane.keepsSince ? (lane.sinceMs[slot] as number) : 0);
      } else {
        copyEntry(lane, slot, lane, lane.tail & (capacity - 1));
        lane.tail += 1;
        lane.lastMs = dueMs;
      }
    }
    const isEmpty = lane.head === lane.tail;
    firstMs[place] = isEmpty ? Number.POSITIVE_INFINITY : (lane.dueMs[headOf(lane)] as number);
  }
  findNext(agenda);
};

/** How many of the things that wait match. */
export const countIn = (agenda: Agenda, matches: (marks: number) => boolean): number => {
  let found = 0;
  if (agenda.nextMs === Number.POSITIVE_INFINITY) return found;
  for (const { head, tail, capacity, marks } of agenda.lanes) {
    for (let index = head; index < tail; index++) {
      if (matches(marks[index & (capacity - 1)] as number)) found += 1;
    }
  }
  return found;
};
