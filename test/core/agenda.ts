/**
 * What is to happen next: items ordered by (due time, order of arrival), so that a run plays the
 * same way every time. A binary heap in three parallel lists, lighter than one of objects.
 */
export interface Agenda<Item> {
  readonly size: () => number;
  /** Enters an item due at an instant, in whole milliseconds. */
  readonly push: (dueMs: number, item: Item) => void;
  /** Takes out the earliest item; of several due together, the one that came first. */
  readonly pop: () => { readonly dueMs: number; readonly item: Item } | undefined;
}

/** An empty agenda. */
export const createAgenda = <Item>(): Agenda<Item> => {
  const dues: number[] = [];
  const sequences: number[] = [];
  const items: Item[] = [];
  let nextSequence = 0;

  const precedes = (a: number, b: number): boolean => {
    const difference = (dues[a] ?? 0) - (dues[b] ?? 0);
    return difference < 0 || (difference === 0 && (sequences[a] ?? 0) < (sequences[b] ?? 0));
  };
  const swapIn = (list: unknown[], a: number, b: number): void => {
    const held = list[a];
    list[a] = list[b];
    list[b] = held;
  };
  const swap = (a: number, b: number): void => {
    swapIn(dues, a, b);
    swapIn(sequences, a, b);
    swapIn(items, a, b);
  };
  const rise = (from: number): void => {
    for (let child = from; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!precedes(child, parent)) return;
      swap(child, parent);
      child = parent;
    }
  };
  const sink = (): void => {
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      if (left >= dues.length) return;
      const child = right < dues.length && precedes(right, left) ? right : left;
      if (!precedes(child, parent)) return;
      swap(child, parent);
      parent = child;
    }
  };

  return {
    size: () => items.length,
    push: (dueMs, item) => {
      if (!Number.isSafeInteger(dueMs)) throw new RangeError(`dueMs is not whole: ${dueMs}`);
      dues.push(dueMs);
      sequences.push(nextSequence++);
      items.push(item);
      rise(items.length - 1);
    },
    pop: () => {
      if (items.length === 0) return undefined;
      swap(0, items.length - 1);
      const dueMs = dues.pop() as number;
      const item = items.pop() as Item;
      sequences.pop();
      sink();
      return { dueMs, item };
    },
  };
};
