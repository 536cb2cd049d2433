import { Command, Option } from 'commander';
import type { LoadFlags } from '../load/flags.js';
import {
  collect,
  collectHeader,
  collectReport,
  collectResolution,
  parseContentType,
  parseDuration,
  parseEvery,
  parseSeed,
  wholeNumber,
} from '../parse.js';

/** `hookproof load`: the option table; what it does is loaded when it is used. */
export const loadCommand = (finish: (exitCode: number) => void): Command =>
  new Command('load')
    .description('deliver as fast as the receiver takes it, or at a rate, and say what came of it')
    .argument('[url]', 'where the receiver takes Truora’s deliveries')
    .option('--event <name>', 'events to send, in turns (default: checks.finished)', collect)
    .option('--rate <rate>', 'deliveries in a span, such as 200/s, whatever comes back', parseEvery)
    .option('--duration <duration>', 'how long (default: 10s; a step of --ramp: 2s)', parseDuration)
    .option('--count <n>', 'so many deliveries', wholeNumber(1, 1_000_000_000))
    .addOption(
      new Option('--connections <n>', 'connections at a time')
        .default(10)
        .argParser(wholeNumber(1, 4096)),
    )
    .addOption(
      new Option('--pipelining <n>', 'requests on a connection before its first answer')
        .default(1)
        .argParser(wholeNumber(1, 64)),
    )
    .option('--ramp', 'find the rate at which answers leave the timeout', false)
    .option('--key <text>', 'the signing key; better in the environment as HOOKPROOF_KEY')
    .option(
      '--policy <reading>',
      'documented, literal, five, or a JSON file of policy fields',
      'documented',
    )
    .option(
      '--timeout <duration>',
      'how long an answer may take (default: the policy’s)',
      parseDuration,
    )
    .addOption(
      new Option('--content-type <type>', 'what deliveries carry')
        .default('application/jwt')
        .argParser(parseContentType),
    )
    .option('--header <header>', "send 'Name: value' along; repeatable", collectHeader)
    .option('--insecure', 'accept any TLS certificate', false)
    .option('--resolve <host:port:address>', 'where a host is; repeatable', collectResolution)
    .option('--allow-host <host>', 'send to a host outside private ranges; repeatable', collect)
    .option(
      '--probe <url>',
      'where the effects show; {eventId} {resourceId} {eventType} {action} are filled in;\n' +
        'without any of them one page that names all ids',
    )
    .option('--probe-count <JSONPath>', 'the number, list or places to count in its answer')
    .addOption(
      new Option('--probe-settle <duration>', 'how long effects may take to appear')
        .default(1000, '1s')
        .argParser(parseDuration),
    )
    .option('--seed <n>', 'the same seed makes the same events', parseSeed)
    .option(
      '--report <format[=file]>',
      'console, json or html; repeatable (default: console)',
      collectReport,
    )
    .option('--json', 'the same as --report json', false)
    .addHelpText(
      'after',
      `
Examples:
  $ hookproof load http://localhost:3000/webhooks/truora --duration 5s
  $ hookproof load http://localhost:3000/webhooks/truora --rate 200/s \\
      --probe 'http://localhost:3000/records?id={eventId}' --report html=load.html

Exit codes: 0 all acknowledged in time, 1 failures, late answers or lost events,
2 wrong usage, 3 never reached.`,
    )
    .action(async (url: string | undefined, flags: LoadFlags) => {
      const { runLoad } = await import('./load-run.js');
      finish(await runLoad(url, flags));
    });
