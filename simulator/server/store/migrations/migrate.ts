/** The changes of the tables, as a numbered list that only grows. */
import type { Query, Store } from '../store.js';
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

/**
 * Another process may be at work on the tables meanwhile, and take its locks in another order: PostgreSQL
 * then ends one of the two. Nothing has changed when it was this one.
 */
const DEADLOCK = '40P01';
const TRIES_MOST = 20;

/** Brings the tables up to date; processes that start together wait for each other. */
export const migrate = async (store: Store): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      await store.transaction(async (query) => bringUp(store.kind, query));
      return;
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (code !== DEADLOCK || tries === TRIES_MOST) throw error;
    }
  }
};

const bringUp = async (kind: Store['kind'], query: Query): Promise<void> => {
  if (kind === 'postgres') {
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
};
