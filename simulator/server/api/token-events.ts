import type { StoredEvent } from '../stand-in.js';

/** An event as tokens carry it. */
export const tokenEvent = (event: StoredEvent) => ({
  id: event.id,
  event_type: event.eventType,
  event_action: event.eventAction,
  version: event.version,
  timestamp: event.timestamp,
  object: event.object,
});
