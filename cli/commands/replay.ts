import { Command } from 'commander';
import { collect, collectHeader } from '../parse.js';
import type { ReplayFlags } from '../replays.js';

/** `hookproof replay`: the option table; what it does is loaded when it is used. */
export const replayCommand = (finish: (exitCode: number) => void): Command =>
  new Command('replay')
    .description('send a failed case or captured deliveries again, signed anew')
    .argument('<file>', 'a replay file of verify or fuzz, or a file of hookproof capture')
    .option('--key <text>', 'the signing key; better in the environment as HOOKPROOF_KEY')
    .option('--url <url>', 'another receiver than the recorded one')
    .option('--probe <url>', 'where its effects show, if not where they did')
    .option('--probe-cmd <command>', 'commands are not recorded: give them again')
    .option('--restart-cmd <command>', 'the same')
    .option('--poll-cmd <command>', 'the same')
    .option('--rekey-cmd <command>', 'the same')
    .option('--outage-cmd <command>', 'the same')
    .option('--header <header>', "'Name: value', as before; repeatable", collectHeader)
    .option('--allow-host <host>', 'send to a host outside private ranges; repeatable', collect)
    .option('--json', 'print what was recorded and what came now as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  $ hookproof replay .hookproof/replays/idempotency.identical-copy.json
  $ hookproof replay captures/capture-000001.ndjson \\
      --url http://localhost:3000/webhooks/truora

Exit codes: 0 fixed or all delivered, 1 it still fails or some were not,
3 no verdict or never reached.`,
    )
    .action(async (file: string, flags: ReplayFlags) => {
      const { runReplay } = await import('./replay-run.js');
      finish(await runReplay(file, flags));
    });
