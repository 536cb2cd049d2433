/**
 * A lane used as a binary heap from its slot 0 on: for what does not come in order.
 *
 * What is sifted is held in variables and its slot left open until its place is found: half the
 * memory traffic of swapping, and nothing is called for each level.
 */
import { type Lane, widenLane } from './lane.js';

export const pushHeap = (
  heap: Lane,
  dueMs: number,
  event: number,
  marks: number,
  sinceMs: number,
): void => {
  if (heap.tail === heap.capacity) widenLane(heap);
  const { dueMs: dues, event: events, marks: allMarks, sinceMs: sinces, keepsSince } = heap;
  let slot = heap.tail;
  heap.tail += 1;
  while (slot > 0) {
    const parent = (slot - 1) >> 1;
    const parentMs = dues[parent] as number;
    if (parentMs < dueMs) break;
    const parentEvent = events[parent] as number;
    const parentMarks = allMarks[parent] as number;
    if (parentMs === dueMs) {
      if (parentEvent < event || (parentEvent === event && parentMarks <= marks)) break;
    }
    dues[slot] = parentMs;
    events[slot] = parentEvent;
    allMarks[slot] = parentMarks;
    if (keepsSince) sinces[slot] = sinces[parent] as number;
    slot = parent;
  }
  dues[slot] = dueMs;
  events[slot] = event;
  allMarks[slot] = marks;
  if (keepsSince) sinces[slot] = sinceMs;
};

/** Removes the first thing, which slot 0 holds. */
export const popHeap = (heap: Lane): void => {
  const { dueMs: dues, event: events, marks: allMarks, sinceMs: sinces, keepsSince } = heap;
  const size = heap.tail - 1;
  heap.tail = size;
  const dueMs = dues[size] as number;
  const event = events[size] as number;
  const marks = allMarks[size] as number;
  let slot = 0;
  for (let child = 1; child < size; child = 2 * slot + 1) {
    let childMs = dues[child] as number;
    if (child + 1 < size) {
      const rightMs = dues[child + 1] as number;
      if (rightMs < childMs || (rightMs === childMs && isBefore(heap, child + 1, child))) {
        child += 1;
        childMs = rightMs;
      }
    }
    if (childMs > dueMs || (childMs === dueMs && !isBefore(heap, child, size))) break;
    dues[slot] = childMs;
    events[slot] = events[child] as number;
    allMarks[slot] = allMarks[child] as number;
    if (keepsSince) sinces[slot] = sinces[child] as number;
    slot = child;
  }
  dues[slot] = dueMs;
  events[slot] = event;
  allMarks[slot] = marks;
  if (keepsSince) sinces[slot] = sinces[size] as number;
};

/** Which of two that are due at one instant comes first; what was at the end still stands there. */
const isBefore = ({ event, marks }: Lane, a: number, b: number): boolean => {
  const eventA = event[a] as number;
  const eventB = event[b] as number;
  return eventA === eventB ? (marks[a] as number) < (marks[b] as number) : eventA < eventB;
};
