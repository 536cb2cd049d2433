/**
 * Keeps deliveries going on a test clock: time stands still while anything is due, and what is due at
 * an instant is done one after the other, in one order: retries before what is new, older deliveries
 * first. It is the order of a simulation.
 */
import type { Job } from '../queue/queue.js';
import { readNextComing } from '../store/coming.js';
import { type DeliveryRow, readDeliveries, readNextDue } from '../store/deliveries.js';
import { keepClock } from '../store/settings.js';
import { makeAttempt } from './attempt.js';
import { comeTrue, comingOf } from './coming.js';
import type { Context } from './context.js';
import { tell } from './news.js';
import { createPostBag } from './post-bag.js';
import { claim } from './take.js';
import { settleAttempts } from './settle.js';

export interface Drive {
  /** Does something, then all that is due at once because of it. */
  readonly then: <Result>(act: () => Promise<Result>) => Promise<Result>;
  readonly advance: (
    byMs: number,
  ) => Promise<{ readonly nowMs: number; readonly attempts: number }>;
  readonly stop: () => Promise<void>;
}

const AT_ONCE = 1000;

export const createDrive = (context: Context): Drive => {
  const { store, queue } = context;
  const hand = createHand(context);
  const bag = createPostBag(context);
  let last: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();

  const inTurn = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(act, act);
    last = turn.catch(() => undefined);
    return turn;
  };

  /** Does all that is due now; returns the attempts made. */
  const settleDue = async (): Promise<number> => {
    let attempts = 0;
    while (!stopping.signal.aborted) {
      const step = await hand.next();
      if (step === 'nothing') break;
      if (step === 'attempt') attempts += 1;
    }
    const mails = await store.transaction(async (query) => queue.take(query, 'mails', AT_ONCE));
    await bag.add(mails);
    return attempts;
  };
  const setTime = async (atMs: number): Promise<void> => {
    await queue.setTime(atMs);
    await keepClock(store.query, atMs);
  };
  const nextDue = async (): Promise<number> =>
    Math.min(
      (await readNextDue(store.query)) ?? Number.POSITIVE_INFINITY,
      (await readNextComing(store.query)) ?? Number.POSITIVE_INFINITY,
    );
  return {
    then: async (act) =>
      inTurn(async () => {
        const result = await act();
        await settleDue();
        return result;
      }),
    advance: async (byMs) =>
      inTurn(async () => {
        const untilMs = queue.nowMs() + byMs;
        let attempts = await settleDue();
        for (
          let dueMs = await nextDue();
          dueMs <= untilMs && !stopping.signal.aborted;
          dueMs = await nextDue()
        ) {
          if (dueMs <= queue.nowMs()) throw new Error('what is due has no job');
          await setTime(dueMs);
          attempts += await settleDue();
        }
        if (!stopping.signal.aborted) await setTime(untilMs);
        await settleDue();
        await tell(store.query, { changes: [{ topic: 'clock', id: null }], due: false });
        return { nowMs: queue.nowMs(), attempts };
      }),
    stop: async () => {
      stopping.abort();
      await last;
      await bag.stop();
    },
  };
};

/** Jobs that are due and taken, but not begun. */
const createHand = (context: Context) => {
  const { store, queue } = context;
  const retries = new Map<number, { readonly job: Job; readonly row: DeliveryRow }>();
  const coming = new Map<number, Job>();

  /** Takes what is due; what is to come only when nothing is to be tried again before it. */
  const fill = async (): Promise<void> =>
    store.transaction(async (query) => {
      const jobs = await queue.take(query, 'deliveries', AT_ONCE);
      const ids = jobs.map(({ data }) => data['deliveryId'] ?? 0);
      const rows = new Map(
        (jobs.length === 0 ? [] : await readDeliveries(query, ids)).map((row) => [row.id, row]),
      );
      const stale: Job[] = [];
      for (const job of jobs) {
        const row = rows.get(job.data['deliveryId'] ?? 0);
        if (row?.job_id === job.id) retries.set(row.id, { job, row });
        else stale.push(job);
      }
      await queue.finish(query, 'deliveries', stale);
      if (retries.size > 0) return;
      for (const job of await queue.take(query, 'coming', AT_ONCE)) coming.set(comingOf(job), job);
    });
  const attempt = async (job: Job): Promise<'attempt' | 'other'> => {
    const [work] = await store.transaction(async (query) => claim(context, query, [job]));
    if (work === undefined) return 'other';
    await settleAttempts(context, [await makeAttempt(context, work)]);
    return 'attempt';
  };
  return {
    next: async (): Promise<'attempt' | 'other' | 'nothing'> => {
      await fill();
      const [first] = [...retries.values()].toSorted(
        (one, other) =>
          Math.min(one.row.attempts, 1) - Math.min(other.row.attempts, 1) ||
          one.row.id - other.row.id,
      );
      if (first !== undefined) {
        retries.delete(first.row.id);
        return attempt(first.job);
      }
      const [next] = [...coming.keys()].toSorted((one, other) => one - other);
      const job = next === undefined ? undefined : coming.get(next);
      if (next === undefined || job === undefined) return 'nothing';
      coming.delete(next);
      await store.transaction(async (query) => comeTrue(context, query, [job]));
      return 'other';
    },
  };
};
