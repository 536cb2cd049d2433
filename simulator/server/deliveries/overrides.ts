/** Values put into an event by their places. */
import type { TruoraEvent } from '../../catalog/index.js';
import { HookproofError } from '../../core/errors.js';
import { nearest } from '../../core/nearest.js';

type Holder = Record<string, unknown>;

/** Places are named from the event on; from the delivery on, its number says nothing. */
const fromEvent = (place: string): string => place.replace(/^events\.\d+\./, '');

const placesIn = (value: unknown, prefix: string): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => [
        `${prefix}${name}`,
        ...placesIn(inner, `${prefix}${name}.`),
      ])
    : [];

/** All places that an event has: `timestamp`, `object.status` … */
export const placesOf = (event: TruoraEvent): readonly string[] => placesIn(event, '');

/**
 * A copy of an event with other values in some places.
 *
 * @throws {HookproofError} `invalid_argument` for a place that the event has not
 */
export const override = (
  event: TruoraEvent,
  set: Readonly<Record<string, unknown>>,
): TruoraEvent => {
  const changed = structuredClone(event) as unknown as Holder;
  for (const [place, value] of Object.entries(set)) {
    const path = fromEvent(place).split('.');
    const name = path.pop() ?? '';
    let holder: unknown = changed;
    for (const step of path) holder = isHolder(holder, step) ? holder[step] : undefined;
    if (!isHolder(holder, name)) throw unknownPlace(event, place);
    holder[name] = value;
  }
  return changed as unknown as TruoraEvent;
};

const isHolder = (value: unknown, name: string): value is Holder =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name);

const unknownPlace = (event: TruoraEvent, place: string): HookproofError => {
  const places = placesOf(event);
  const alike = nearest(fromEvent(place), places);
  return new HookproofError(
    'invalid_argument',
    `${event.event_type}.${event.event_action} has no place '${place}'`,
    alike === undefined ? `name one of: ${places.join(', ')}` : `did you mean '${alike}'?`,
  );
};
