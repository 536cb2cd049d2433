/** One process a folder: PGlite itself takes no lock, and two of them would ruin the data. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HookproofError } from '../../core/errors.js';

const FILE = 'lock.json';

interface Holder {
  readonly pid: number;
  /** When the process began, where the system tells: a number may be given out again. */
  readonly began: string | null;
}

/** Field 22 of Linux's `stat`, after the name, which may hold anything. */
const beganOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
};

const isAlive = ({ pid, began }: Holder): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return began === null || beganOf(pid) === began;
};

const holderOf = (file: string): Holder | undefined => {
  try {
    const { pid, began } = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    return Number.isSafeInteger(pid) ? { pid, began } : undefined;
  } catch {
    return undefined;
  }
};

/** Folders that this very process has open, by their lock files. */
const own = new Set<string>();

/**
 * Takes a folder, which is made where there is none, and returns what gives it back. What a process
 * that is gone has left is taken over.
 *
 * @throws {HookproofError} `invalid_argument` when another process, or this one, has it
 */
export const lockFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, FILE);
  for (;;) {
    try {
      const me: Holder = { pid: process.pid, began: beganOf(process.pid) };
      writeFileSync(file, JSON.stringify(me), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(file);
    const isMine = holder?.pid === process.pid;
    if (holder !== undefined && (isMine ? own.has(file) : isAlive(holder))) {
      throw new HookproofError(
        'invalid_argument',
        `${folder} is in use by process ${holder.pid}`,
        'stop that process, or name another folder',
      );
    }
    rmSync(file, { force: true });
  }
  own.add(file);
  return () => {
    own.delete(file);
    rmSync(file, { force: true });
  };
};
