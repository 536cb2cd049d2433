/** What has ended is written, then what is due is taken: two transactions, so that hooks are locked briefly. */
import { readDeliveries } from '../store/deliveries.js';
import { lockHooks } from '../store/hooks.js';
import { together } from '../store/store.js';
import type { Context } from './context.js';
import { release } from './release.js';
import { type EndedAttempt, settle } from './settle.js';
import { type Work, claim } from './take.js';

/** Writes attempts that have ended, in the order in which they did. */
export const settleAttempts = async (
  context: Context,
  ended: readonly EndedAttempt[],
): Promise<void> => {
  const inOrder = ended.toSorted((one, other) => one.endedMs - other.endedMs);
  const hookIds = [...new Set(inOrder.map(({ delivery }) => delivery.hook_id))];
  const ids = inOrder.map(({ delivery }) => delivery.id);
  const changes = await context.store.transaction(async (query) => {
    // The deliveries are read after the hooks are locked, though both are asked at once.
    const [hooks, deliveries] = await together([
      lockHooks(query, hookIds, context.options.policy.scope === 'account'),
      readDeliveries(query, ids),
    ]);
    const {
      write,
      limited,
      changes: changed,
    } = await settle(context, query, inOrder, {
      hooks,
      deliveries,
    });
    await write();
    for (const hook of limited) await release(context, query, hook);
    return changed;
  });
  context.teller.tell(changes);
};

/** Takes at most so many attempts that are due into the air. */
export const takeDue = async (context: Context, most: number): Promise<readonly Work[]> =>
  context.store.transaction(async (query) =>
    claim(context, query, await context.queue.take(query, 'deliveries', most)),
  );
