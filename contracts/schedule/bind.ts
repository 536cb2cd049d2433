import type { TruoraEvent } from '../../simulator/index.js';
import type { EventMaker } from '../runner/events.js';
import { keysOf } from '../runner/events.js';
import { namesIn } from './schedule.js';
import type { EventName, Schedule } from './schedule.js';

/** Later events of one resource follow each other at this distance. */
const APART_SECONDS = 10;

/** How old the event at a place of its schedule is: the later, the younger. */
export const agesInSeconds = (index: number): number => Math.max(3, 60 - APART_SECONDS * index);

/** Gives each name that a schedule uses a fresh event. */
export const bind = (
  { events, commands }: Schedule,
  maker: EventMaker,
): ReadonlyMap<EventName, TruoraEvent> => {
  const bound = new Map<EventName, TruoraEvent>();
  const used = new Set(commands.flatMap(namesIn));
  for (const [index, [name, { pair, like }]] of Object.entries(events).entries()) {
    const other = like === undefined ? undefined : bound.get(like.event);
    const event = maker.event({
      ...(pair === undefined ? {} : { pair }),
      ...(other !== undefined && isOneStory(events, name) ? { about: other } : {}),
      ageSeconds: agesInSeconds(index),
    });
    bound.set(
      name,
      like?.how === 'next-key' && other !== undefined
        ? maker.rekey(event, nearKey(keysOf(other)[0] ?? '', index))
        : event,
    );
  }
  for (const name of bound.keys()) if (!used.has(name)) bound.delete(name);
  return bound;
};

/** Whether an event and the one that it is like can be of one resource: of one product. */
export const isOneStory = (events: Schedule['events'], name: EventName): boolean => {
  const { pair, like } = events[name] ?? {};
  const product = (of: string | undefined): string | undefined => of?.split('.')[0];
  return (
    like?.how === 'same-resource' &&
    pair !== undefined &&
    product(pair) === product(events[like.event]?.pair)
  );
};

/** The same key but for its last character, another one at each place of the schedule. */
const nearKey = (key: string, place: number): string => {
  const last = (parseInt(key.slice(-1), 16) + place) % 16;
  return `HKE${key.slice(3, -1)}${last.toString(16)}`;
};
