import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { problemFrom, type Problem } from '../api/problem.js';
import type { Live } from '../live/live.js';
import type { Topic } from '../live/coalesce.js';

export interface Loaded<T> {
  /** What was read last; it stays while it is read anew. */
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  readonly reload: () => void;
}

/**
 * Reads something, and again whenever one of the topics changes or `key` does. Never two readings at a
 * time: changes that come during one lead to one more.
 */
export const useLoaded = <T>(
  live: Live,
  key: string,
  topics: readonly Topic[],
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> => {
  const [answer, setAnswer] = useState<Omit<Loaded<T>, 'reload'>>({
    value: undefined,
    problem: undefined,
  });
  const latest = useRef(load);
  latest.current = load;
  const again = useRef<() => void>(() => undefined);

  useEffect(() => {
    const stopper = new AbortController();
    const { signal } = stopper;
    let reading = false;
    let wanted = false;
    const read = async (): Promise<void> => {
      wanted = reading;
      if (reading) return;
      reading = true;
      try {
        const value = await latest.current(signal);
        if (!signal.aborted) setAnswer({ value, problem: undefined });
      } catch (thrown) {
        if (!signal.aborted) setAnswer(({ value }) => ({ value, problem: problemFrom(thrown) }));
      }
      reading = false;
      if (wanted && !signal.aborted) void read();
    };
    again.current = () => void read();
    const leave = live.listen((changed) => {
      if (topics.some((topic) => changed.has(topic))) void read();
    });
    void read();
    return () => {
      leave();
      stopper.abort();
    };
  }, [live, key]);

  return { ...answer, reload: useCallback(() => again.current(), []) };
};
