/**
 * Hands e-mails over beside a test clock, one after the other. Who set the time waits for them, so that
 * what a test looks at is there; but not for a server that does not answer.
 */
import type { Job } from '../queue/queue.js';
import type { Context } from './context.js';
import { handOver } from './handing.js';

export interface PostBag {
  /** Hands them over; settles when all are, or when that takes longer than may be waited for. */
  readonly add: (jobs: readonly Job[]) => Promise<void>;
  /** Begins no more, and lets the one under way end. What is left is taken up at the next start. */
  readonly stop: () => Promise<void>;
}

/** A server at work takes less. */
const WAITED_MS = 2000;

export const createPostBag = (context: Context): PostBag => {
  let last: Promise<void> = Promise.resolve();
  /** Who waited in vain once does not wait again until all are handed over. */
  let isLate = false;
  let isStopping = false;

  const hand = async (jobs: readonly Job[]): Promise<void> => {
    for (const job of jobs) {
      if (isStopping) return;
      await handOver(context, job).catch((error: unknown) => {
        context.options.log.error({ error }, 'an e-mail was not handed over');
      });
    }
  };
  return {
    add: async (jobs) => {
      if (jobs.length === 0) return;
      const handed = last.then(async () => hand(jobs));
      last = handed;
      void handed.then(() => {
        if (last === handed) isLate = false;
      });
      if (!isLate) isLate = !(await isDoneWithin(handed, WAITED_MS));
    },
    stop: async () => {
      isStopping = true;
      await last;
    },
  };
};

const isDoneWithin = async (done: Promise<void>, mostMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, mostMs, false);
  });
  try {
    return await Promise.race([done.then(() => true), over]);
  } finally {
    clearTimeout(timer);
  }
};
