import { Command } from 'commander';
import type { CompareFlags } from './compare-run.js';

/** `hookproof compare`: the option table; what it does is loaded when it is used. */
export const compareCommand = (finish: (exitCode: number) => void): Command =>
  new Command('compare')
    .description('what two JSON reports of verify have fixed, broken and kept')
    .argument('<old>', 'the earlier report')
    .argument('<new>', 'the later report')
    .option('--json', 'print the comparison as JSON', false)
    .addHelpText(
      'after',
      `
Example:
  $ hookproof verify http://localhost:3000/hook --report json=new.json
  $ hookproof compare old.json new.json

Exit codes: 0 nothing got worse, 1 something did.`,
    )
    .action(async (before: string, after: string, flags: CompareFlags) => {
      const { runCompare } = await import('./compare-run.js');
      finish(await runCompare(before, after, flags));
    });
