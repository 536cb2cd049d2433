import { formatTime } from '../../simulator/index.js';
import { say } from '../../language/say.js';
import { createLiveLine } from '../live-line.js';

/** A live line that counts down to the next attempt. */
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
  const line = createLiveLine({ stream, everyMs: 0 });
  const timer = setInterval(() => {
    const next = nextOf();
    if (next === undefined) return;
    const left = formatTime(Math.max(0, Math.ceil(next.inMs / 1000)) * 1000);
    line.show(() => say`${next.name} in ${left}`);
  }, REFRESH_MS);
  // Whatever ends the run, the line must not hold the process.
  timer.unref();
  return {
    clear: line.clear,
    end: () => {
      clearInterval(timer);
      line.clear();
    },
  };
};
