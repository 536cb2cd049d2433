import { Command } from 'commander';
import { processOptions } from '../server/process-options.js';
import type { WorkerFlags } from './worker-run.js';

/** `hookproof worker`: the option table; what it does is loaded when it is used. */
export const workerCommand = (finish: (exitCode: number) => void): Command =>
  processOptions(
    new Command('worker').description(
      'one more process that delivers, on the PostgreSQL of hookproof serve',
    ),
    1,
  )
    .addHelpText(
      'after',
      `
Environment: DATABASE_URL names the database of serve and is needed; SMTP_URL
and HOOKPROOF_SECRET as for serve.

Example:
  $ DATABASE_URL=postgres://… hookproof worker --concurrency 32`,
    )
    .action(async (flags: WorkerFlags) => {
      const { runWorker } = await import('./worker-run.js');
      finish(await runWorker(flags));
    });
