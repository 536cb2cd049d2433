import { pairs } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import type { EventMaker } from '../runner/events.js';
import { keysOf } from '../runner/events.js';
import { namesIn } from './schedule.js';
import type { EventName, Schedule } from './schedule.js';

/** Later events of one resource follow each other at this distance. */
const APART_SECONDS = 10;

/** How old an event is by its place in the schedule: the later, the younger. */
export const ageOf = ({ events }: Schedule, name: EventName): number => {
  const like = events[name]?.like;
  const of = like?.how === 'again' ? like.event : name;
  return Math.max(3, 60 - APART_SECONDS * Object.keys(events).indexOf(of));
};

/** The pair of an event: `checks.finished`. */
export const pairOf = (event: TruoraEvent): string | undefined =>
  pairs.find(
    ({ eventType, action }) => eventType === event.event_type && action === event.event_action,
  )?.name;

/** Gives each name that a schedule uses a fresh event. */
export const bind = (
  schedule: Schedule,
  maker: EventMaker,
): ReadonlyMap<EventName, TruoraEvent> => {
  const { events, commands } = schedule;
  const bound = new Map<EventName, TruoraEvent>();
  const used = new Set(commands.flatMap(namesIn));
  for (const [index, [name, { pair: given, like }]] of Object.entries(events).entries()) {
    const other = like === undefined ? undefined : bound.get(like.event);
    const pair = like?.how === 'again' && other !== undefined ? pairOf(other) : given;
    const event = maker.event({
      ...(pair === undefined ? {} : { pair }),
      ...(other !== undefined && isOneStory(events, name) ? { about: other } : {}),
      ageSeconds: ageOf(schedule, name),
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
  if (like?.how === 'again') return true;
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
