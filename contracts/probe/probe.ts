import type { TruoraEvent } from '../../simulator/index.js';

/** Which event's effects are asked for. */
export interface ProbeQuery {
  readonly event: TruoraEvent;
  /** The values that its effects may carry: the event's key, or both of its keys. */
  readonly keys: readonly string[];
  readonly resourceId: string;
}

/** What a probe said, word for word, and the effects counted in it. */
export interface ProbeAnswer {
  readonly effects: number;
  readonly text: string;
}

/** A way to see the effects that an event had on the receiver's side. */
export interface Probe {
  /** How it is named to the user: the option it came from. */
  readonly name: string;
  /** Rejects with a HookproofError `probe_failed` where nothing can be counted. */
  readonly ask: (query: ProbeQuery) => Promise<ProbeAnswer>;
}

/** The placeholders of `--probe` and `--probe-cmd`. */
export const fillPlaceholders = (
  template: string,
  { event, keys, resourceId }: ProbeQuery,
  encode: (value: string) => string,
): string =>
  template
    .replaceAll('{eventId}', encode(keys[0] ?? ''))
    .replaceAll('{resourceId}', encode(resourceId))
    .replaceAll('{eventType}', encode(event.event_type))
    .replaceAll('{action}', encode(event.event_action));
