/** What has changed, told to everybody a few times a second. */
import type { Log } from '../options.js';
import type { Change } from '../stand-in.js';
import type { Query } from '../store/store.js';
import { tell } from './context.js';

const EVERY_MS = 50;

export interface Teller {
  readonly tell: (changes: readonly Change[]) => void;
  /** Says what is still to be said. */
  readonly close: () => Promise<void>;
}

/**
 * Transactions that notify commit one after the other, each when the one before is on disk: what
 * nobody waits for is told on its own.
 */
export const createTeller = (query: Query, log: Log): Teller => {
  let waiting: Change[] = [];
  let timer: NodeJS.Timeout | undefined;
  let speaking = Promise.resolve();

  const speak = (): void => {
    timer = undefined;
    const changes = waiting;
    waiting = [];
    speaking = tell(query, { changes, due: false }).catch((error: unknown) => {
      log.warn({ error }, 'what has changed is not told');
    });
  };
  return {
    tell: (changes) => {
      if (changes.length === 0) return;
      waiting.push(...changes);
      timer ??= setTimeout(speak, EVERY_MS);
    },
    close: async () => {
      clearTimeout(timer);
      if (timer !== undefined) speak();
      await speaking;
    },
  };
};
