import { PGlite } from '@electric-sql/pglite';
import type { TruoraEvent } from './app.ts';

/** PostgreSQL within the process, kept in a folder; in memory without one. */
export const openStore = async (folder?: string) => {
  const db = await PGlite.create(folder);
  await db.exec(`
    CREATE TABLE IF NOT EXISTS seen_events (id text PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS status_changes (event_id text, event_type text, event_action text);
  `);
  return {
    /** Applies an event unless it was applied before: its key and its effect are one transaction. */
    applyOnce: async ({ id, event_type: type, event_action: action }: TruoraEvent) =>
      db.transaction(async (tx) => {
        const { affectedRows } = await tx.query(
          'INSERT INTO seen_events VALUES ($1) ON CONFLICT DO NOTHING',
          [id],
        );
        if (affectedRows === 1) {
          await tx.query('INSERT INTO status_changes VALUES ($1, $2, $3)', [id, type, action]);
        }
      }),
    /** How often an event was applied. */
    changesOf: async (id: string) => {
      const { rows } = await db.query('SELECT FROM status_changes WHERE event_id = $1', [id]);
      return rows.length;
    },
    close: async () => db.close(),
  };
};
