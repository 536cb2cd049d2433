/** What has the effects that the recipes count, made as a receiver makes them. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../server/postgres.js';
import { runToEnd, startMariadb, startRedis } from './programs.js';

export interface EffectStore {
  /** Charges once more for an event; `once` leaves out what was charged before. */
  readonly charge: (eventId: string, once: boolean) => unknown;
  /** Where its recipe is run, and with what in the environment. */
  readonly folder?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => unknown;
}

export const openPostgres = async (): Promise<
  EffectStore & { readonly db: Pick<pg.Pool, 'query'> }
> => {
  const server = await startPostgres();
  const connectionString = await server.database();
  const db = new pg.Pool({ connectionString });
  // It is told when the server ends before its sockets have.
  db.on('error', () => undefined);
  await db.query('CREATE TABLE charges (event_id text, once boolean)');
  await db.query('CREATE UNIQUE INDEX ON charges (event_id) WHERE once');
  const { hostname, port, pathname, username } = new URL(connectionString);
  return {
    db,
    charge: async (eventId, once) =>
      db.query('INSERT INTO charges VALUES ($1, $2) ON CONFLICT DO NOTHING', [eventId, once]),
    env: { PGHOST: hostname, PGPORT: port, PGDATABASE: pathname.slice(1), PGUSER: username },
    close: async () => {
      await db.end();
      await server.stop();
    },
  };
};

export const openMariadb = async (): Promise<EffectStore> => {
  const { port, folder, stop } = await startMariadb();
  const file = join(folder, 'probe.cnf');
  writeFileSync(file, `[client]\nhost=127.0.0.1\nport=${port}\nuser=root\n`);
  const sql = (text: string): string =>
    runToEnd('mariadb', [`--defaults-extra-file=${file}`, '-e', text]);
  const column = 'VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin';
  sql(`CREATE DATABASE shop;
    CREATE TABLE shop.charges (event_id ${column}, copy VARCHAR(255), UNIQUE (event_id, copy))`);
  return {
    charge: (eventId, once) =>
      sql(`INSERT IGNORE INTO shop.charges VALUES ('${eventId}', '${once ? '' : randomUUID()}')`),
    folder,
    env: {},
    close: stop,
  };
};

export const openRedis = async (): Promise<EffectStore> => {
  const { url, stop } = await startRedis();
  const ask = (...words: readonly string[]): string =>
    runToEnd('redis-cli', ['-u', url, '--raw', ...words]).trim();
  return {
    charge: (eventId, once) => {
      if (once && ask('SET', `seen:${eventId}`, '1', 'NX') !== 'OK') return;
      ask('RPUSH', `charges:${eventId}`, '1');
    },
    env: { REDIS_URL: url },
    close: stop,
  };
};

export const openLog = async (): Promise<EffectStore> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-log-'));
  const file = join(folder, 'app.log');
  appendFileSync(file, 'started\n');
  const charged = new Set<string>();
  return {
    charge: (eventId, once) => {
      if (once && charged.has(eventId)) return;
      charged.add(eventId);
      appendFileSync(file, `${new Date().toISOString()} charged ${eventId}\n`);
    },
    folder,
    env: {},
    close: () => rmSync(folder, { recursive: true }),
  };
};
