/** A PostgreSQL server of Debian's package, in a folder of its own, as an unprivileged user. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const BINARIES = process.env['POSTGRES_BIN'] ?? '/usr/lib/postgresql/15/bin';

/** Whether there is a server to start; a test says so where there is none. */
export const hasPostgres = existsSync(join(BINARIES, 'postgres'));

export interface Server {
  /** A fresh database, by its URL. */
  readonly database: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** PostgreSQL refuses to run as root. */
const unprivileged = (): { uid: number; gid: number } | undefined => {
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
      if (tries === 200) throw error;
      await wait(50);
    }
  }
};

export const startPostgres = async (): Promise<Server> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-pg-'));
  const user = unprivileged();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } };
  const made = spawnSync(
    join(BINARIES, 'initdb'),
    ['-D', data, '-U', 'hookproof', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    options,
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr.toString()}`);
  const port = await freePort();
  const server: ChildProcess = spawn(
    join(BINARIES, 'postgres'),
    ['-D', data, '-k', folder, '-p', String(port), '-h', '127.0.0.1', '-c', 'fsync=off'],
    { ...options, stdio: 'ignore' },
  );
  const urlOf = (name: string): string => `postgres://hookproof@127.0.0.1:${port}/${name}`;
  await untilItAnswers(urlOf('postgres'));
  let databases = 0;
  return {
    database: async () => {
      databases += 1;
      const name = `test_${databases}`;
      const client = new pg.Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    },
    stop: async () => {
      const ended = new Promise((resolve) => {
        server.once('exit', resolve);
      });
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
