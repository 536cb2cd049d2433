/** Servers of Debian's packages, each in a folder of its own that is gone with it. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Program {
  readonly port: number;
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

/** Whether the program is there: found in PATH, or where Debian keeps what only root runs. */
export const findProgram = (name: string): string | undefined =>
  [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin']
    .map((folder) => join(folder, name))
    .find(existsSync);

const requireProgram = (name: string): string => {
  const found = findProgram(name);
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Runs a program to its end. @throws {Error} with what it complains of */
export const runToEnd = (command: string, args: readonly string[], input = ''): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { input });
  if (status === 0) return stdout.toString();
  throw new Error(`${command}: ${error?.message ?? stderr.toString()}`);
};

/** Asks until it is answered without an error. */
export const untilReady = async (ask: () => unknown): Promise<void> => {
  for (let tries = 0; ; tries++) {
    try {
      await ask();
      return;
    } catch (error) {
      if (tries === 200) throw error;
      await wait(50);
    }
  }
};

const stopOf = (child: ChildProcess, folder: string) => async (): Promise<void> => {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  rmSync(folder, { recursive: true, force: true });
};

/** Redis, in memory only. */
export const startRedis = async (): Promise<Program & { readonly url: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-redis-'));
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(requireProgram('redis-server'), args, { stdio: 'ignore' });
  await untilReady(() => runToEnd('redis-cli', ['-p', String(port), 'PING']));
  return { port, folder, url: `redis://127.0.0.1:${port}`, stop: stopOf(child, folder) };
};

/** MariaDB with the user `root` without a password, who gets in by its port. */
export const startMariadb = async (): Promise<Program> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-mariadb-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const id = (flag: string): number => Number(runToEnd('id', [flag, 'mysql']));
    chownSync(folder, id('-u'), id('-g'));
  }
  const user = isRoot ? ['--user=mysql'] : [];
  const data = join(folder, 'data');
  runToEnd(requireProgram('mariadb-install-db'), [
    ...['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal'],
    ...['--skip-test-db', '--skip-name-resolve', '--innodb-flush-method=nosync', ...user],
  ]);
  const port = await freePort();
  const child = spawn(
    requireProgram('mariadbd'),
    [
      ...['--no-defaults', `--datadir=${data}`, `--socket=${join(folder, 'socket')}`, ...user],
      ...[`--port=${port}`, '--bind-address=127.0.0.1', '--skip-name-resolve'],
      ...['--innodb-buffer-pool-size=16M', '--innodb-flush-method=nosync'],
    ],
    { stdio: 'ignore' },
  );
  const ask = ['--no-defaults', '-h127.0.0.1', `-P${port}`, '-uroot', '-e', 'SELECT 1'];
  await untilReady(() => runToEnd('mariadb', ask));
  return { port, folder, stop: stopOf(child, folder) };
};
