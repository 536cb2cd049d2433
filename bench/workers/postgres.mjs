// A PostgreSQL of its own for a bench, in a temporary folder: Debian's, as a user that may run it.
import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = '/usr/lib/postgresql';

const newest = () => {
  try {
    const [version] = readdirSync(VERSIONS).toSorted((one, other) => Number(other) - Number(one));
    return version === undefined ? undefined : join(VERSIONS, version, 'bin');
  } catch {
    return undefined;
  }
};

const freePort = async () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** PostgreSQL refuses to run as root. */
const ordinaryUser = () => {
  if (process.getuid() !== 0) return {};
  const idOf = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
};

/** Undefined where PostgreSQL is not installed. */
export const startPostgres = async () => {
  const bin = newest();
  if (bin === undefined) return undefined;
  const user = ordinaryUser();
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-bench-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const call = (name, args) =>
    execFileSync(join(bin, name), args, { ...user, cwd: folder, stdio: 'ignore' });
  call('initdb', ['-D', data, '-U', 'hookproof', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`;
  call('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  return {
    url: `postgres://hookproof@127.0.0.1:${port}/postgres`,
    end: () => {
      call('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
