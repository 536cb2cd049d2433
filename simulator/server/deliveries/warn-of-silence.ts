/** Hooks that no event of the catalogue will ever reach. */
import { pairs } from '../../catalog/index.js';
import { nearest } from '../../core/nearest.js';
import type { Log } from '../options.js';
import type { HookRow } from '../store/hooks.js';
import { subscribes } from './enqueue.js';

/**
 * Whether Truora refuses an event type or an action that it does not know is not documented, and some types
 * are guesses (INF). Such a hook is made; the log says that it waits in vain.
 */
export const warnOfSilence = (
  log: Log,
  { id, event_type: eventType, actions }: Pick<HookRow, 'id' | 'event_type' | 'actions'>,
): void => {
  const hook = { event_type: eventType, actions };
  const isFor = ({ eventType: type, action }: (typeof pairs)[number]): boolean =>
    subscribes(hook, { eventType: type, eventAction: action });
  if (pairs.some(isFor)) return;
  const types = ['all', ...pairs.map((pair) => pair.eventType)];
  const meant = types.includes(eventType) ? undefined : nearest(eventType, types);
  log.warn(
    { hook: id, eventType, actions, ...(meant !== undefined && { didYouMean: meant }) },
    'the hook is for no event that the catalogue knows: it gets none',
  );
};
