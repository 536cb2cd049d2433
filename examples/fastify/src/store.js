import Database from 'libsql';

/** SQLite, by a package with the interface of better-sqlite3. */
export const openStore = (file) => {
  const db = new Database(file);
  db.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS seen_events (id TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS status_changes (event_id TEXT, event_type TEXT, event_action TEXT);
  `);
  const insertKey = db.prepare('INSERT INTO seen_events VALUES (?) ON CONFLICT DO NOTHING');
  const insertChange = db.prepare('INSERT INTO status_changes VALUES (?, ?, ?)');
  const selectChanges = db.prepare('SELECT * FROM status_changes WHERE event_id = ?');

  return {
    /** Applies an event unless it was applied before: its key and its effect are one transaction. */
    applyOnce: db.transaction(({ id, event_type: type, event_action: action }) => {
      if (insertKey.run(id).changes === 1) insertChange.run(id, type, action);
    }),
    changesOf: (id) => selectChanges.all(id),
  };
};
