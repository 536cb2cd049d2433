/** An event is sent again, by hand. */
import { readEvent } from '../store/events.js';
import { insertEntries } from '../store/ledger.js';
import { refreshEvents } from '../store/deliveries.js';
import type { Context } from './context.js';
import { tell } from './news.js';
import { createMinutes, touch } from './disable.js';
import { enqueue, subscribes } from './enqueue.js';
import { hooksFor } from './happen.js';

/** Returns the ids of the new deliveries; undefined where there is no such event. */
export const resend = async (
  context: Context,
  eventId: string,
  hookIds: readonly string[] | undefined,
  sinceMs: number,
): Promise<readonly number[] | undefined> =>
  context.store.transaction(async (query) => {
    const event = await readEvent(query, eventId, sinceMs);
    if (event === undefined) return undefined;
    const hooks = (await hooksFor(query, hookIds ?? null)).filter(
      (hook) =>
        hook.subscriber_type === 'web' && (hookIds !== undefined || subscribes(hook, event)),
    );
    const minutes = createMinutes();
    touch(minutes, [event.id]);
    const deliveries = await enqueue(context, query, minutes, {
      deliveries: hooks.map((hook) => ({ hook, events: [event] })),
      resend: true,
    });
    await insertEntries(query, minutes.entries);
    await refreshEvents(query, minutes.events, context.queue.nowMs());
    await tell(query, { changes: minutes.changes, due: true });
    return deliveries.map(({ id }) => id);
  });
