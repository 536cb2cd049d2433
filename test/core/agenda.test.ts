import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Agenda, createAgenda } from './agenda.js';

const drain = <Item>(agenda: Agenda<Item>): readonly { dueMs: number; item: Item }[] => {
  const popped: { dueMs: number; item: Item }[] = [];
  for (let next = agenda.pop(); next !== undefined; next = agenda.pop()) popped.push(next);
  return popped;
};

test('an empty agenda has nothing to pop', () => {
  const agenda = createAgenda();
  expect([agenda.size(), agenda.pop()]).toEqual([0, undefined]);
});

test('pops by due time, and what is due together in the order it came', () => {
  const agenda = createAgenda<string>();
  agenda.push(2, 'c');
  agenda.push(1, 'a');
  agenda.push(2, 'd');
  agenda.push(1, 'b');
  expect(agenda.size()).toBe(4);
  expect(drain(agenda).map(({ item }) => item)).toEqual(['a', 'b', 'c', 'd']);
});

test.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY])('refuses %d as a due time', (dueMs) => {
  expect(() => createAgenda().push(dueMs, 'never')).toThrow(`dueMs is not whole: ${dueMs}`);
});

test('equals a stable sort, whatever is pushed between pops', () => {
  const pushOrPop = fc.option(fc.integer({ min: -5, max: 5 }), { freq: 3, nil: 'pop' as const });
  fc.assert(
    fc.property(fc.array(pushOrPop, { maxLength: 200, size: 'max' }), (actions) => {
      const agenda = createAgenda<number>();
      const naive: { dueMs: number; item: number }[] = [];
      for (const [item, action] of actions.entries()) {
        if (action === 'pop') {
          expect(agenda.pop()).toEqual(naive.shift());
        } else {
          agenda.push(action, item);
          naive.push({ dueMs: action, item });
          naive.sort((a, b) => a.dueMs - b.dueMs);
        }
        expect(agenda.size()).toBe(naive.length);
      }
      expect(drain(agenda)).toEqual(naive);
    }),
    { seed: 3, numRuns: 300 },
  );
});
