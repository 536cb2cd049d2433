import { signed } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import type { Build, Family } from './table.js';

/** What all genuine deliveries that must be taken share. */
export const controlFamily: Family = {
  name: 'genuine-deliveries',
  why: 'A genuine event that is refused is retried five times and then lost, and each refusal counts towards the 80% that disables the hook.',
  fix: 'Verify the compact JWS with a maintained JWT library, read `events` from its payload, and ignore what you do not know.',
};

/** A genuine token with other claims. */
export const withClaims =
  (change: (kit: ForgeKit) => JsonObject): Build =>
  (kit) =>
    signed({ payload: JSON.stringify({ ...kit.claims, ...change(kit) }), key: kit.key });

/** The claims with more in the event's object. */
export const withObject = (kit: ForgeKit, members: JsonObject): JsonObject => ({
  ...kit.claims,
  events: [{ ...kit.event, object: { ...kit.event.object, ...members } }],
});
