import { useCallback, useRef, useState } from 'preact/hooks';
import { problemFrom, type Problem } from '../api/problem.js';

export interface Action {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** Runs once at a time; resolves to whether it worked. */
  readonly run: (task: () => Promise<void>) => Promise<boolean>;
}

/** Something that somebody does: it is under way, it worked, or there is a problem to show. */
export const useAction = (): Action => {
  const [{ busy, problem }, set] = useState<Omit<Action, 'run'>>({
    busy: false,
    problem: undefined,
  });
  const running = useRef(false);
  const run = useCallback(async (task: () => Promise<void>) => {
    if (running.current) return false;
    running.current = true;
    set(({ problem: before }) => ({ busy: true, problem: before }));
    try {
      await task();
      set({ busy: false, problem: undefined });
      return true;
    } catch (thrown) {
      set({ busy: false, problem: problemFrom(thrown) });
      return false;
    } finally {
      running.current = false;
    }
  }, []);
  return { busy, problem, run };
};
