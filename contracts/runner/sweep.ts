import type { TruoraEvent } from '../../simulator/index.js';
import type { CaseContext } from './case.js';
import { keysOf } from './events.js';
import type { Observer } from './observer.js';

interface Watched {
  readonly event: TruoraEvent;
  readonly expected: 0 | 1;
}

/**
 * Counts the effects of all events when the run is over. One more genuine event is sent last: once
 * its effect is seen, a receiver that works through a queue has caught up. Then the settle window
 * passes, so that what comes too often has had its time, and what is missing is asked for again.
 */
export const sweep = async (options: {
  readonly context: CaseContext;
  readonly observer: Observer;
  readonly watched: readonly Watched[];
}): Promise<ReadonlyMap<string, number>> => {
  const { context, observer } = options;
  const counts = new Map<string, number>();
  const unique = new Map<string, Watched>();
  for (const one of options.watched) {
    const [key] = keysOf(one.event);
    if (key === undefined) continue;
    unique.set(key, (unique.get(key)?.expected ?? 0) === 1 ? (unique.get(key) ?? one) : one);
  }
  const last = context.event();
  await context.deliver([last], { label: 'last delivery' });
  await observer.untilSeen(last);
  await context.wait(observer.settleMs());
  await Promise.all(
    [...unique].map(async ([key, { event, expected }]) => {
      const count = await observer.countNow(event);
      const late = count === 0 && expected === 1;
      const settled =
        late && (await observer.untilSeen(event, observer.settleMaxMs))
          ? await observer.countNow(event)
          : count;
      if (settled !== undefined) counts.set(key, settled);
    }),
  );
  return counts;
};
