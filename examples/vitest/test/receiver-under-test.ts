import { createReceiver } from '../src/receiver.js';
import { createNaiveStore, createStore } from '../src/store.js';

export const key = 'a-signing-key-for-the-tests-0123456789abcdef';

export const newStore = () =>
  process.env['DEFECT'] === 'check-then-insert' ? createNaiveStore() : createStore();

/** A receiver with a store of its own, and what counts its effects. */
export const receiverUnderTest = () => {
  const effects = new Map<string, number>();
  const handle = createReceiver({
    key,
    store: newStore(),
    apply: async ({ id }) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      effects.set(id, (effects.get(id) ?? 0) + 1);
    },
  });
  return { handle, probe: ({ id }: { readonly id: string }) => effects.get(id) ?? 0 };
};
