/** Where a ledger grows: standard output, or a file that appears under its name when it is whole. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { notWritten, placeOf } from '../report-files.js';

export interface Output {
  /** Keeps a text until `flush`. */
  readonly put: (text: string) => void;
  /** Writes what was put, and waits until there is room for more. */
  readonly flush: () => Promise<void>;
  /** Writes the rest; a file gets its name. */
  readonly close: () => Promise<void>;
}

const buffered = (write: (text: string) => Promise<void>, end: () => Promise<void>): Output => {
  let text = '';
  const flush = async (): Promise<void> => {
    const ready = text;
    text = '';
    if (ready !== '') await write(ready);
  };
  return {
    put: (more) => {
      text += more;
    },
    flush,
    close: async () => {
      await flush();
      await end();
    },
  };
};

const toStandardOutput = (): Output =>
  buffered(
    async (text) => {
      const { stdout } = process;
      if (stdout.destroyed || stdout.write(text)) return;
      // A reader that leaves ends the stream, and nothing drains any more.
      await new Promise<void>((resolve) => {
        const settle = (): void => {
          for (const event of ['drain', 'close', 'error']) stdout.off(event, settle);
          resolve();
        };
        for (const event of ['drain', 'close', 'error']) stdout.on(event, settle);
      });
    },
    async () => undefined,
  );

const toFile = async (file: string): Promise<Output> => {
  const { part, whole } = await placeOf(file);
  const handle: FileHandle = await open(part, 'w');
  const breakOff = async (): Promise<void> => {
    await handle.close();
    if (part !== whole) await rm(part, { force: true });
  };
  return buffered(
    async (text) => {
      // All of it: a single write may take a part.
      try {
        await handle.appendFile(text);
      } catch (error) {
        await breakOff();
        throw notWritten(file, error);
      }
    },
    async () => {
      await handle.close();
      if (part !== whole) await rename(part, whole);
    },
  );
};

export const openOutput = async (file: string | undefined): Promise<Output> =>
  file === undefined ? toStandardOutput() : toFile(file);
