import { Command, Option } from 'commander';
import {
  collect,
  collectHeader,
  collectResolution,
  collectSetting,
  parseClock,
  parseContentType,
  parseDuration,
  parseSeed,
  wholeNumber,
} from '../parse.js';
import type { SendFlags } from '../send/flags.js';

const parseCount = wholeNumber(1, 10_000);
const parseCopies = wholeNumber(0, 100);

/** `hookproof send`: the option table; what it does is loaded when it is used. */
export const sendCommand = (finish: (exitCode: number) => void): Command =>
  new Command('send')
    .description('deliver signed events as Truora would, with its retries, and say what came back')
    .argument('[url]', 'where the receiver takes Truora’s deliveries')
    .option('--event <name>', "one event, such as checks.finished ('hookproof list events')")
    .option('--lifecycle <product>', 'the events of one resource’s life, such as checks')
    .option(
      '--actions <list>',
      'its actions, in order (default: the product’s usual ones)',
      collect,
    )
    .option('--all', 'all 45 events', false)
    .option('--body <file>', 'a payload to sign, a token as it came, or a capture; - reads stdin')
    .option(
      '--set <path=value>',
      'put a value into the payload, := takes JSON; repeatable',
      collectSetting,
    )
    .addOption(new Option('--count <n>', 'so many times').default(1).argParser(parseCount))
    .addOption(
      new Option('--duplicate <n>', 'so many more deliveries of the same events')
        .default(0)
        .argParser(parseCopies),
    )
    .addOption(new Option('--batch <n>', 'events in a delivery').default(1).argParser(parseCount))
    .option(
      '--every <duration>',
      'between deliveries (default: when the last was tried)',
      parseDuration,
    )
    .option('--key <text>', 'the signing key; better in the environment as HOOKPROOF_KEY')
    .option(
      '--policy <reading>',
      'documented, literal, five, or a JSON file of policy fields',
      'documented',
    )
    .addOption(
      new Option('--clock <clock>', 'real, or compressed=60x: all waits divided by 60')
        .default(1, 'real')
        .argParser(parseClock),
    )
    .option('--no-retry', 'one attempt each; say when Truora would try again')
    .option('--stay-enabled', 'go on where the rule would have disabled the hook', false)
    .addOption(
      new Option('--content-type <type>', 'what deliveries carry')
        .default('application/jwt')
        .argParser(parseContentType),
    )
    .option('--header <header>', "send 'Name: value' along; repeatable", collectHeader)
    .option(
      '--timeout <duration>',
      'how long an answer may take (default: the policy’s)',
      parseDuration,
    )
    .option('--insecure', 'accept any TLS certificate', false)
    .option('--resolve <host:port:address>', 'where a host is; repeatable', collectResolution)
    .option('--allow-host <host>', 'send to a host outside private ranges; repeatable', collect)
    .option('--seed <n>', 'the same seed makes the same events', parseSeed)
    .option('--payload', 'print what is sent decoded (default: for up to 5 deliveries)')
    .option('--no-payload', 'do not print it')
    .option('--json', 'print the whole run as JSON at its end', false)
    .option('--ndjson', 'print a line of JSON for each thing that happens', false)
    .option('--curl', 'send nothing; print the same request as a curl command', false)
    .option('--print-token', 'send nothing; print the signed body', false)
    .addHelpText(
      'after',
      `
Examples:
  $ hookproof send http://localhost:3000/webhooks/truora --event checks.finished
  $ hookproof send http://localhost:3000/webhooks/truora --lifecycle checks \\
      --every 2s --set object.country=MX --clock compressed=60x

Exit codes: 0 all delivered, 1 some were not, 2 wrong usage, 3 never reached.`,
    )
    .action(async (url: string | undefined, flags: SendFlags) => {
      const { runSend } = await import('./send-run.js');
      finish(await runSend(url, flags));
    });
