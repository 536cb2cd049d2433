/**
 * A line that says how far a run is: drawn over again on a terminal, a whole line now and then with
 * `--plain`, and nothing where nobody watches.
 */
import { terminalOf } from './terminal.js';

export interface LiveLine {
  readonly show: (text: () => string) => void;
  /** Takes the line away, so that others can be written. */
  readonly clear: () => void;
}

const PLAIN_EVERY_MS = 10_000;

export const createLiveLine = ({
  stream = process.stderr,
  everyMs,
}: {
  readonly stream?: NodeJS.WriteStream | undefined;
  readonly everyMs: number;
}): LiveLine => {
  const { plain, redraws, columns } = terminalOf(stream);
  if (!plain && !redraws) return { show: () => undefined, clear: () => undefined };
  const pauseMs = plain ? PLAIN_EVERY_MS : everyMs;
  let shownAtMs = plain ? performance.now() : 0;
  return {
    show: (text) => {
      const atMs = performance.now();
      if (atMs - shownAtMs < pauseMs) return;
      shownAtMs = atMs;
      stream.write(plain ? `${text()}\n` : `\r\u001B[K${text().slice(0, columns - 1)}`);
    },
    clear: () => {
      if (!plain) stream.write('\r\u001B[K');
    },
  };
};
