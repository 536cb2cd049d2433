import { Command, Option } from 'commander';
import {
  collect,
  collectHeader,
  collectReport,
  collectResolution,
  parseConcurrency,
  parseContentType,
  parseDuration,
  parsePort,
  parseSeed,
} from '../parse.js';
import type { VerifyFlags } from './verify-run.js';

/** `hookproof verify`: the option table; what it does is loaded when it is used. */
export const verifyCommand = (finish: (exitCode: number) => void): Command =>
  new Command('verify')
    .description('run the whole contract against a receiver and say what is wrong with it')
    .argument('[url]', 'where the receiver takes Truora’s deliveries')
    .option('--demo [mutant]', 'run against a receiver that comes along, or a broken one')
    .option('--key <text>', 'the signing key; better in the environment as HOOKPROOF_KEY')
    .option(
      '--probe <url>',
      'where the effects show; {eventId} {resourceId} {eventType} {action} are filled in',
    )
    .option('--probe-cmd <command>', 'the same, from what a command prints')
    .option(
      '--probe-count <JSONPath>',
      'the number, list or places to count in the answer (default: occurrences of the id)',
    )
    .addOption(
      new Option('--probe-settle <duration>', 'how long effects may take to appear')
        .default(1000, '1s')
        .argParser(parseDuration),
    )
    .option(
      '--sink-listen <port>',
      'take the receiver’s outbound effects here; hold, drop or fail some of them',
      parsePort,
    )
    .option('--state <JSONPath>', 'the state of a resource, in the probe’s answer')
    .option('--state-url <url>', 'where that state shows, if not in the probe’s answer')
    .option('--peer <url>', 'a second instance of the receiver, on the same store')
    .option('--restart-cmd <command>', 'kills the receiver and leaves a new one running')
    .option(
      '--receiver-clock <url>',
      'sets the receiver’s clock: POST {"nowMs": number, or null for real time}',
    )
    .option('--poll-url <url>', 'makes the receiver read GET /events now (POST)')
    .option('--poll-cmd <command>', 'the same by a command; {apiUrl} is filled in')
    .option('--api-listen <port>', 'serve GET /events to that receiver here', parsePort)
    .option('--rekey-cmd <command>', 'gives the receiver the key in HOOKPROOF_RECEIVER_KEY')
    .option('--outage-cmd <command>', 'HOOKPROOF_STORE=down takes its store away, up returns it')
    .option('--only <glob>', 'only cases whose id matches; repeatable', collect)
    .option('--skip <glob>', 'leave out cases whose id matches; repeatable', collect)
    .option('--strict', 'should cases fail the run too', false)
    .option('--products <list>', 'slugs of the products that this receiver handles', collect)
    .addOption(
      new Option('--content-type <type>', 'what genuine deliveries carry')
        .default('application/jwt')
        .argParser(parseContentType),
    )
    .addOption(
      new Option('--idempotency-key <field>', 'which field carries the key')
        .choices(['id', 'idempotency_key', 'both'])
        .default('id'),
    )
    .option('--seed <n>', 'the same seed sends the same events', parseSeed)
    .option(
      '--report <format[=file]>',
      'console, json, junit, sarif, html, markdown, ndjson, har; repeatable',
      collectReport,
    )
    .option('--expect <file>', 'known failures with reason and expiry: they fail no run')
    .option('--replay-dir <folder>', 'where failed cases are kept for replay', '.hookproof/replays')
    .addOption(
      new Option('--concurrency <n>', 'deliveries in the air at a time')
        .default(16)
        .argParser(parseConcurrency),
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
    .option('--dry-run', 'print the plan, send nothing', false)
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
