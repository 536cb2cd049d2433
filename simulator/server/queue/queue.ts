/**
 * What is due, and when: pg-boss's jobs, which are written and settled within our own transactions. A
 * job that is settled leaves no row: what it did has rows of its own.
 */
import { randomUUID } from 'node:crypto';
import { PgBoss, type Db, TestClock } from 'pg-boss';
import type { Query, Store } from '../store/store.js';

export interface Job {
  readonly id: string;
  readonly retryCount: number;
  readonly data: Readonly<Record<string, number>>;
}

export type QueueName = 'deliveries' | 'coming' | 'mails';

export interface Queue {
  /** Enters jobs in a transaction; an id says which job it is, for who needs to know. */
  readonly add: (
    query: Query,
    name: QueueName,
    jobs: readonly {
      readonly id?: string;
      readonly data: Job['data'];
      readonly dueMs: number;
    }[],
  ) => Promise<void>;
  /** Takes jobs that are due, at most so many. */
  readonly take: (query: Query, name: QueueName, most: number) => Promise<readonly Job[]>;
  /** Jobs that were taken are done. */
  readonly finish: (query: Query, name: QueueName, jobs: readonly Job[]) => Promise<void>;
  /** A job that was taken is to be taken again, later. */
  readonly putOff: (query: Query, name: QueueName, job: Job, dueMs: number) => Promise<void>;
  /** Gives back what an earlier process had taken: for who is alone. */
  readonly giveBack: () => Promise<void>;
  readonly nowMs: () => number;
  /** Only on a test clock. */
  readonly setTime: (atMs: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const NAMES: readonly QueueName[] = ['deliveries', 'coming', 'mails'];

/** A job is taken again as often as processes die over it. */
const RETRIES_MOST = 1_000_000;
const YEAR_SECONDS = 365 * 24 * 3600;
/** How often jobs of processes that died are looked for. */
const RESCUE_SECONDS = 2;

const inTransaction = (query: Query): Db => ({
  executeSql: async (text, values = []) => ({ rows: [...(await query(text, values))] }),
});

const databaseOf = (store: Store): Db => ({
  executeSql: async (text, values) => ({
    rows: [
      ...(values === undefined || values.length === 0
        ? await store.script(text)
        : await store.query(text, values)),
    ],
  }),
  setSessionStatements: async (statements) => store.setSessionStatements(statements),
});

const isoOf = (atMs: number): string => new Date(atMs).toISOString();

/** Opens the queues, which are made where there are none. */
export const openQueue = async (
  store: Store,
  options: {
    /** Where a test clock stands; undefined for the real one. */
    readonly testClockMs: number | undefined;
    /** After how long a job is given up by who has it, and taken by another. */
    readonly expireSeconds: number;
    readonly onError: (error: Error) => void;
  },
): Promise<Queue> => {
  const { testClockMs, expireSeconds } = options;
  const clock = testClockMs === undefined ? undefined : new TestClock(testClockMs);
  const boss = new PgBoss({
    db: databaseOf(store),
    backend: store.kind === 'embedded' ? 'pglite' : 'postgres',
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
    supervise: store.kind === 'postgres' && clock === undefined,
    superviseIntervalSeconds: RESCUE_SECONDS,
    monitorIntervalSeconds: RESCUE_SECONDS,
    ...(clock !== undefined && { clock }),
  });
  boss.on('error', options.onError);
  await boss.start();
  const settings = {
    expireInSeconds: expireSeconds,
    retryLimit: RETRIES_MOST,
    retryDelay: 0,
    retentionSeconds: YEAR_SECONDS,
  };
  for (const name of NAMES) {
    const queue = await boss.getQueue(name);
    if (queue === null) await boss.createQueue(name, settings);
    else if (queue.expireInSeconds !== expireSeconds) await boss.updateQueue(name, settings);
    // Asks for the queue once outside of any transaction, so that it is known within them.
    await boss.fetch(name, { batchSize: 1, minPriority: 1 });
  }
  const add: Queue['add'] = async (query, name, jobs) => {
    if (jobs.length === 0) return;
    const rows = jobs.map(({ id, data, dueMs }) => ({
      id: id ?? randomUUID(),
      data,
      startAfter: isoOf(dueMs),
    }));
    await boss.insert(name, rows, { db: inTransaction(query) });
  };
  const finish: Queue['finish'] = async (query, name, jobs) => {
    if (jobs.length === 0) return;
    const attempts = jobs.map(({ id, retryCount }) => ({ id, retryCount }));
    await boss.deleteJob(name, attempts, { db: inTransaction(query) });
  };
  return {
    add,
    finish,
    take: async (query, name, most) => {
      const jobs = await boss.fetch<Job['data']>(name, {
        batchSize: most,
        db: inTransaction(query),
      });
      return jobs.map(({ id, retryCount, data }) => ({ id, retryCount, data }));
    },
    putOff: async (query, name, job, dueMs) => {
      await finish(query, name, [job]);
      await add(query, name, [{ data: job.data, dueMs }]);
    },
    giveBack: async () => {
      for (const name of NAMES) {
        const rows = await store.query<{ id: string }>(
          `SELECT id FROM pgboss.job WHERE name = $1 AND state = 'active'`,
          [name],
        );
        const ids = rows.map(({ id }) => id);
        if (ids.length > 0) await boss.fail(name, ids);
      }
    },
    nowMs: () => clock?.now() ?? Date.now(),
    setTime: async (atMs) => {
      await clock?.setTime(atMs);
    },
    stop: async () => boss.stop({ graceful: false, close: false }),
  };
};
