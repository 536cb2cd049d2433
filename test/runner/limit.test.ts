import { describe, expect, test } from 'vitest';
import { createLimit } from '../../contracts/runner/limit.js';
import { deferred } from '../../simulator/index.js';

/** Tasks that begin when the limit lets them, and end when the test says so. */
const createTasks = (most: number, number: number) => {
  const limit = createLimit(most);
  const begun: number[] = [];
  const ends = Array.from({ length: number }, () => deferred<string>());
  const results = ends.map(async ({ promise }, index) =>
    limit(async () => {
      begun.push(index);
      return promise;
    }),
  );
  const settle = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { limit, begun, ends, results, settle };
};

describe('a limit', () => {
  test.each([1, 2, 5, 8])('of %i lets that many begin, in their order', async (most) => {
    const { begun, settle } = createTasks(most, 8);
    await settle();
    expect(begun).toEqual(Array.from({ length: most }, (_, index) => index));
  });

  test('lets one more begin for each that ended, whichever it was', async () => {
    const { begun, ends, settle } = createTasks(3, 6);
    ends[1]?.resolve('done');
    await settle();
    expect(begun).toEqual([0, 1, 2, 3]);
    ends[3]?.resolve('done');
    ends[0]?.resolve('done');
    await settle();
    expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('hands on what a task returned', async () => {
    const { ends, results } = createTasks(2, 4);
    for (const [index, end] of ends.entries()) end.resolve(`task ${index}`);
    expect(await Promise.all(results)).toEqual(['task 0', 'task 1', 'task 2', 'task 3']);
  });

  test('gives the place of a failed task to the next one', async () => {
    const { begun, ends, results, settle } = createTasks(1, 3);
    await settle();
    ends[0]?.resolve(Promise.reject(new Error('broken')) as unknown as string);
    await expect(results[0]).rejects.toThrow('broken');
    await settle();
    expect(begun).toEqual([0, 1]);
    ends[1]?.resolve('second');
    expect(await results[1]).toBe('second');
  });

  test('has all its places again when everything ended', async () => {
    const { limit, ends, results, settle } = createTasks(2, 5);
    for (const end of ends) end.resolve('done');
    await Promise.all(results);
    let running = 0;
    const never = async (): Promise<void> => {
      running++;
      return new Promise(() => undefined);
    };
    for (let task = 0; task < 5; task++) void limit(never);
    await settle();
    expect(running).toBe(2);
  });
});
