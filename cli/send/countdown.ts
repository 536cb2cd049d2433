import { formatTime } from '../../simulator/index.js';

/** One line on a terminal that counts down to the next attempt; nothing where there is none. */
export interface Countdown {
  /** Takes the line away, so that others can be written. */
  readonly clear: () => void;
  readonly end: () => void;
}

const REFRESH_MS = 200;

export const createCountdown = (
  nextOf: () => { readonly name: string; readonly inMs: number } | undefined,
  stream: NodeJS.WriteStream = process.stderr,
): Countdown => {
  if (!stream.isTTY) return { clear: () => undefined, end: () => undefined };
  const clear = (): void => {
    stream.write('\r\u001B[K');
  };
  const timer = setInterval(() => {
    const next = nextOf();
    if (next === undefined) return;
    const left = formatTime(Math.max(0, Math.ceil(next.inMs / 1000)) * 1000);
    const line = `${next.name} in ${left}`;
    stream.write(`\r\u001B[K${line.slice(0, (stream.columns || 80) - 1)}`);
  }, REFRESH_MS);
  // Whatever ends the run, the line must not hold the process.
  timer.unref();
  return {
    clear,
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
};
