/** The changes of the tables, as a numbered list that only grows. */
import type { Store } from '../store.js';
import { counts } from './counts.js';
import { tables } from './tables.js';

const statementsOf = (script: string): readonly string[] =>
  script.split(/;\s*$/m).filter((statement) => statement.trim() !== '');

const MIGRATIONS: readonly (readonly string[])[] = [
  statementsOf(tables),
  [
    `ALTER TABLE hookproof.attempts ALTER sequence SET DEFAULT nextval('hookproof.ledger')`,
    `ALTER TABLE hookproof.incidents ALTER sequence SET DEFAULT nextval('hookproof.ledger')`,
  ],
  counts,
];

/** Brings the tables up to date; processes that start together wait for each other. */
export const migrate = async (store: Store): Promise<void> => {
  await store.transaction(async (query) => {
    if (store.kind === 'postgres') {
      await query(`SELECT pg_advisory_xact_lock(hashtextextended('hookproof/migrations', 0))`);
    }
    await query('CREATE SCHEMA IF NOT EXISTS hookproof');
    await query('CREATE TABLE IF NOT EXISTS hookproof.migrations (version integer PRIMARY KEY)');
    const [row] = await query<{ version: number | null }>(
      'SELECT max(version) AS version FROM hookproof.migrations',
    );
    const present = row?.version ?? 0;
    for (const [index, statements] of MIGRATIONS.entries()) {
      if (index < present) continue;
      for (const statement of statements) await query(statement);
      await query('INSERT INTO hookproof.migrations VALUES ($1)', [index + 1]);
    }
  });
};
