/** The one way to SQL: PostgreSQL's, in this process or elsewhere. */

/** Columns by their names. Whole numbers of 64 bits come as numbers, JSON as values. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement; JSON goes in as text. */
export type Query = <Result = Row>(
  text: string,
  values?: readonly unknown[],
) => Promise<readonly Result[]>;

export interface Store {
  readonly kind: 'embedded' | 'postgres';
  readonly query: Query;
  /** All or nothing: what it rejects with has undone everything. */
  readonly transaction: <Result>(run: (query: Query) => Promise<Result>) => Promise<Result>;
  /** Several statements without values, as migrations are. */
  readonly script: (text: string) => Promise<readonly Row[]>;
  /** What every session must have said before anything else. */
  readonly setSessionStatements: (statements: readonly string[]) => Promise<void>;
  /** Hears what any process has notified, once its transaction is through. */
  readonly listen: (hear: (payload: string) => void) => Promise<void>;
  /**
   * Holds a name against every other process until the store is closed; tells whether it was free.
   * An embedded store has no other processes.
   */
  readonly hold: (name: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/**
 * Statements that are asked in this order without waiting for one another; it waits for all of them
 * also when one fails, so that none comes after the end of their transaction. It rejects with what failed
 * first: those after it fail only because their transaction is lost.
 */
export const together = async <const Doing extends readonly Promise<unknown>[]>(
  doing: Doing,
): Promise<{ -readonly [Place in keyof Doing]: Awaited<Doing[Place]> }> => {
  const all = Promise.all(doing);
  await Promise.allSettled([all, ...doing]);
  return all;
};

/** Where everybody listens. */
export const CHANNEL = 'hookproof';

/** Lets all processes know, once the transaction is through. */
export const notify = async (query: Query, payload: object): Promise<void> => {
  await query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(payload)]);
};
