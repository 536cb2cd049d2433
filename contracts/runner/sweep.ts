import type { TruoraEvent } from '../../simulator/index.js';
import type { CaseContext } from './case.js';
import { catchUp } from './catch-up.js';
import { keysOf } from './events.js';
import type { Observer } from './observer.js';

interface Watched {
  readonly event: TruoraEvent;
  readonly expected: 0 | 1;
}

/**
 * Counts the effects of all events when the run is over. First it waits for what is missing, for as
 * long as something still appears: a receiver may work through a queue. Then the settle window
 * passes, so that what comes too often has had its time.
 */
export const sweep = async (options: {
  readonly context: CaseContext;
  readonly observer: Observer;
  readonly watched: readonly Watched[];
}): Promise<ReadonlyMap<string, number>> => {
  const { context, observer } = options;
  const last = context.event();
  await context.deliver([last], { label: 'last delivery' });
  const watched = [...options.watched, { event: last, expected: 1 as const }];
  const expected = watched.flatMap((one) => (one.expected === 1 ? [one.event] : []));
  await catchUp(expected, { clock: context, observer, last });
  await context.wait(observer.settleMs());
  const events = new Map(watched.map(({ event }) => [keysOf(event)[0] ?? '', event]));
  const counts = new Map<string, number>();
  await Promise.all(
    [...events].map(async ([key, event]) => {
      const count = await observer.countNow(event);
      if (count !== undefined) counts.set(key, count);
    }),
  );
  return counts;
};
