import { Command, Option } from 'commander';
import {
  collect,
  collectHeader,
  collectResolution,
  parseContentType,
  parseDuration,
} from '../parse.js';
import type { DoctorFlags } from './doctor-run.js';

/** `hookproof doctor`: the option table; what it does is loaded when it is used. */
export const doctorCommand = (finish: (exitCode: number) => void): Command =>
  new Command('doctor')
    .description('name what stands between the tool and the receiver, and how to mend it')
    .argument('[url]', 'where the receiver takes Truora’s deliveries')
    .option('--key <text>', 'the signing key; better in the environment as HOOKPROOF_KEY')
    .option('--no-deliveries', 'send nothing genuine, even with a key')
    .option('--wait <duration>', 'wait until it is ready, then look; for CI', parseDuration)
    .option('--json', 'print one JSON object', false)
    .addOption(
      new Option('--content-type <type>', 'what genuine deliveries carry')
        .default('application/jwt')
        .argParser(parseContentType),
    )
    .addOption(
      new Option('--timeout <duration>', 'how long an answer may take')
        .default(3000, '3s, an assumption')
        .argParser(parseDuration),
    )
    .option('--header <header>', "send 'Name: value' along; repeatable", collectHeader)
    .option('--insecure', 'accept any TLS certificate', false)
    .option('--resolve <host:port:address>', 'where a host is; repeatable', collectResolution)
    .option('--allow-host <host>', 'send to a host outside private ranges; repeatable', collect)
    .addHelpText(
      'after',
      `
Ready means: a genuine delivery is answered 2xx; without a key, or with
--no-deliveries, any HTTP answer to a POST.

Example:
  $ HOOKPROOF_KEY=… hookproof doctor http://localhost:3000/webhooks/truora \\
      --wait 30s

Exit codes: 0 nothing blocks, 1 the receiver answers and deliveries do not get
through, 2 wrong usage, 3 it could not be reached.`,
    )
    .action(async (url: string | undefined, flags: DoctorFlags) => {
      const { runDoctor } = await import('./doctor-run.js');
      finish(await runDoctor(url, flags));
    });
