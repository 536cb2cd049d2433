/** Where the keys of events are kept that are done, or in work. */
export interface Store {
  /** True for the one caller that may do the work. */
  readonly claim: (key: string) => Promise<boolean>;
  /** Whether the work is done. */
  readonly seen: (key: string) => Promise<boolean>;
  readonly finish: (key: string) => Promise<void>;
  /** Gives a claim back, so that a retry may do the work. */
  readonly release: (key: string) => Promise<void>;
}

/** In memory, for the example: a table with a unique constraint does the same and outlives restarts. */
export const createStore = (): Store => {
  const states = new Map<string, 'claimed' | 'done'>();
  return {
    claim: async (key) => {
      if (states.has(key)) return false;
      states.set(key, 'claimed');
      return true;
    },
    seen: async (key) => states.get(key) === 'done',
    finish: async (key) => {
      states.set(key, 'done');
    },
    release: async (key) => {
      states.delete(key);
    },
  };
};

/** The usual mistake: it looks, waits, and writes. Two copies at the same moment both may work. */
export const createNaiveStore = (): Store => {
  const store = createStore();
  return {
    ...store,
    claim: async (key) => {
      if (await store.seen(key)) return false;
      await new Promise((resolve) => setTimeout(resolve, 1));
      await store.claim(key);
      return true;
    },
  };
};
