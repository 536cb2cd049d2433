import { readFile, readdir, readlink } from 'node:fs/promises';

const LISTENING = '0A';

/** The socket of a listener on a port, by the system's tables. */
const inodeOf = (table: string, port: number): string | undefined => {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (fields[1]?.endsWith(wanted) === true && fields[3] === LISTENING) return fields[9];
  }
  return undefined;
};

const holds = async (pid: string, inode: string): Promise<boolean> => {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const file of files) {
    const to = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
    if (to === `socket:[${inode}]`) return true;
  }
  return false;
};

/** Arguments may hold secrets: the program and its first plain argument are enough. */
const nameOf = async (pid: string): Promise<string> => {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const [program = '?', ...rest] = line.split('\0');
  const script = rest.find((one) => /^[^-=]+$/.test(one) && one !== '');
  return [program.split('/').at(-1), script].filter((one) => one !== undefined).join(' ');
};

/** The process that listens on a port of this machine, where Linux lets us see it. */
export const findListener = async (port: number): Promise<string | undefined> => {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map(async (file) => readFile(file, 'utf8').catch(() => '')),
  );
  const inode = tables.map((table) => inodeOf(table, port)).find((one) => one !== undefined);
  if (inode === undefined) return undefined;
  const pids = await readdir('/proc').catch(() => []);
  for (const pid of pids.filter((name) => /^\d+$/.test(name))) {
    if (await holds(pid, inode)) return `${await nameOf(pid)} (pid ${pid})`;
  }
  return undefined;
};
