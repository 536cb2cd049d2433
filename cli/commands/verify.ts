import { Command } from 'commander';
import { collect, collectReport, parseSeed } from '../parse.js';
import { REPLAY_FOLDER, deliveryOptions, receiverOptions } from './receiver-options.js';
import type { VerifyFlags } from './verify-run.js';

/** `hookproof verify`: the option table; what it does is loaded when it is used. */
export const verifyCommand = (finish: (exitCode: number) => void): Command => {
  const command = new Command('verify').description(
    'run the whole contract against a receiver and say what is wrong with it',
  );
  receiverOptions(command)
    .option('--only <glob>', 'only cases whose id matches; repeatable', collect)
    .option('--skip <glob>', 'leave out cases whose id matches; repeatable', collect)
    .option('--strict', 'should cases fail the run too', false)
    .option('--seed <n>', 'the same seed sends the same events', parseSeed)
    .option(
      '--report <format[=file]>',
      'console, json, junit, sarif, markdown, github, html, ndjson, har; repeatable',
      collectReport,
    )
    .option('--expect <file>', 'known failures with reason and expiry: they fail no run')
    .option('--replay-dir <folder>', 'where failed cases are kept for replay', REPLAY_FOLDER)
    .option('--dry-run', 'print the plan, send nothing', false);
  return deliveryOptions(command)
    .addHelpText(
      'after',
      `
Example:
  $ HOOKPROOF_KEY=… hookproof verify http://localhost:3000/webhooks/truora \\
      --probe 'http://localhost:3000/records?id={eventId}' \\
      --report junit=out.xml`,
    )
    .action(async (url: string | undefined, flags: VerifyFlags) => {
      const { runVerify } = await import('./verify-run.js');
      finish(await runVerify(url, flags));
    });
};
