/** One process a folder: PGlite itself takes no lock, and two of them would ruin the data. */
import {
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { say } from '../../../language/say.js';
import { HookproofError } from '../../core/errors.js';

const FILE = 'lock.json';

interface Holder {
  readonly pid: number;
  /** When the process began, where the system tells: a number may be given out again. */
  readonly began: string | null;
  /** Where the number counts: containers number their processes apart. Null where that cannot be told. */
  readonly space: string | null;
}

const spaceOf = (): string | null => {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
};

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
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    const { pid = Number.NaN, began = null, space = null } = holder;
    return Number.isSafeInteger(pid) ? { pid, began, space } : undefined;
  } catch {
    return undefined;
  }
};

/** Folders that this very process has open, by their lock files. */
const own = new Set<string>();

/** A holder touches its lock so often; one that nobody can ask is gone after so long without. */
const TOUCHED_MS = 5000;
const GONE_MS = 20_000;

const ageMs = (file: string): number =>
  Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);

/** Whether its number says nothing here: it runs in another container. */
const isForeign = ({ space }: Holder): boolean => {
  const mine = spaceOf();
  return space !== null && mine !== null && space !== mine;
};

const isHeld = (file: string, holder: Holder): boolean => {
  if (isForeign(holder)) return ageMs(file) < GONE_MS;
  return holder.pid === process.pid ? own.has(file) : isAlive(holder);
};

/** Creates a file unless there is one; tells whether it did. */
const create = (file: string, content: string): boolean => {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** A file is written, and a lock taken over, in less time than this by a process that lives. */
const SETTLED_MS = 2000;
const LOOK_AGAIN_MS = 20;

/** Whether a file is gone, or so new that a process may be about to write into it or to remove it. */
const isUnsettled = (file: string): boolean => {
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
  return Math.abs(Date.now() - mtimeMs) < SETTLED_MS;
};

const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
};

const touch = (file: string): void => {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // The folder is gone: what uses it says so.
  }
};

/**
 * Removes what a process that is gone has left. One process at a time looks and removes, so that none
 * removes the lock of another that was quicker.
 */
const removeLeft = (file: string): void => {
  const turn = `${file}.turn`;
  if (!create(turn, '')) {
    if (!isUnsettled(turn)) rmSync(turn, { force: true });
    pause();
    return;
  }
  try {
    const holder = holderOf(file);
    if (holder !== undefined && !isHeld(file, holder)) rmSync(file, { force: true });
    if (holder === undefined && !isUnsettled(file)) rmSync(file, { force: true });
  } finally {
    rmSync(turn, { force: true });
  }
};

/**
 * Takes a folder, which is made where there is none, and returns what gives it back. What a process
 * that is gone has left is taken over.
 *
 * @throws {HookproofError} `invalid_argument` when another process, or this one, has it
 */
export const lockFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, FILE);
  const me: Holder = { pid: process.pid, began: beganOf(process.pid), space: spaceOf() };
  while (!create(file, JSON.stringify(me))) {
    const holder = holderOf(file);
    if (holder !== undefined && isHeld(file, holder)) {
      throw new HookproofError(
        'invalid_argument',
        isForeign(holder)
          ? say`${folder} is in use by process ${holder.pid} of another container`
          : say`${folder} is in use by process ${holder.pid}`,
        isForeign(holder)
          ? say`stop that container, or name another folder; what was killed counts for ${GONE_MS / 1000} s more`
          : say`stop that process, or name another folder`,
      );
    }
    if (holder === undefined && isUnsettled(file)) pause();
    else removeLeft(file);
  }
  own.add(file);
  const touching = setInterval(() => touch(file), TOUCHED_MS).unref();
  return () => {
    clearInterval(touching);
    own.delete(file);
    rmSync(file, { force: true });
  };
};
