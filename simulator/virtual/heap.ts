/** A lane used as a binary heap from its slot 0 on: for what does not come in order. */
import { type Lane, copyEntry, precedes, widenLane, writeEntry } from './lane.js';

const swap = (heap: Lane, a: number, b: number): void => {
  const dueMs = heap.dueMs[a] as number;
  const event = heap.event[a] as number;
  const marks = heap.marks[a] as number;
  const sinceMs = heap.keepsSince ? (heap.sinceMs[a] as number) : 0;
  copyEntry(heap, b, heap, a);
  writeEntry(heap, b, dueMs, event, marks, sinceMs);
};

export const pushHeap = (
  heap: Lane,
  dueMs: number,
  event: number,
  marks: number,
  sinceMs: number,
): void => {
  if (heap.tail === heap.capacity) widenLane(heap);
  let child = heap.tail;
  heap.tail += 1;
  writeEntry(heap, child, dueMs, event, marks, sinceMs);
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!precedes(heap, child, heap, parent)) break;
    swap(heap, child, parent);
    child = parent;
  }
  heap.firstMs = heap.dueMs[0] as number;
};

/** Removes the first thing, which slot 0 holds. */
export const popHeap = (heap: Lane): void => {
  const size = heap.tail - 1;
  heap.tail = size;
  copyEntry(heap, size, heap, 0);
  for (let parent = 0; ;) {
    const left = 2 * parent + 1;
    if (left >= size) break;
    const child = left + 1 < size && precedes(heap, left + 1, heap, left) ? left + 1 : left;
    if (!precedes(heap, child, heap, parent)) break;
    swap(heap, child, parent);
    parent = child;
  }
  heap.firstMs = size === 0 ? Number.POSITIVE_INFINITY : (heap.dueMs[0] as number);
};
