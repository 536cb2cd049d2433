/** How far a run of so many equal things is. */
import { say } from '../language/say.js';
import { createLiveLine } from './live-line.js';

export interface Progress {
  readonly show: (done: number, total: number, now: string) => void;
  readonly clear: () => void;
}

const REFRESH_MS = 80;

export const createProgress = (
  stream: NodeJS.WriteStream = process.stderr,
  what = say`cases sent`,
): Progress => {
  const line = createLiveLine({ stream, everyMs: REFRESH_MS });
  return {
    show: (done, total, now) => line.show(() => say`${done} of ${total} ${what}  ${now}`.trimEnd()),
    clear: line.clear,
  };
};
