/** Makes the data directory that an embedded store begins with: the build puts it into the package. */
import { openQueue } from './queue/queue.js';
import { openEmbedded } from './store/embedded.js';
import { migrate } from './store/migrations/migrate.js';

/** Databases are made from templates, and no other will be made here: two thirds of the files. */
const SLIMMING = [
  `UPDATE pg_database SET datistemplate = false WHERE datname <> current_database()`,
  'DROP DATABASE template0',
  'DROP DATABASE template1',
  'VACUUM FREEZE',
  'CHECKPOINT',
];

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
  for (const statement of SLIMMING) await store.script(statement);
  const bytes = await store.dump();
  await store.close();
  return bytes;
};
