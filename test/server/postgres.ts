/** A PostgreSQL server for one test file: Debian's, in a folder of its own, as a user that may run it. */
import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

/** It refuses to run as root. */
const ordinaryUser = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
};

export interface RunningPostgres {
  /** For DATABASE_URL. */
  readonly url: string;
  readonly stop: () => void;
}

export const startPostgres = (port: number): RunningPostgres => {
  if (binaries === undefined) throw new Error('PostgreSQL is not installed');
  const user = ordinaryUser();
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? 0);
  const data = join(folder, 'data');
  const call = (name: string, ...args: readonly string[]): void => {
    execFileSync(join(binaries, name), args, { ...user, cwd: folder, stdio: 'ignore' });
  };
  call('initdb', '-D', data, '-U', 'hookproof', '-A', 'trust', '-E', 'UTF8', '--no-sync');
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`;
  call('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
  return {
    url: `postgres://hookproof@127.0.0.1:${port}/postgres`,
    stop: () => {
      call('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
