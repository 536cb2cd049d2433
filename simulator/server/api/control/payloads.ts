import type { StandIn, StoredAttempt, StoredEvent } from '../../stand-in.js';

import { tokenEvent } from '../token-events.js';

type Json = Readonly<Record<string, unknown>>;

/** Attempts with what their tokens said: tokens are not kept, so they are made up from the events. */
export const payloadsOf = async (
  { events }: Pick<StandIn, 'events'>,
  event: StoredEvent,
  attempts: readonly StoredAttempt[],
): Promise<
  readonly (StoredAttempt & {
    readonly payload: {
      readonly events: readonly Json[];
      readonly iat: number;
      readonly iss: 'Truora';
    };
  })[]
> => {
  const ids = new Set(attempts.flatMap(({ eventIds }) => eventIds));
  ids.delete(event.id);
  const others = await Promise.all([...ids].map(async (id) => events.find(id)));
  const known = new Map(
    [event, ...others].flatMap((one) => (one === undefined ? [] : [[one.id, tokenEvent(one)]])),
  );
  return attempts.map((attempt) => ({
    ...attempt,
    payload: {
      events: attempt.eventIds.flatMap((id) => known.get(id) ?? []),
      iat: attempt.request.iatSeconds,
      iss: 'Truora',
    },
  }));
};
