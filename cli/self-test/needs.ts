import type { Mutant } from '../../fixtures/receivers/mutants/index.js';
import type { Subject } from './subject.js';

/** What a run may do to a receiver, or see of it, beyond sending and probing. */
export type SubjectNeed = Exclude<Mutant['needs'][number], 'status' | 'probe'>;

const everything: readonly SubjectNeed[] = [
  'sink',
  'restart',
  'rekey',
  'clock',
  'fault',
  'two-instances',
  'state',
  'poll',
];

/** What can be done to any receiver that keeps its data in a folder. */
const usual: readonly SubjectNeed[] = ['restart', 'rekey'];

const isBeyondSending = (need: Mutant['needs'][number]): need is SubjectNeed =>
  need !== 'status' && need !== 'probe';

/**
 * A mutant gets what its defect needs to show. Right receivers get all that is possible, so that
 * nothing accuses them.
 */
export const needsOf = ({ id, mutant, sink }: Subject): ReadonlySet<SubjectNeed> => {
  if (mutant !== undefined) return new Set(mutant.needs.filter(isBeyondSending));
  if (id === 'reference') return new Set(everything);
  return new Set(sink ? ['sink', ...usual] : usual);
};
