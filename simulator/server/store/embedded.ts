/** PostgreSQL in this process (PGlite), in a folder or in memory. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite, Results, Transaction } from '@electric-sql/pglite';
import { say } from '../../../language/say.js';
import { HookproofError } from '../../core/errors.js';
import { lockFolder } from './lock.js';
import { unpack } from './unpack.js';
import { CHANNEL, type Query, type Row, type Store } from './store.js';

/** Takes 8 MB in place of 128: it serves one process. */
const SETTINGS = ['-c', 'shared_buffers=8MB'];

/** Made by the build, beside this file or, seen from the sources, in `dist`. */
const SNAPSHOTS = ['./snapshot.tar.gz', '../../../dist/simulator/server/store/snapshot.tar.gz'];

/** A data directory with everything installed: it saves making one, which takes seconds. */
const snapshot = (): Buffer | undefined => {
  const file = SNAPSHOTS.map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) =>
    existsSync(path),
  );
  return file === undefined ? undefined : readFileSync(file);
};

const queryOf =
  (on: PGlite | Transaction): Query =>
  async <Result>(text: string, values: readonly unknown[] = []) =>
    (await on.query<Result>(text, [...values])).rows;

export interface EmbeddedOptions {
  readonly folder: string | undefined;
  /** Starts from nothing, for who makes the snapshot. */
  readonly bare?: boolean;
}

/** An embedded store, and a way to take its data directory along. */
export type EmbeddedStore = Store & { readonly dump: () => Promise<Uint8Array> };

/**
 * Opens a store that lives in this process. What is committed is with the operating system: it is
 * there after the process was killed.
 *
 * @throws {HookproofError} `invalid_argument` when another process has the folder, or its disk is full
 *   or what is in it cannot be read
 */
export const openEmbedded = async ({ folder, bare }: EmbeddedOptions): Promise<EmbeddedStore> => {
  const unlock = folder === undefined ? () => undefined : lockFolder(folder);
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    const dataDir = folder === undefined ? 'memory://' : join(folder, 'data');
    const isNew = folder === undefined || !existsSync(join(dataDir, 'PG_VERSION'));
    const found = isNew && bare !== true ? snapshot() : undefined;
    if (found !== undefined && folder !== undefined) await unpack(found, dataDir);
    const database = await PGlite.create({
      dataDir,
      startParams: [...PGlite.defaultStartParams, ...SETTINGS],
      ...(found !== undefined && folder === undefined && { loadDataDir: new Blob([found]) }),
    });
    return storeOf(database, unlock);
  } catch (error) {
    unlock();
    throw folder === undefined ? error : cannotOpen(folder, error);
  }
};

const cannotOpen = (folder: string, error: unknown): HookproofError => {
  const code = (error as { readonly code?: unknown }).code;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const why = isFull
    ? say`the disk is full`
    : error instanceof Error
      ? error.message
      : String(error);
  return new HookproofError(
    'invalid_argument',
    say`the data in ${folder} cannot be opened: ${why}`,
    isFull
      ? say`make room, or name another folder`
      : say`name another folder if what is in it is damaged`,
  );
};

const storeOf = (database: PGlite, unlock: () => void): EmbeddedStore => {
  const query = queryOf(database);
  const script = async (text: string): Promise<readonly Row[]> => {
    try {
      const results: readonly Results[] = await database.exec(text);
      return results.flatMap(({ rows }) => rows as Row[]);
    } catch (error) {
      // There is one session: what failed within BEGIN and COMMIT would spoil all that follows.
      await database.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  };
  return {
    kind: 'embedded',
    query,
    script,
    transaction: async (run) => database.transaction(async (inner) => run(queryOf(inner))),
    setSessionStatements: async (statements) => {
      for (const statement of statements) await database.exec(statement);
    },
    listen: async (hear) => {
      await database.listen(CHANNEL, hear);
    },
    hold: async () => true,
    dump: async () => new Uint8Array(await (await database.dumpDataDir('gzip')).arrayBuffer()),
    close: async () => {
      await database.close();
      unlock();
    },
  };
};
