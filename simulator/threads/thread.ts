/** What runs in a worker thread: plays a part of the accounts, and tells how far it is. */
import { parentPort, workerData } from 'node:worker_threads';
import { HookproofError } from '../core/errors.js';
import { type SimulateOptions, simulateRead } from '../virtual/simulate.js';
import { STOP, TOLD } from './thread-job.js';
import type { ThreadAnswer, ThreadBoard, ThreadJob } from './thread-job.js';

const tell = (answer: ThreadAnswer): void => parentPort?.postMessage(answer);

/** Writes on the board how far it is, and says so unless it has and nobody looked. */
const writeTo =
  ({ progress, flags }: ThreadBoard): NonNullable<SimulateOptions['between']> =>
  ({ attempts, share, account, atMs }) => {
    progress.set([attempts, share, account, atMs]);
    if (Atomics.exchange(flags, TOLD, 1) === 0) tell({ kind: 'progress' });
    return Atomics.load(flags, STOP) === 0;
  };

const { scenario, options, board } = workerData as ThreadJob;
try {
  const between = board === undefined ? undefined : writeTo(board);
  tell({ kind: 'result', result: await simulateRead(scenario, { ...options, between }) });
} catch (error) {
  // An error loses its class and its fields on the way: what its reader needs goes by itself.
  if (!(error instanceof HookproofError)) throw error;
  const { code, message, remedy } = error;
  tell({ kind: 'refused', code, message, remedy });
}
