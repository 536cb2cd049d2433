/** What was to happen later happens. */
import type { Job } from '../queue/queue.js';
import { takeComing } from '../store/coming.js';
import type { Query } from '../store/store.js';
import type { Context } from './context.js';
import { draw } from './emit.js';
import { type Happening, happen } from './happen.js';

/** Lets what jobs stand for happen, in the transaction that has taken them. */
export const comeTrue = async (
  context: Context,
  query: Query,
  jobs: readonly Job[],
): Promise<void> => {
  const inOrder = jobs.toSorted((one, other) => comingOf(one) - comingOf(other));
  for (const job of inOrder) {
    const happening = await takeComing<Happening>(query, comingOf(job));
    if (happening === undefined) continue;
    const hooks = await query<{ id: string }>(
      'SELECT id FROM hookproof.hooks WHERE removed_ms IS NULL',
    );
    // A hook that was named may have been removed since.
    const named = happening.hooks?.filter((id) => hooks.some((hook) => hook.id === id)) ?? null;
    const random = await draw(context, query);
    await happen(context, query, { ...happening, hooks: named }, random);
  }
  await context.queue.finish(query, 'coming', jobs);
};

export const comingOf = ({ data }: Job): number => data['comingId'] ?? 0;
