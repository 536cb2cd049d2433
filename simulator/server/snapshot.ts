/** Makes the data directory that an embedded store begins with: the build puts it into the package. */
import { openQueue } from './queue/queue.js';
import { openEmbedded } from './store/embedded.js';
import { migrate } from './store/migrations.js';

/** A gzipped tar of a data directory with all tables and queues, and nothing in them. */
export const makeSnapshot = async (): Promise<Uint8Array> => {
  const store = await openEmbedded({ folder: undefined, bare: true });
  await migrate(store);
  const queue = await openQueue(store, {
    testClockMs: undefined,
    expireSeconds: 60,
    onError: (error) => {
      throw error;
    },
  });
  await queue.stop();
  for (const statement of ['VACUUM FREEZE', 'CHECKPOINT']) await store.script(statement);
  const bytes = await store.dump();
  await store.close();
  return bytes;
};
