import type { Life, Trace } from '../trace.js';
import { plural } from '../../../language/say.js';

/** What of a trace the rules need beside the lives of its events. */
export type Facts = Pick<Trace, 'polled' | 'failed' | 'interrupted' | 'superseded' | 'states'>;

/** What must hold after every schedule. */
export interface Invariant {
  readonly name: string;
  readonly rule: string;
  /** How it was broken, as the end of a sentence; undefined where it holds. */
  readonly broken: (lives: readonly Life[], facts: Facts) => string | undefined;
}

/** `2 effects`, `1 effect`. */
export const effectsOf = (count: number): string => plural(count, 'effect');
