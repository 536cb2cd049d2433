import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Agenda,
  countIn,
  createAgenda,
  pop,
  push,
  takeOut,
} from '../../simulator/virtual/agenda.js';
import { popHeap, pushHeap } from '../../simulator/virtual/heap.js';
import { type Lane, createLane, precedes, widenLane } from '../../simulator/virtual/lane.js';

/** Writes the four columns of a slot. */
const write = (lane: Lane, slot: number, columns: readonly [number, number, number, number]) => {
  [lane.dueMs[slot], lane.event[slot], lane.marks[slot], lane.sinceMs[slot]] = columns;
};

interface Entry {
  readonly dueMs: number;
  readonly event: number;
  readonly marks: number;
  readonly sinceMs: number;
}

const inOrder = (a: Entry, b: Entry): number =>
  a.dueMs - b.dueMs || a.event - b.event || a.marks - b.marks;

const LANES = 3;

const entry = fc.record({
  dueMs: fc.integer({ min: -3, max: 6 }),
  event: fc.nat(4),
  // A hook beyond 0x7fff sets the highest bit of the marks.
  marks: fc.constantFrom(0, 1, 0x8000, 0x1_0000, 0xffff_0000),
});

type Move =
  | { readonly kind: 'push'; readonly lane: number; readonly entry: Omit<Entry, 'sinceMs'> }
  | { readonly kind: 'pop' }
  | { readonly kind: 'take out'; readonly marks: number };

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant('push' as const), lane: fc.nat(LANES - 1), entry }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('pop' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('take out' as const),
        marks: fc.constantFrom(0, 0x1_0000),
      }),
    },
  ),
  { maxLength: 250, size: 'max' },
);

const popped = (agenda: Agenda): Entry => {
  const dueMs = agenda.nextMs;
  pop(agenda);
  return { dueMs, event: agenda.event, marks: agenda.marks, sinceMs: agenda.sinceMs };
};

test.each([true, false])(
  'whatever comes and goes, an agenda gives what a sorted list gives (keeps since: %s)',
  (keepsSince) => {
    const holds = (steps: readonly Move[]): void => {
      const agenda = createAgenda(LANES, keepsSince);
      let list: Entry[] = [];
      for (const [index, move] of steps.entries()) {
        if (move.kind === 'push') {
          const { dueMs, event, marks } = move.entry;
          // Equal things differ in nothing that is told.
          const sinceMs = keepsSince ? dueMs + event / 8 + marks : Number.NaN;
          push(agenda, move.lane, dueMs, event, marks, sinceMs);
          list.push({ dueMs, event, marks, sinceMs });
        } else if (move.kind === 'take out') {
          const isMine = (marks: number): boolean => marks === move.marks;
          const mine = list.filter(({ marks }) => isMine(marks)).toSorted(inOrder);
          list = list.filter(({ marks }) => !isMine(marks));
          expect(countIn(agenda, isMine)).toBe(mine.length);
          const taken: string[] = [];
          takeOut(agenda, isMine, (event, dueMs) => taken.push(`${dueMs} ${event}`));
          expect(taken.toSorted()).toEqual(
            mine.map(({ dueMs, event }) => `${dueMs} ${event}`).toSorted(),
          );
        } else if (list.length > 0) {
          list = list.toSorted(inOrder);
          expect(popped(agenda), `step ${index}`).toEqual(list.shift());
        }
        expect(countIn(agenda, () => true)).toBe(list.length);
        expect(agenda.nextMs).toBe(Math.min(...list.map(({ dueMs }) => dueMs)));
      }
      for (const one of list.toSorted(inOrder)) expect(popped(agenda)).toEqual(one);
      expect(agenda.nextMs).toBe(Infinity);
    };
    fc.assert(fc.property(moves, holds), { seed: 41, numRuns: 300 });
  },
);

test('a heap gives what was put in, in order, and knows what is first', () => {
  const holds = (entries: readonly Omit<Entry, 'sinceMs'>[]): void => {
    const heap = createLane(true);
    for (const { dueMs, event, marks } of entries) pushHeap(heap, dueMs, event, marks, -dueMs);
    const all = entries.map((one) => ({ ...one, sinceMs: -one.dueMs })).toSorted(inOrder);
    for (const { dueMs, event, marks, sinceMs } of all) {
      const first = [heap.dueMs[0], heap.event[0], heap.marks[0], heap.sinceMs[0]];
      expect(first).toEqual([dueMs, event, marks, sinceMs]);
      popHeap(heap);
    }
    expect(heap.tail).toBe(0);
  };
  const entries = fc.array(entry, { maxLength: 120, size: 'max' });
  fc.assert(fc.property(entries, holds), { seed: 42, numRuns: 200 });
});

test('a lane that is widened keeps what waits in it, from wherever it begins', () => {
  const lane = createLane(true);
  widenLane(lane);
  const { capacity } = lane;
  lane.head = capacity - 3;
  lane.tail = lane.head + capacity;
  for (let index = lane.head; index < lane.tail; index++) {
    write(lane, index & (capacity - 1), [index, index + 1, index + 2, index + 3]);
  }
  widenLane(lane);
  expect(lane.capacity).toBe(capacity * 2);
  for (let index = lane.head; index < lane.tail; index++) {
    const slot = index & (lane.capacity - 1);
    expect([lane.dueMs[slot], lane.event[slot], lane.marks[slot], lane.sinceMs[slot]]).toEqual([
      index,
      index + 1,
      index + 2,
      index + 3,
    ]);
  }
});

test('of two things the one that is due first comes first, then the older event, then the marks', () => {
  const lane = createLane(false);
  widenLane(lane);
  const order = [
    [1, 9, 9],
    [2, 1, 9],
    [2, 2, 1],
    [2, 2, 0xffff_0000],
  ] as const;
  for (const [slot, [dueMs, event, marks]] of order.entries()) {
    write(lane, slot, [dueMs, event, marks, 0]);
  }
  const before = (a: number, b: number): boolean => precedes(lane, a, lane, b);
  for (const [a] of order.entries()) {
    for (const [b] of order.entries()) expect(before(a, b)).toBe(a < b);
  }
});
