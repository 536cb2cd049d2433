/** Opens a stand-in: its store, its queues, and what keeps deliveries going. */
import { say } from '../../language/say.js';
import { HookproofError } from '../core/errors.js';
import type { Context } from './deliveries/context.js';
import { heard } from './deliveries/news.js';
import { createDrive } from './deliveries/drive.js';
import { startPump } from './deliveries/pump.js';
import { createTeller } from './deliveries/teller.js';
import type { StandInOptions } from './options.js';
import { openQueue } from './queue/queue.js';
import { faceOf } from './face.js';
import type { Change, StandIn } from './stand-in.js';
import { openEmbedded } from './store/embedded.js';
import { migrate } from './store/migrations/migrate.js';
import { openPostgres } from './store/postgres.js';
import { createSeal } from './store/seal.js';
import { policyOf, takeUpSettings } from './store/settings.js';
import type { Store } from './store/store.js';

/** What connecting may take, on top of what the policy allows an answer; and some air. */
const CONNECT_MS = 3000;
const AIR_MS = 5000;

/** After how long an attempt is over whatever happens, so that its job may be taken by another. */
const expireSecondsOf = ({ policy: { timeoutMs, redirectsMax } }: StandInOptions): number =>
  Math.ceil(((timeoutMs + CONNECT_MS) * (redirectsMax + 1) + AIR_MS) / 1000);

const openStore = async ({ database, log }: StandInOptions): Promise<Store> =>
  database.kind === 'embedded'
    ? openEmbedded({ folder: database.folder })
    : openPostgres(database.url, (error) => log.warn({ error }, 'PostgreSQL'));

/**
 * Opens a stand-in on a store of its own, or on one that others share.
 *
 * @throws {HookproofError} `invalid_argument` when the store is in use, cannot be reached, goes by
 *   another kind of clock, or was written with another secret
 */
export const openStandIn = async (options: StandInOptions): Promise<StandIn> => {
  const isTest = options.clock === 'test';
  if (isTest && options.concurrency === 0) {
    throw new HookproofError(
      'invalid_argument',
      say`a test clock needs deliveries in the same process`,
      say`give it a concurrency of at least 1, or use the real clock`,
    );
  }
  const store = await openStore(options);
  try {
    return await openOn(store, options);
  } catch (error) {
    await store.close();
    throw error;
  }
};

export type WorkerOptions = Omit<StandInOptions, 'database' | 'policy' | 'clock' | 'seed'> & {
  readonly databaseUrl: string;
};

/**
 * Opens one more process that delivers, on the PostgreSQL of a stand-in, and by its policy.
 *
 * @throws {HookproofError} `invalid_argument` when no stand-in has begun there, and as `openStandIn`
 */
export const openWorker = async ({
  databaseUrl,
  ...options
}: WorkerOptions): Promise<Pick<StandIn, 'isReady' | 'close'>> => {
  const { log } = options;
  const store = await openPostgres(databaseUrl, (error) => log.warn({ error }, 'PostgreSQL'));
  try {
    await migrate(store);
    const policy = await policyOf(store);
    const database = { kind: 'postgres', url: databaseUrl } as const;
    return await openOn(store, { ...options, database, policy, clock: 'real', seed: undefined });
  } catch (error) {
    await store.close();
    throw error;
  }
};

const openOn = async (store: Store, options: StandInOptions): Promise<StandIn> => {
  const { policy, clock, log } = options;
  const isTest = clock === 'test';
  if (isTest && !(await store.hold('test clock'))) {
    throw new HookproofError(
      'invalid_argument',
      say`another process moves the test clock of this database`,
      say`stop it first: on a test clock one process does everything`,
    );
  }
  await migrate(store);
  const seal = createSeal(options.secret);
  const startMs = await takeUpSettings(store, { policy, clock, seal, nowMs: Date.now() });
  const queue = await openQueue(store, {
    testClockMs: isTest ? startMs : undefined,
    expireSeconds: expireSecondsOf(options),
    onError: (error) => log.warn({ error }, 'the queue'),
  });
  if (isTest || store.kind === 'embedded') await queue.giveBack();
  const teller = createTeller(store.query, log);
  const context: Context = { options, store, queue, seal, teller };
  const drive = isTest ? createDrive(context) : undefined;
  const pump = isTest || options.concurrency === 0 ? undefined : startPump(context);
  const listeners = new Set<(change: Change) => void>();
  await store.listen((payload) => {
    const { changes, due } = heard(payload);
    if (due) pump?.wake();
    for (const change of changes) for (const listener of listeners) listener(change);
  });
  // What an earlier process had in hand is done before anything else.
  void drive
    ?.then(async () => undefined)
    .catch((error: unknown) => {
      log.error({ error }, 'what was due is not done');
    });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await pump?.stop();
    await drive?.stop();
    await teller.close();
    await queue.stop();
    await store.close();
  };
  return faceOf(context, {
    drive,
    isWell: () => closing === undefined && (pump?.isWell() ?? true),
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => (closing ??= close()),
  });
};
