import { Command, Option } from 'commander';
import { collect, parsePort, parseSeed } from '../parse.js';
import { processOptions } from '../server/process-options.js';
import type { ServeFlags } from './serve-run.js';

/** `hookproof serve`: the option table; what it does is loaded when it is used. */
export const serveCommand = (finish: (exitCode: number) => void): Command => {
  const command = new Command('serve')
    .description(
      'a stand-in Truora: its API, deliveries on the documented schedule, e-mails, a page',
    )
    .addOption(
      new Option('--port <port>', 'where to listen; 0 for a free one')
        .default(4000)
        .argParser(parsePort),
    )
    .option('--host <address>', 'which address to listen at', '127.0.0.1')
    .option(
      '--host-name <name>',
      'a name that it is called by, beside the loopback ones; repeatable',
      collect,
    )
    .option('--data <folder>', 'where everything is kept', './.hookproof')
    .option('--hook <url>', 'a receiver that is told of events')
    .option('--key <text>', 'its signing key; better in the environment as HOOKPROOF_KEY')
    .option('--event-type <type>', 'what it is told of (default: all)')
    .option(
      '--policy <policy>',
      'documented, literal, five, or a JSON file of policy fields',
      'documented',
    )
    .addOption(
      new Option('--clock <kind>', 'a test clock stands still until it is advanced')
        .choices(['real', 'test'])
        .default('real'),
    )
    .option('--seed <n>', 'the same seed invents the same resources and ids', parseSeed)
    .option(
      '--api-key <text>',
      'the one Truora-API-Key that is taken; or HOOKPROOF_API_KEY\n(default: any)',
    )
    .option(
      '--control-token <text>',
      'opens /_hookproof/ and the page; or HOOKPROOF_CONTROL_TOKEN\n(default: drawn, and kept in the data folder)',
    );
  return processOptions(command, 0)
    .addHelpText(
      'after',
      `
Environment: DATABASE_URL keeps everything in PostgreSQL, where workers help;
SMTP_URL sends e-mails; HOOKPROOF_SECRET encrypts signing keys at rest.

Example:
  $ HOOKPROOF_KEY=… hookproof serve \\
      --hook http://localhost:3000/webhooks/truora`,
    )
    .action(async (flags: ServeFlags) => {
      const { runServe } = await import('./serve-run.js');
      finish(await runServe(flags));
    });
};
