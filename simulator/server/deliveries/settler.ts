/**
 * Attempts that have ended and are not written: what ends while a turn is under way goes into the next
 * one, so that its cost is shared by the more attempts the more there are.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from './context.js';
import { type EndedAttempt, settleAttempts } from './settle.js';

const BATCH_MOST = 200;
const AGAIN_MS = 200;

/** Attempts that have ended, and who waits for them to be written. */
export interface Batch {
  readonly ended: readonly EndedAttempt[];
  readonly done: () => void;
}

export interface Settler {
  /** Resolves when the attempt is written, or given up at the end. */
  readonly settle: (ended: EndedAttempt) => Promise<void>;
  /** What has ended and is to be written now. */
  readonly next: () => Batch;
  /** Resolves when they are written, or given up. */
  readonly write: (ended: readonly EndedAttempt[]) => Promise<void>;
  /** Gives up what cannot be written: its job brings it back. */
  readonly giveUp: () => void;
}

/** `onEnded` is told that there is something to write. */
export const createSettler = (context: Context, onEnded: () => void): Settler => {
  const waiting: { readonly ended: EndedAttempt; readonly done: () => void }[] = [];
  let isGivenUp = false;

  const write: Settler['write'] = async (batch) => {
    for (;;) {
      try {
        await settleAttempts(context, batch);
        return;
      } catch (error) {
        context.options.log.error({ error, attempts: batch.length }, 'attempts are not written');
        if (isGivenUp) return;
        if (isForGood(error)) {
          if (batch.length === 1) return;
          for (const one of batch) await write([one]);
          return;
        }
        await wait(AGAIN_MS);
      }
    }
  };
  return {
    settle: async (ended) =>
      new Promise((done) => {
        waiting.push({ ended, done });
        onEnded();
      }),
    next: () => {
      const batch = waiting.splice(0, BATCH_MOST);
      return {
        ended: batch.map(({ ended }) => ended),
        done: () => {
          for (const { done } of batch) done();
        },
      };
    },
    write,
    giveUp: () => {
      isGivenUp = true;
    },
  };
};

/** An error of ours in a statement stays one; a server that is away, full or in conflict, comes back. */
const isForGood = (error: unknown): boolean => {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === 'string' && /^(?:21|22|23|42)[0-9A-Z]{3}$/.test(code);
};
