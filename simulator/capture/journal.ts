/**
 * Files of lines that are rotated by size, the newest last. A line is one write to a file opened for
 * appending, so that a process that is killed leaves whole lines; what it has written is with the
 * operating system by then. It is forced onto the disk when a file is full and at the end: only a
 * machine that loses power can lose the last lines.
 */
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { HookproofError } from '../core/errors.js';
import { say } from '../../language/say.js';

export interface JournalOptions {
  readonly folder: string;
  /** A file that has grown to so many bytes is closed, and the next begun. */
  readonly rotateBytes: number;
  /** So many files are kept, the newest; older ones are removed. */
  readonly keep: number;
}

/** Files of lines, the newest of which is written to. */
export interface Journal {
  /** Resolves when the line is written; rejects with a `HookproofError` where it cannot be. */
  readonly append: (line: string) => Promise<void>;
  /** Forces what was written onto the disk, and closes the file. */
  readonly close: () => Promise<void>;
  /** The file that is written to. */
  readonly file: () => string;
}

const NAME = /^capture-(\d{6,})\.ndjson$/;
const nameOf = (number: number): string => `capture-${String(number).padStart(6, '0')}.ndjson`;

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

const refusal = (folder: string, error: unknown): HookproofError => {
  const code = codeOf(error) ?? 'unwritable';
  return new HookproofError(
    'invalid_argument',
    say`cannot write captures into ${folder} (${code})`,
    say`give --out a folder that can be written to, with room on its disk`,
  );
};

/** As `mkdir` with `recursive`, which never ends where a file system has its own mind, as /proc. */
const makeFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    const parent = dirname(folder);
    if (codeOf(error) !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent);
    await mkdir(folder);
  }
};

const numbersIn = async (folder: string): Promise<readonly number[]> =>
  (await readdir(folder))
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((one, other) => one - other);

/** @throws {HookproofError} `invalid_argument` for a folder that cannot be written to */
export const openJournal = async (options: JournalOptions): Promise<Journal> => {
  const { folder, rotateBytes, keep } = options;
  const or = async <Result>(task: Promise<Result>): Promise<Result> =>
    task.catch((error: unknown) => {
      throw refusal(folder, error);
    });
  await or(makeFolder(resolve(folder)));
  let number = ((await or(numbersIn(folder))).at(-1) ?? 0) + 1;
  // Every run begins a file of its own: nobody else appends to it.
  const openNext = async (): Promise<FileHandle> => {
    for (;;) {
      try {
        return await open(join(folder, nameOf(number)), 'ax', 0o600);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
        number += 1;
      }
    }
  };
  let file = await or(openNext());
  let bytes = 0;
  let last: Promise<void> = Promise.resolve();

  const prune = async (): Promise<void> => {
    const old = (await numbersIn(folder)).slice(0, -keep);
    for (const one of old) await rm(join(folder, nameOf(one)), { force: true });
  };
  await or(prune());

  const rotate = async (): Promise<void> => {
    await file.sync();
    await file.close();
    number += 1;
    file = await openNext();
    bytes = 0;
    await prune();
  };

  const write = async (line: string): Promise<void> => {
    const data = Buffer.from(`${line}\n`);
    if (bytes > 0 && bytes + data.length > rotateBytes) await rotate();
    const before = bytes;
    let written = 0;
    try {
      while (written < data.length) {
        written += (await file.write(data, written)).bytesWritten;
      }
    } catch (error) {
      // A full disk may have taken a part of the line.
      await file.truncate(before).catch(() => undefined);
      throw error;
    }
    bytes += data.length;
  };

  return {
    append: async (line) => {
      const task = last.then(async () => write(line));
      last = task.catch(() => undefined);
      return or(task);
    },
    close: async () => {
      await last;
      await file.sync().catch(() => undefined);
      await file.close();
      if (bytes === 0) await rm(join(folder, nameOf(number)), { force: true });
    },
    file: () => join(folder, nameOf(number)),
  };
};
