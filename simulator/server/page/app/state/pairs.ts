import type { Pair } from '../api/answers.js';
import { useSession } from './session.js';
import { useLoaded } from './use-loaded.js';

const NEVER = [] as const;
let known: readonly Pair[] | undefined;

/** The 45 pairs, read once. */
export const usePairs = (): readonly Pair[] => {
  const { client, live } = useSession();
  const { value } = useLoaded(live, 'pairs', NEVER, async (signal) => {
    known ??= (
      await client.ask<{ readonly pairs: readonly Pair[] }>('GET', '/pairs', undefined, signal)
    ).pairs;
    return known;
  });
  return value ?? known ?? [];
};

/** What a hook may subscribe to: each event type once, with its actions. */
export const eventTypesOf = (
  pairs: readonly Pair[],
): readonly {
  readonly eventType: string;
  readonly title: string;
  readonly actions: readonly string[];
}[] => {
  const types = [...new Set(pairs.map(({ eventType }) => eventType))];
  return types.map((eventType) => {
    const own = pairs.filter((pair) => pair.eventType === eventType);
    return {
      eventType,
      title: [...new Set(own.map(({ productTitle }) => productTitle))].join(', '),
      actions: [...new Set(own.map(({ action }) => action))],
    };
  });
};
