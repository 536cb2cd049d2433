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

/** Starts taking what is due. */
export const startPump = (context: Context): Pump => {
  const { store, queue, options } = context;
  const settler = createSettler(context, () => call());
  const inAir = new Set<Promise<void>>();
  const mails = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isCalled = false;
  /** Whether something new may have come: an attempt, something that is to happen, an e-mail. */
  let isNews = true;
  /** Whether more attempts may be due than were taken. */
  let isDue = true;
  const stopping = new AbortController();
  let isWell = true;
  const isStopping = (): boolean => stopping.signal.aborted;

  const keep = (set: Set<Promise<void>>, doing: Promise<void>): void => {
    const kept = doing
      .catch((error: unknown) => {
        options.log.error({ error }, 'what was taken was not done');
      })
      .finally(() => {
        set.delete(kept);
      });
    set.add(kept);
  };

  /** Lets happen what was to, and hands e-mails over. */
  const lookAtNews = async (): Promise<void> => {
    const jobs = await store.transaction(async (query) => {
      const happening = await queue.take(query, 'coming', COMING_AT_ONCE);
      if (happening.length > 0) await comeTrue(context, query, happening);
      return happening;
    });
    if (jobs.length === COMING_AT_ONCE) isNews = true;
    const room = options.mailer === undefined ? 0 : MAILS_AT_ONCE - mails.size;
    if (room === 0) return;
    const posts = await store.transaction(async (query) => queue.take(query, 'mails', room));
    const mayBeMore = posts.length === room;
    for (const job of posts) {
      keep(
        mails,
        handOver(context, job).finally(() => {
          if (mayBeMore) wake();
        }),
      );
    }
  };

  /** Writes what has ended and takes what is due, as much as there is room for. */
  const turn = async (): Promise<void> => {
    const { ended, done } = settler.next();
    const room = Math.min(options.concurrency - inAir.size + ended.length, TAKEN_AT_ONCE);
    const most = isDue && !isStopping() ? Math.max(0, room) : 0;
    if (ended.length === 0 && most === 0) return;
    if (ended.length > 0) await settler.write(ended);
    done();
    if (most === 0) return;
    const work = await takeDue(context, most);
    isDue = work.length === most;
    for (const one of work) {
      keep(
        inAir,
        makeAttempt(context, one).then(async (attempt) => settler.settle(attempt)),
      );
    }
  };

  const untilNext = async (): Promise<number> => {
    const dues = [await readNextDue(store.query), await readNextComing(store.query)];
    const next = Math.min(...dues.map((dueMs) => dueMs ?? Number.POSITIVE_INFINITY));
    // What is due already and was not taken waits for a lock, or for its hook.
    const untilMs = next - queue.nowMs();
    return Math.min(Math.max(1, untilMs > 0 ? untilMs : 20), LOOK_MS[store.kind]);
  };
  const sleep = (delayMs: number): void => {
    clearTimeout(timer);
    timer = isStopping() ? undefined : setTimeout(wake, delayMs);
  };

  const run = async (): Promise<void> => {
    do {
      isCalled = false;
      try {
        const looks = (isNews || isDue) && !isStopping();
        if (isNews && !isStopping()) {
          isNews = false;
          isDue = true;
          await lookAtNews();
        }
        await turn();
        if (isDue && !isStopping() && inAir.size < options.concurrency) isCalled = true;
        if (looks && !isDue) sleep(await untilNext());
        // There is always a next look, however much there is to do.
        else if (timer === undefined) sleep(LOOK_MS[store.kind]);
        isWell = true;
      } catch (error) {
        isWell = false;
        options.log.warn({ error }, 'what is due cannot be taken');
        sleep(AFTER_ERROR_MS);
      }
    } while (isCalled || (isNews && !isStopping()));
  };
  const wake = (): void => {
    clearTimeout(timer);
    timer = undefined;
    isNews = true;
    call();
  };
  const call = (): void => {
    isCalled = true;
    running ??= run().finally(() => {
      running = undefined;
      if (isCalled) call();
    });
  };
  wake();
  return {
    wake,
    isWell: () => isWell && !isStopping(),
    stop: async () => {
      stopping.abort();
      // An attempt is bounded by the policy; what cannot be written then is brought back by its job.
      const bound = setTimeout(settler.giveUp, boundOf(context));
      await running;
      await Promise.all([...inAir, ...mails]);
      await running;
      clearTimeout(bound);
      clearTimeout(timer);
    },
  };
};

const boundOf = ({ options: { policy } }: Context): number =>
  policy.timeoutMs * (policy.redirectsMax + 1) + 5000;
