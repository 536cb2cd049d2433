/** One line on a terminal that says how far a run is; nothing where there is none. */
export interface Progress {
  readonly show: (done: number, total: number, now: string) => void;
  readonly clear: () => void;
}

const REFRESH_MS = 80;

export const createProgress = (
  stream: NodeJS.WriteStream = process.stderr,
  what = 'cases sent',
): Progress => {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let shownAt = 0;
  return {
    show: (done, total, now) => {
      const atMs = performance.now();
      if (atMs - shownAt < REFRESH_MS) return;
      shownAt = atMs;
      stream.write(
        `\r\u001B[K${`${done} of ${total} ${what}  ${now}`.slice(0, (stream.columns || 80) - 1)}`,
      );
    },
    clear: () => {
      stream.write('\r\u001B[K');
    },
  };
};
