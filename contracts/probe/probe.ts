import type { TruoraEvent } from '../../simulator/index.js';
import { say } from '../../language/say.js';

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
  /** False where it cannot be given such a query, though nothing is wrong with it; absent: it takes all. */
  readonly takes?: (query: ProbeQuery) => boolean;
  /** Rejects with a HookproofError `probe_failed` where nothing can be counted. */
  readonly ask: (query: ProbeQuery) => Promise<ProbeAnswer>;
}

/** The placeholders of `--probe` and `--probe-cmd`; only those that occur are encoded. */
export const fillPlaceholders = (
  template: string,
  { event, keys, resourceId }: ProbeQuery,
  encode: (value: string) => string,
): string => {
  const values: Readonly<Record<string, string>> = {
    '{eventId}': keys[0] ?? '',
    '{resourceId}': resourceId,
    '{eventType}': event.event_type,
    '{action}': event.event_action,
  };
  return template.replace(PLACEHOLDERS, (name) => encode(values[name] ?? ''));
};

/** What stands in braces in a URL and is not filled in, if anything does. */
export const unknownPlaceholder = (template: string): string | undefined =>
  template.replace(PLACEHOLDERS, '').match(/\{\w*\}/u)?.[0];

const PLACEHOLDERS = /\{(?:eventId|resourceId|eventType|action)\}/g;

export const takes = (probe: Probe, query: ProbeQuery): boolean => probe.takes?.(query) ?? true;

/** What the receiver shows and what it did outside: an effect that either saw twice came twice. */
export const bothProbes = (
  shown: Probe | undefined,
  outside: Probe | undefined,
): Probe | undefined => {
  if (shown === undefined || outside === undefined) return shown ?? outside;
  return {
    name: say`${shown.name} and ${outside.name}`,
    takes: (query) => takes(shown, query) && takes(outside, query),
    ask: async (query) => {
      const [inside, beyond] = await Promise.all([shown.ask(query), outside.ask(query)]);
      return { text: inside.text, effects: Math.max(inside.effects, beyond.effects) };
    },
  };
};
