/** Keeps deliveries going in real time: takes what is due when it is, as much as there is room for. */
import { readNextDue } from '../store/deliveries.js';
import { readNextComing } from '../store/coming.js';
import { makeAttempt } from './attempt.js';
import { comeTrue } from './coming.js';
import type { Context } from './context.js';
import { handOver } from './handing.js';
import { createSettler } from './settler.js';
import { takeDue } from './take.js';

export interface Pump {
  /** Something may be due. */
  readonly wake: () => void;
  /** Takes no more, and lets what is in the air end. */
  readonly stop: () => Promise<void>;
  readonly isWell: () => boolean;
}

const TAKEN_AT_ONCE = 100;
const COMING_AT_ONCE = 20;
const MAILS_AT_ONCE = 4;
/** Others may have entered something without a word of it having come through. */
const LOOK_MS = { postgres: 500, embedded: 5000 } as const;
const AFTER_ERROR_MS = 500;
/** More is taken when so much of the room, at most, is in use. */
const REFILL_SHARE = 0.75;

/** Starts taking what is due. */
export const startPump = (context: Context): Pump => {
  const { store, queue, options } = context;
  const settler = createSettler(context);
  const inAir = new Set<Promise<void>>();
  const mails = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isCalled = false;
  /** Whether something new may have come, other than room for what was there. */
  let isNews = true;
  const stopping = new AbortController();
  let isWell = true;

  const keep = (set: Set<Promise<void>>, doing: Promise<void>): void => {
    const kept = doing
      .catch((error: unknown) => {
        options.log.error({ error }, 'what was taken was not done');
      })
      .finally(() => {
        set.delete(kept);
        // A few at a time: what is taken together ends together, and is written together.
        if (inAir.size <= options.concurrency * REFILL_SHARE) call();
      });
    set.add(kept);
  };

  const letHappen = async (): Promise<number> =>
    store.transaction(async (query) => {
      const jobs = await queue.take(query, 'coming', COMING_AT_ONCE);
      await comeTrue(context, query, jobs);
      return jobs.length;
    });

  /** Takes what is due; tells whether there may be more. */
  const takeSome = async (): Promise<boolean> => {
    const looksAtAll = isNews;
    isNews = false;
    const happened = looksAtAll ? await letHappen() : 0;
    const room = Math.min(options.concurrency - inAir.size, TAKEN_AT_ONCE);
    const work = room > 0 ? await takeDue(context, room) : [];
    for (const one of work) {
      keep(
        inAir,
        makeAttempt(context, one).then(async (ended) => settler.settle(ended)),
      );
    }
    const mailRoom = options.mailer === undefined || !looksAtAll ? 0 : MAILS_AT_ONCE - mails.size;
    const posts =
      mailRoom > 0
        ? await store.transaction(async (query) => queue.take(query, 'mails', mailRoom))
        : [];
    for (const job of posts) keep(mails, handOver(context, job));
    if (happened === COMING_AT_ONCE) isNews = true;
    return happened === COMING_AT_ONCE || (work.length > 0 && room === work.length && hasRoom());
  };
  const hasRoom = (): boolean => inAir.size < options.concurrency;

  const untilNext = async (): Promise<number> => {
    const most = LOOK_MS[store.kind];
    const dues = [
      hasRoom() ? await readNextDue(store.query) : null,
      await readNextComing(store.query),
    ];
    const next = Math.min(...dues.map((dueMs) => dueMs ?? Number.POSITIVE_INFINITY));
    // What is due already and was not taken waits for a lock, or for its hook.
    const untilMs = next - queue.nowMs();
    return Math.min(Math.max(1, untilMs > 0 ? untilMs : 20), most);
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      isCalled = false;
      try {
        const hasMore = await takeSome();
        if (hasMore || isCalled) continue;
        const delayMs = await untilNext();
        isWell = true;
        if (isCalled) continue;
        timer = setTimeout(wake, delayMs);
      } catch (error) {
        isWell = false;
        if (stopping.signal.aborted) return;
        options.log.warn({ error }, 'what is due cannot be taken');
        isCalled = false;
        timer = setTimeout(wake, AFTER_ERROR_MS);
      }
      return;
    }
  };
  const wake = (): void => {
    isNews = true;
    call();
  };
  const call = (): void => {
    isCalled = true;
    if (stopping.signal.aborted || running !== undefined) return;
    clearTimeout(timer);
    running = run().finally(() => {
      running = undefined;
      if (isCalled && !stopping.signal.aborted) call();
    });
  };
  wake();
  return {
    wake,
    isWell: () => isWell && !stopping.signal.aborted,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
      // An attempt is bounded by the policy; what cannot be written then is brought back by its job.
      const bound = setTimeout(settler.giveUp, boundOf(context));
      await Promise.all([...inAir, ...mails]);
      clearTimeout(bound);
    },
  };
};

const boundOf = ({ options: { policy } }: Context): number =>
  policy.timeoutMs * (policy.redirectsMax + 1) + 5000;
