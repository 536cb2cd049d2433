/** Values that a user puts in place of generated ones: `--set`, and `set` of what is to be emitted. */
import { type ValueOf, pathsOf, setPaths, unknownPath } from '../core/set-paths.js';
import type { TruoraEvent } from './event.js';

type Values = Readonly<Record<string, unknown>>;

/** The first event of its delivery is the only one that there is where no delivery is made yet. */
const OWN_PLACE = /^events\.0\./;

/**
 * A copy of an event with these values: at `object.status` or `timestamp`, and `events.0.object.status`
 * says the same.
 *
 * @throws {HookproofError} `unknown_path` for a place that the event has not
 */
export const overrideEvent = <Event extends TruoraEvent>(
  event: Event,
  values: Values,
  valueOf?: ValueOf,
): Event =>
  Object.entries(values).reduce<Event>(
    (changed, [path, value]) =>
      setPaths(changed, { [path.replace(OWN_PLACE, '')]: value }, valueOf),
    event,
  );

/**
 * A copy of what a token claims with these values: at `iat`, `iss` or `events.0.object.status`. A
 * place that only events have, such as `object.status`, is set in each of them.
 *
 * @throws {HookproofError} `unknown_path` for a place that there is not, with the most similar one
 */
export const overrideClaims = <Claims extends { readonly events: readonly TruoraEvent[] }>(
  claims: Claims,
  values: Values,
  valueOf?: ValueOf,
): Claims =>
  Object.entries(values).reduce<Claims>((changed, [path, value]) => {
    if (!isOfEvents(changed, path)) return setPaths(changed, { [path]: value }, valueOf);
    const events = changed.events.map((event) => setPaths(event, { [path]: value }, valueOf));
    return { ...changed, events };
  }, claims);

/** Whether a place is named as an event names it; then every event must have it. */
const isOfEvents = (claims: { readonly events: readonly TruoraEvent[] }, path: string): boolean => {
  const [first = ''] = path.split('.');
  if (Object.hasOwn(claims, first)) return false;
  const without = claims.events.find((event) => !pathsOf(event).includes(path));
  if (without === undefined && claims.events.length > 0) return true;
  throw unknownPath({ ...claims, ...without }, path);
};
