/** What a worker thread is given, what it answers, and what it shares meanwhile. */
import type { HookproofErrorCode } from '../core/errors.js';
import type { SimulationResult } from '../virtual/result.js';
import type { Scenario } from '../virtual/scenario.js';
import type { SimulateOptions, SimulationProgress, Span } from '../virtual/simulate.js';

/** What a thread is given. */
export interface ThreadJob {
  readonly scenario: Scenario;
  readonly options: Omit<SimulateOptions, 'listen' | 'between' | 'part'> & { readonly part: Span };
  /** The next account that nobody plays yet: all threads take theirs from it. */
  readonly next: Int32Array<SharedArrayBuffer>;
  readonly board: ThreadBoard | undefined;
}

/**
 * Takes one account after the other until none is left. A thread that began late, or has the longer
 * accounts, takes fewer.
 */
export const takeFrom =
  (next: Int32Array<SharedArrayBuffer>, to: number) => (): number | undefined => {
    const account = Atomics.add(next, 0, 1);
    return account < to ? account : undefined;
  };

/** What a thread shares while it plays; undefined if nobody asks. */
export interface ThreadBoard {
  /** Attempts, share, account and instant, as in `SimulationProgress`. */
  readonly progress: Float64Array<SharedArrayBuffer>;
  /** STOP: whether to stop. TOLD: whether the thread has told of progress that was not read yet. */
  readonly flags: Int32Array<SharedArrayBuffer>;
}

export const STOP = 0;
export const TOLD = 1;

/** What a thread answers: that it got further, what came of it, or why nothing did. */
export type ThreadAnswer =
  | { readonly kind: 'progress' }
  | { readonly kind: 'result'; readonly result: SimulationResult }
  | {
      readonly kind: 'refused';
      readonly code: HookproofErrorCode;
      readonly message: string;
      readonly remedy: string;
    };

/** Writes on a board how far its thread is, and says so unless it has and nobody looked. */
export const writeTo =
  ({ progress, flags }: ThreadBoard, say: () => void) =>
  ({ attempts, share, account, atMs }: SimulationProgress): boolean => {
    progress.set([attempts, share, account, atMs]);
    if (Atomics.exchange(flags, TOLD, 1) === 0) say();
    return Atomics.load(flags, STOP) === 0;
  };
