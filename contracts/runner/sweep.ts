import type { TruoraEvent } from '../../simulator/index.js';
import type { CaseContext } from './case.js';
import { keysOf } from './events.js';
import type { Observer } from './observer.js';

interface Watched {
  readonly event: TruoraEvent;
  readonly expected: 0 | 1;
}

/** A receiver is caught up when nothing new was seen for this long, or for twice the settle time. */
const QUIET_MS = 2000;

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
  await catchUp(
    watched.filter(({ expected }) => expected === 1).map(({ event }) => event),
    context,
    observer,
  );
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

/** Waits until every event has an effect, or nothing more happens. */
const catchUp = async (
  events: readonly TruoraEvent[],
  context: CaseContext,
  observer: Observer,
): Promise<void> => {
  const quietMs = Math.max(QUIET_MS, 2 * observer.settleMs());
  let missing = events;
  let changedAtMs = context.nowMs();
  for (let pauseMs = 20; ; pauseMs = Math.min(200, pauseMs * 2)) {
    const before = missing.length;
    const counts = await Promise.all(missing.map(async (event) => observer.countNow(event)));
    missing = missing.filter((_event, index) => counts[index] === 0);
    if (missing.length === 0) return;
    if (missing.length < before) changedAtMs = context.nowMs();
    if (context.nowMs() - changedAtMs >= quietMs) return;
    await context.wait(pauseMs);
  }
};
