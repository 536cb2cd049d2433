import { Command } from 'commander';
import { collectHeader } from '../parse.js';
import type { ReplayFlags } from '../replays.js';

/** `hookproof replay`: the option table; what it does is loaded when it is used. */
export const replayCommand = (finish: (exitCode: number) => void): Command =>
  new Command('replay')
    .description('send a failed case again, signed anew, and say whether it is fixed')
    .argument('<file>', 'a replay file of hookproof verify or fuzz')
    .option('--key <text>', 'the signing key; better in the environment as HOOKPROOF_KEY')
    .option('--url <url>', 'another receiver than the recorded one')
    .option('--probe-cmd <command>', 'commands are not recorded: give them again')
    .option('--restart-cmd <command>', 'the same')
    .option('--poll-cmd <command>', 'the same')
    .option('--rekey-cmd <command>', 'the same')
    .option('--outage-cmd <command>', 'the same')
    .option('--header <header>', "'Name: value', as before; repeatable", collectHeader)
    .option('--json', 'print what was recorded and what came now as JSON', false)
    .addHelpText(
      'after',
      `
Example:
  $ hookproof replay .hookproof/replays/idempotency.identical-copy.json

Exit codes: 0 fixed, 1 it still fails, 3 no verdict.`,
    )
    .action(async (file: string, flags: ReplayFlags) => {
      const { runReplay } = await import('./replay-run.js');
      finish(await runReplay(file, flags));
    });
