import type { Attempt } from './case.js';

/** Every attempt of a run, in the order in which they ended. */
export interface Ledger {
  readonly add: (attempt: Attempt) => void;
  readonly all: () => readonly Attempt[];
  readonly of: (caseId: string) => readonly Attempt[];
}

export const createLedger = (): Ledger => {
  const attempts: Attempt[] = [];
  const byCase = new Map<string, Attempt[]>();
  return {
    add: (attempt) => {
      attempts.push(attempt);
      byCase.set(attempt.caseId, [...(byCase.get(attempt.caseId) ?? []), attempt]);
    },
    all: () => attempts,
    of: (caseId) => byCase.get(caseId) ?? [],
  };
};
