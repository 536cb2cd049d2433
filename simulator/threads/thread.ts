/** What runs in a worker thread: plays its share of the accounts, and tells how far it is. */
import { parentPort, workerData } from 'node:worker_threads';
import { HookproofError } from '../core/errors.js';
import { simulateRead } from '../virtual/simulate.js';
import { takeFrom, writeTo } from './thread-job.js';
import type { ThreadAnswer, ThreadJob } from './thread-job.js';

const tell = (answer: ThreadAnswer): void => parentPort?.postMessage(answer);

const { scenario, options, next, board } = workerData as ThreadJob;
try {
  const between = board && writeTo(board, () => tell({ kind: 'progress' }));
  const accounts = takeFrom(next, options.part.to);
  tell({ kind: 'result', result: await simulateRead(scenario, { ...options, between }, accounts) });
} catch (error) {
  // An error loses its class and its fields on the way: what its reader needs goes by itself.
  if (!(error instanceof HookproofError)) throw error;
  const { code, message, remedy } = error;
  tell({ kind: 'refused', code, message, remedy });
}
