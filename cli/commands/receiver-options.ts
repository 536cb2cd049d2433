import { Option } from 'commander';
import type { Command } from 'commander';
import {
  collect,
  collectHeader,
  collectResolution,
  parseConcurrency,
  parseContentType,
  parseDuration,
  parsePort,
} from '../parse.js';

/** Where what failed is kept unless another folder is named. */
export const REPLAY_FOLDER = '.hookproof/replays';

/** Which receiver, under which key, and what can be seen of it and done to it. */
export const receiverOptions = (command: Command): Command =>
  command
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
    .option('--outage-cmd <command>', 'HOOKPROOF_STORE=down takes its store away, up returns it');

/** How deliveries are made. */
export const deliveryOptions = (command: Command): Command =>
  command
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
    .option('--allow-host <host>', 'send to a host outside private ranges; repeatable', collect);
