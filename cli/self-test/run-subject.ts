import { verifyReceiver } from '../../contracts/index.js';
import type { RunResult } from '../../contracts/index.js';
import { casesFor, quickCasesFor, shareOfCases } from './choice.js';
import { openReceiver } from './receiver.js';
import { rowOf } from './row.js';
import type { MatrixRow } from './row.js';
import type { Subject, SubjectOptions } from './subject.js';

/** Runs the contract against one receiver of the matrix, over real HTTP. */
export const runSubject = async (
  subject: Subject,
  { quick, ...options }: SubjectOptions,
): Promise<MatrixRow> => {
  const { id, mutant, place } = subject;
  const run = async (only: readonly string[]): Promise<MatrixRow> =>
    rowOf(id, mutant, await verifyOnce(subject, { ...options, only }));
  if (!quick) return run(casesFor(mutant));
  // A mutant that no row tells has to pass.
  if (mutant === undefined || mutant.killedBy.length === 0) {
    return run(shareOfCases(place + options.seed));
  }
  const row = await run(quickCasesFor(mutant));
  // What the listed rows do not tell, another one may.
  return row.right || row.outOfReach !== undefined ? row : run(casesFor(mutant));
};

const verifyOnce = async (
  subject: Subject,
  options: {
    readonly seed: number;
    readonly concurrency: number;
    readonly only: readonly string[];
  },
): Promise<RunResult> => {
  const receiver = await openReceiver(subject);
  try {
    return await verifyReceiver(receiver.url, { ...receiver.options, ...options });
  } finally {
    await receiver.close();
  }
};
