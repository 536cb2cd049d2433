import { Command } from 'commander';
import type { DriftFlags } from './drift-run.js';

/** `hookproof drift`: the option table; what it does is loaded when it is used. */
export const driftCommand = (finish: (exitCode: number) => void): Command =>
  new Command('drift')
    .description('say what captured deliveries hold that the catalogue does not model')
    .argument('<file...>', 'files or folders of hookproof capture')
    .option('--json', 'print it as JSON', false)
    .addHelpText(
      'after',
      `
Example:
  $ hookproof drift captures

Exit codes: 0 the catalogue models all of it, 1 it does not, 2 wrong usage.`,
    )
    .action(async (files: readonly string[], flags: DriftFlags) => {
      const { runDrift } = await import('./drift-run.js');
      finish(await runDrift(files, flags));
    });
