/** A PostgreSQL server of Debian's package, in a folder of its own, as a user that may run it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const VERSIONS = '/usr/lib/postgresql';

const newestBinaries = (): string | undefined => {
  try {
    const [newest] = readdirSync(VERSIONS).toSorted((one, other) => Number(other) - Number(one));
    return newest === undefined ? undefined : join(VERSIONS, newest, 'bin');
  } catch {
    return undefined;
  }
};

const binaries = newestBinaries();

/** Tests that need it skip where this is false. */
export const hasPostgres = binaries !== undefined;

export interface Server {
  /** For DATABASE_URL. */
  readonly url: string;
  /** A fresh database, by its URL. */
  readonly database: () => Promise<string>;
  /** Ends the server and leaves its folder, for `resume`. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** Ends it for good; once more does nothing. */
  readonly stop: () => Promise<void>;
}

/** PostgreSQL refuses to run as root. */
const unprivileged = (): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres']).stdout);
  return { uid: id('-u'), gid: id('-g') };
};

const freePort = async (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const untilItAnswers = async (url: string): Promise<void> => {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (tries === 400) throw error;
      await wait(50);
    }
  }
};

export const startPostgres = async (): Promise<Server> => {
  if (binaries === undefined) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-postgres-'));
  const user = unprivileged();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } };
  const made = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'hookproof', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    options,
  );
  if (made.error !== undefined) throw made.error;
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr.toString()}`);
  const port = await freePort();
  const urlOf = (name: string): string => `postgres://hookproof@127.0.0.1:${port}/${name}`;
  const url = urlOf('postgres');
  const run = async (): Promise<ChildProcess> => {
    const child = spawn(
      join(binaries, 'postgres'),
      ['-D', data, '-k', folder, '-p', String(port), '-h', '127.0.0.1', '-c', 'fsync=off'],
      { ...options, stdio: 'ignore' },
    );
    await untilItAnswers(url);
    return child;
  };
  let server = await run();
  let databases = 0;
  const pause = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    // A fast shutdown: whoever is connected is sent away.
    server.kill('SIGINT');
    await ended;
  };
  return {
    url,
    database: async () => {
      databases += 1;
      const name = `test_${databases}`;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    },
    pause,
    resume: async () => {
      server = await run();
    },
    stop: async () => {
      await pause();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
