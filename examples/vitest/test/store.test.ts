import { assertDedup } from 'hookproof';
import { test } from 'vitest';
import { newStore } from './receiver-under-test.js';

test('the store lets one delivery through, however they interleave', async () => {
  const store = newStore();
  await assertDedup({
    create: ({ effect, io }) => {
      const claim = io(store.claim);
      return async (event) => {
        if (!(await claim(event.id))) {
          if (await store.seen(event.id)) return;
          throw new Error('in work');
        }
        try {
          await effect(event);
          await store.finish(event.id);
        } catch (error) {
          await store.release(event.id);
          throw error;
        }
      };
    },
  });
});
