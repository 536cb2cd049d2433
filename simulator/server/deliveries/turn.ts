/** What has ended is written and what is due is taken, in one transaction: a turn. */
import type { Job } from '../queue/queue.js';
import type { Change } from '../stand-in.js';
import { readDeliveries } from '../store/deliveries.js';
import { lockHooks } from '../store/hooks.js';
import { type Query, together } from '../store/store.js';
import type { Context } from './context.js';
import { release } from './release.js';
import { type EndedAttempt, settle } from './settle.js';
import { type Work, claim } from './take.js';

/** Writes attempts that have ended, then takes at most so many that are due into the air. */
export const takeTurn = async (
  context: Context,
  ended: readonly EndedAttempt[],
  most: number,
): Promise<readonly Work[]> =>
  takeTurnFor(context, ended, async (query) =>
    most > 0 ? context.queue.take(query, 'deliveries', most) : [],
  );

/** A turn for jobs that its transaction takes, or that were taken before. */
export const takeTurnFor = async (
  context: Context,
  ended: readonly EndedAttempt[],
  jobsIn: (query: Query) => Promise<readonly Job[]>,
): Promise<readonly Work[]> => {
  const { work, changes } = await context.store.transaction(async (query) =>
    turnIn(context, query, ended, await jobsIn(query)),
  );
  context.teller.tell(changes);
  return work;
};

const turnIn = async (
  context: Context,
  query: Query,
  ended: readonly EndedAttempt[],
  jobs: readonly Job[],
): Promise<{ readonly work: readonly Work[]; readonly changes: readonly Change[] }> => {
  if (ended.length === 0 && jobs.length === 0) return { work: [], changes: [] };
  const inOrder = ended.toSorted((one, other) => one.endedMs - other.endedMs);
  const hookIds = [...new Set(inOrder.map(({ delivery }) => delivery.hook_id))];
  const ids = inOrder.map(({ delivery }) => delivery.id);
  // The deliveries are read after the hooks are locked, though both are asked at once.
  const [hooks, deliveries] = await Promise.all([
    lockHooks(query, hookIds, {
      whole: ended.length > 0 && context.options.policy.scope === 'account',
      taking: jobs.flatMap(({ data }) => data['deliveryId'] ?? []),
    }),
    readDeliveries(query, ids),
  ]);
  if (ended.length === 0) return { work: await claim(context, query, jobs), changes: [] };
  const { write, limited, changes } = await settle(context, query, inOrder, { hooks, deliveries });
  const [, work] = await together([write(), claim(context, query, jobs)]);
  for (const hook of limited) await release(context, query, hook);
  return { work, changes };
};
