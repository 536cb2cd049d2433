import type { Mutant } from '../../fixtures/receivers/mutants/index.js';
import type {
  ReceiverOptions,
  RunningReceiver,
  RunningReference,
} from '../../fixtures/receivers/reference/index.js';

/** A receiver of the matrix: a mutant, which must be found out, or a correct one, which must pass. */
export interface Subject {
  readonly id: string;
  /** Among the correct receivers, from 0 on. */
  readonly place: number;
  /** Undefined for a correct receiver. */
  readonly mutant: Mutant | undefined;
  /** How long its effects may take, in milliseconds. */
  readonly settleMs: number;
  /** Whether it posts its effects to a sink. */
  readonly sink: boolean;
  /** Why it cannot run on this machine; undefined when it can. */
  readonly unavailable: () => string | undefined;
  readonly start: (options: ReceiverOptions) => Promise<RunningReceiver | RunningReference>;
}

/** What a subject is run with. */
export interface SubjectOptions {
  readonly seed: number;
  /** Deliveries in the air at a time. */
  readonly concurrency: number;
  /** Ask a mutant only what should tell it, as long as that does, and correct ones a third. */
  readonly quick: boolean;
}
