import type { Life, Trace } from '../trace.js';

/** What must hold after every schedule. */
export interface Invariant {
  readonly name: string;
  readonly rule: string;
  /** How it was broken, as the end of a sentence; undefined where it holds. */
  readonly broken: (lives: readonly Life[], trace: Trace) => string | undefined;
}

/** `2 effects`, `1 effect`. */
export const effectsOf = (count: number): string => `${count} effect${count === 1 ? '' : 's'}`;
