import type { Cause } from './cause.js';
import type { Signature } from './signature.js';
import type { Symptom } from './symptom.js';

/** The outcome of a run. */
export interface Outcome {
  /** Ids of cases that failed. */
  readonly failed: ReadonlySet<string>;
  /** Ids of all cases that passed or failed. */
  readonly judged: ReadonlySet<string>;
  /** How a failed case failed, where that is known. */
  readonly symptomOf: (id: string) => Symptom | undefined;
  /** The family of a case; cases of one family often fail together. */
  readonly familyOf: (id: string) => string | undefined;
}

/** What outcomes are compared with. */
export interface Known {
  /** Those that come first are preferred where several fit equally. */
  readonly causes: readonly Cause[];
  readonly signatures: readonly Signature[];
}
