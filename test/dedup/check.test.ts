import { describe, expect, test } from 'vitest';
import { assertDedup, checkDedup } from '../../contracts/index.js';
import type { DedupSubject } from '../../contracts/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { subjects } from './subjects.js';

const SEEDS = Array.from({ length: 20 }, (_unused, index) => index + 1);

describe('a deduplication with a defect is found out, and the schedule is the smallest', () => {
  test.each([
    ['none', 'at-most-once', 2, /^a delivery of A, then A again → 2 effects of A$/u],
    [
      'checkThenInsert',
      'at-most-once',
      2,
      /^two copies of A at the same moment → 2 effects of A$/u,
    ],
    [
      'marksBeforeWork',
      'ack-implies-effect',
      2,
      /the effect of A fails once, then a delivery of A/u,
    ],
    ['neverReleases', 'retry-converges', 2, /the effect of A fails once, then a delivery of A/u],
    ['byResource', 'ack-implies-effect', 2, /B is (?:a later|another) event of A’s/u],
    [
      'swallowsErrors',
      'ack-implies-effect',
      2,
      /the effect of A fails once, then a delivery of A/u,
    ],
    ['byShortHash', 'ack-implies-effect', 1, /^\d+ other events → one of the others/u],
    ['lruOfThousand', 'at-most-once', 3, /^a delivery of A, then 1000 other events, then A again/u],
  ] as const)(
    '%s breaks %s, in %i steps',
    async (name, invariant, length, sentence) => {
      for (const seed of [1, 2, 3]) {
        const { counterexample, verdict } = await checkDedup(subjects[name], {
          seed,
          maxMs: 60_000,
        });
        expect({ seed, verdict, ...counterexample }).toMatchObject({
          seed,
          verdict: 'failed',
          invariant,
          length,
          sentence: expect.stringMatching(sentence),
        });
      }
    },
    180_000,
  );

  test.each(SEEDS)('check-then-insert with seed %i', async (seed) => {
    const { counterexample } = await checkDedup(subjects.checkThenInsert, { seed });
    expect(counterexample).toMatchObject({
      length: 2,
      interleaving: expect.arrayContaining(['has(A) → false', 'effect(A)']),
    });
  });

  test('what knows the last event only needs no race', async () => {
    const knowsTheLast: DedupSubject = {
      create: ({ effect }) => {
        let last: string | undefined;
        return async (event) => {
          if (last === event.id) return;
          last = event.id;
          await effect(event).catch((error: unknown) => {
            last = undefined;
            throw error;
          });
        };
      },
    };
    const { counterexample } = await checkDedup(knowsTheLast, { seed: 1 });
    expect(counterexample?.schedule.commands).toEqual([
      { do: 'deliver', event: 'A' },
      { do: 'deliver', event: 'B' },
      { do: 'deliver', event: 'A' },
    ]);
  });

  test('is played again by its seed alone', async () => {
    const once = await checkDedup(subjects.checkThenInsert, { seed: 5 });
    const again = await checkDedup(subjects.checkThenInsert, { seed: 5 });
    expect({ ...again, durationMs: 0 }).toEqual({ ...once, durationMs: 0 });
  });
});

describe('a right deduplication passes', () => {
  test.each(['rightHandler', 'rightStore'] as const)('%s', async (name) => {
    const result = await checkDedup(subjects[name], { seed: 1, maxRuns: 3000, maxMs: 60_000 });
    expect(result).toMatchObject({ verdict: 'passed', runs: 3000, counterexample: null });
  });
});

describe('a function whose effects are counted by its test', () => {
  const counted = (dedupe: boolean) => {
    const effects = new Map<string, number>();
    const keys = new Set<string>();
    return {
      handle: async ({ id }: TruoraEvent) => {
        if (dedupe && keys.has(id)) return;
        keys.add(id);
        effects.set(id, (effects.get(id) ?? 0) + 1);
      },
      count: ({ id }: TruoraEvent) => effects.get(id) ?? 0,
    };
  };

  test('fails without deduplication', async () => {
    const { handle, count } = counted(false);
    expect(await checkDedup(handle, { count, seed: 1 })).toMatchObject({ verdict: 'failed' });
  });

  test('passes with it', async () => {
    const { handle, count } = counted(true);
    expect(await checkDedup(handle, { count, seed: 1 })).toMatchObject({ verdict: 'passed' });
  });

  test('cannot be judged where nothing counts', async () => {
    await expect(checkDedup(async () => undefined)).rejects.toMatchObject({
      code: 'invalid_argument',
      message: 'nothing counts the effects of the function',
    });
  });

  test('that never ends is not acknowledged', async () => {
    const never = async () => new Promise(() => undefined);
    const { counterexample } = await checkDedup(never, {
      count: () => 0,
      seed: 1,
      timeoutMs: 5,
      maxRuns: 1,
    });
    expect(counterexample?.invariant).toBe('retry-converges');
  });
});

describe('keys that do not last', () => {
  test('are found over a restart', async () => {
    const { counterexample } = await checkDedup(subjects.rightHandler, { seed: 1, restart: true });
    expect(counterexample?.sentence).toBe(
      'a delivery of A, then a restart, then A again → 2 effects of A',
    );
  });

  test('are found by time', async () => {
    let minutes = 0;
    const { counterexample } = await checkDedup(
      {
        create: ({ effect }) => {
          const claimedAt = new Map<string, number>();
          return async (event) => {
            if (minutes - (claimedAt.get(event.id) ?? -Infinity) < 10) return;
            claimedAt.set(event.id, minutes);
            await effect(event).catch((error: unknown) => {
              claimedAt.delete(event.id);
              throw error;
            });
          };
        },
      },
      { seed: 1, advance: (more) => (minutes += more) },
    );
    expect(counterexample?.sentence).toBe(
      'a delivery of A, then 10.5 min, then A again → 2 effects of A',
    );
  });
});

test('assertDedup rejects with the schedule, the turns and the seed', async () => {
  const failing = assertDedup(subjects.checkThenInsert, { seed: 3 });
  await expect(failing).rejects.toThrow(
    /^at-most-once: .*\ntwo copies of A at the same moment → 2 effects of A\n {2}has\(A\) → false\n[^]*\nseed 3$/u,
  );
  await expect(assertDedup(subjects.rightStore, { seed: 3, maxRuns: 200 })).resolves.toBe(
    undefined,
  );
});
