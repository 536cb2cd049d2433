/** Many changes in a short while become one reading. */
import type { Change } from '../../../stand-in.js';

export type Topic = Change['topic'];

export interface Coalescer {
  readonly add: (topic: Topic) => void;
  readonly stop: () => void;
}

/** How long changes gather; what is shown lags at most so much behind. */
export const GATHER_MS = 150;

export const createCoalescer = (
  flush: (topics: ReadonlySet<Topic>) => void,
  later: (task: () => void, delayMs: number) => () => void,
): Coalescer => {
  let topics = new Set<Topic>();
  let cancel: (() => void) | undefined;
  const end = (): void => {
    const gathered = topics;
    topics = new Set();
    cancel = undefined;
    flush(gathered);
  };
  return {
    add: (topic) => {
      topics.add(topic);
      cancel ??= later(end, GATHER_MS);
    },
    stop: () => {
      cancel?.();
      cancel = undefined;
    },
  };
};
