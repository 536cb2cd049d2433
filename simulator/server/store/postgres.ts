/** A PostgreSQL server that several processes share. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client, ClientBase, Pool, PoolClient, QueryResult } from 'pg';
import { say } from '../../../language/say.js';
import { HookproofError } from '../../core/errors.js';
import { CHANNEL, type Query, type Row, type Store } from './store.js';

/** Connections of one process: what it writes goes through few transactions at a time. */
const CONNECTIONS = 8;
const RECONNECT_MS = 250;
/** Statements that have a name; those after them are planned each time. */
const NAMES_MOST = 500;
/**
 * Transactions find rows by their keys: plans made for any value serve them all, and none may read
 * whole tables because they were small when it was made.
 */
const BEGIN =
  'BEGIN; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off';
/** OIDs of int8 and numeric: counts and instants, which are exact as numbers. */
const NUMBERS = new Set([20, 1700]);

/** What is asked again and again is parsed and planned once a connection, under a name. */
const createNames = () => {
  const names = new Map<string, string>();
  return (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size === NAMES_MOST) return known;
    const name = `hookproof_${names.size}`;
    names.set(text, name);
    return name;
  };
};

const queryOf = (on: Pool | PoolClient, nameOf: ReturnType<typeof createNames>): Query => {
  const ask = async <Result>(text: string, values: readonly unknown[] = []) => {
    const name = nameOf(text);
    return (await on.query({ text, values: [...values], ...(name !== undefined && { name }) }))
      .rows as Result[];
  };
  return ask;
};

/** Has what is asked before anything else can happen leave in one packet. */
const gathererOf = ({ connection: { stream } }: PoolClient): (() => void) => {
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    stream.cork();
    process.nextTick(() => {
      isGathering = false;
      stream.uncork();
    });
  };
};

const rowsOf = (results: QueryResult | readonly QueryResult[]): readonly Row[] =>
  [results].flat().flatMap((result) => result.rows as Row[]);

/**
 * Opens a pool.
 *
 * @throws {HookproofError} `invalid_argument` when the server cannot be reached
 */
export const openPostgres = async (
  url: string,
  onError: (error: Error) => void,
): Promise<Store> => {
  const pg = (await import('pg')).default;
  let sessionStatements: readonly string[] = [];
  const setUp = async (client: ClientBase): Promise<void> => {
    for (const statement of sessionStatements) await client.query(statement);
  };
  const types = new pg.TypeOverrides();
  for (const oid of NUMBERS) types.setTypeParser(oid, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    // What a transaction asks without waiting for an answer in between goes out together.
    pipeline: true,
    types,
    // Awaited before the connection is handed out, though its type does not say so.
    onConnect: (client): unknown => setUp(client),
  });
  pool.on('error', onError);
  // The pool hears idle connections only; one in use would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  const nameOf = createNames();
  const query = queryOf(pool, nameOf);
  await query('SELECT 1').catch(async (error: unknown) => {
    await pool.end();
    throw new HookproofError(
      'invalid_argument',
      say`PostgreSQL does not answer: ${error instanceof Error ? error.message : String(error)}`,
      say`check DATABASE_URL, and that the server runs`,
    );
  });

  const line = createLine(() => new pg.Client({ connectionString: url, types }), onError);
  return {
    kind: 'postgres',
    query,
    script: async (text) => rowsOf((await pool.query(text)) as QueryResult | QueryResult[]),
    transaction: async (run) => {
      const client = await pool.connect();
      let broken = false;
      try {
        const gather = gathererOf(client);
        const ask = queryOf(client, nameOf);
        gather();
        const begun = client.query(BEGIN);
        begun.catch(() => undefined);
        const result = await run(async (text, values) => {
          gather();
          return ask(text, values);
        });
        await begun;
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    setSessionStatements: async (statements) => {
      sessionStatements = statements;
      const idle = await Promise.all(
        Array.from({ length: pool.totalCount }, async () => pool.connect()),
      );
      for (const client of idle) {
        for (const statement of statements) await client.query(statement);
        client.release();
      }
    },
    listen: line.listen,
    hold: line.hold,
    close: async () => {
      await line.close();
      await pool.end();
    },
  };
};

/** The one connection that stays: it listens, and holds names. */
const createLine = (
  connect: () => Client,
  onError: (error: Error) => void,
): Pick<Store, 'listen' | 'hold' | 'close'> => {
  let client: Client | undefined;
  let hear: ((payload: string) => void) | undefined;
  const names: string[] = [];
  let closed = false;

  const open = async (): Promise<Client> => {
    const next = connect();
    next.on('notification', ({ payload }) => hear?.(payload ?? ''));
    next.on('error', onError);
    // A connection that was not made ends too: whoever asked for it is told, and nobody else.
    next.on('end', () => {
      if (client !== next) return;
      client = undefined;
      void reopen();
    });
    await next.connect();
    try {
      if (hear !== undefined) await next.query(`LISTEN ${CHANNEL}`);
      for (const name of names) await next.query(TAKE, [name]);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    client = next;
    return next;
  };
  const reopen = async (): Promise<void> => {
    await wait(RECONNECT_MS, undefined, { ref: false });
    if (closed || client !== undefined) return;
    try {
      const next = await open();
      if (closed) await next.end();
    } catch (error) {
      onError(error as Error);
      await reopen();
    }
  };
  return {
    listen: async (listener) => {
      hear = listener;
      if (client === undefined) await open();
      else await client.query(`LISTEN ${CHANNEL}`);
    },
    hold: async (name) => {
      const { rows } = await (client ?? (await open())).query<{ free: boolean }>(TAKE, [name]);
      const free = rows[0]?.free === true;
      if (free) names.push(name);
      return free;
    },
    close: async () => {
      closed = true;
      await client?.end().catch(() => undefined);
    },
  };
};

const TAKE = `SELECT pg_try_advisory_lock(hashtextextended('hookproof/' || $1, 0)) AS free`;
