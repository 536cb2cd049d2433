/** Deduplication with a known defect, or none. */
import type { DedupSubject, EventHandler } from '../../contracts/index.js';
import { resourceIdOf } from '../../simulator/index.js';

/** Keys in memory, whose reads and writes are turns of the interleaving. */
const asked = (
  make: (keys: {
    readonly has: (key: string) => Promise<boolean>;
    readonly add: (key: string) => Promise<boolean>;
    readonly drop: (key: string) => Promise<boolean>;
    readonly effect: (event: Parameters<EventHandler>[0]) => Promise<void>;
  }) => EventHandler,
): DedupSubject => ({
  create: ({ effect, io }) => {
    const keys = new Set<string>();
    return make({
      effect,
      has: io(async function has(key: string) {
        return keys.has(key);
      }),
      add: io(async function add(key: string) {
        if (keys.has(key)) return false;
        keys.add(key);
        return true;
      }),
      drop: io(async function drop(key: string) {
        return keys.delete(key);
      }),
    });
  },
});

/** Claims a key that some function makes of an event, and gives it back where the work fails. */
const claimsBy = (keyOf: (event: Parameters<EventHandler>[0]) => string): DedupSubject =>
  asked(({ add, drop, effect }) => async (event) => {
    const key = keyOf(event);
    if (!(await add(key))) return;
    try {
      await effect(event);
    } catch (error) {
      await drop(key);
      throw error;
    }
  });

const lru = (most: number): DedupSubject => ({
  create: ({ effect }) => {
    const keys = new Map<string, Promise<void>>();
    return async (event) => {
      const known = keys.get(event.id);
      if (known !== undefined) return known;
      const work = effect(event);
      keys.set(event.id, work);
      const [oldest] = keys.keys();
      if (keys.size > most && oldest !== undefined) keys.delete(oldest);
      await work.catch((error: unknown) => {
        keys.delete(event.id);
        throw error;
      });
    };
  },
});

export const subjects = {
  none: asked(
    ({ effect }) =>
      async (event) =>
        effect(event),
  ),
  checkThenInsert: asked(({ has, add, effect }) => async (event) => {
    if (await has(event.id)) return;
    await effect(event);
    await add(event.id);
  }),
  marksBeforeWork: asked(({ add, effect }) => async (event) => {
    if (await add(event.id)) await effect(event);
  }),
  neverReleases: asked(({ add, effect }) => {
    const done = new Set<string>();
    return async (event) => {
      if (!(await add(event.id))) {
        if (done.has(event.id)) return;
        throw new Error('in work');
      }
      await effect(event);
      done.add(event.id);
    };
  }),
  byResource: claimsBy(resourceIdOf),
  byShortHash: claimsBy(({ id }) => id.slice(-4)),
  lruOfThousand: lru(1000),
  swallowsErrors: asked(({ add, effect }) => async (event) => {
    if (await add(event.id)) await effect(event).catch(() => undefined);
  }),
  rightHandler: claimsBy(({ id }) => id),
  rightStore: {
    create: () => {
      const keys = new Map<string, 'claimed'>();
      return {
        claim: async (key: string) => !keys.has(key) && keys.set(key, 'claimed') !== undefined,
        release: async (key: string) => keys.delete(key),
      };
    },
  },
} satisfies Readonly<Record<string, DedupSubject>>;
