import { Command, Option } from 'commander';
import {
  collect,
  collectResolution,
  parseDuration,
  parsePort,
  parseSize,
  wholeNumber,
} from '../parse.js';
import type { CaptureFlags } from './capture-run.js';

/** `hookproof capture`: the option table; what it does is loaded when it is used. */
export const captureCommand = (finish: (exitCode: number) => void): Command =>
  new Command('capture')
    .description('receive real deliveries and keep them, without personal values, for later')
    .addOption(
      new Option('--port <port>', 'listen here; 0 for any free port')
        .default(4001)
        .argParser(parsePort),
    )
    .option('--host <address>', 'listen on this address; 0.0.0.0 for all', '127.0.0.1')
    .option('--out <folder>', 'where the files go', 'captures')
    .option('--key <text>', 'tell whether signatures fit; better as HOOKPROOF_KEY; never kept')
    .option('--full', 'keep payloads as they come, personal values included', false)
    .addOption(
      new Option('--rotate-size <size>', 'begin a new file at this size')
        .default(10_000_000, '10MB')
        .argParser(parseSize),
    )
    .addOption(
      new Option('--keep <n>', 'so many files, the newest')
        .default(10)
        .argParser(wholeNumber(1, 10_000)),
    )
    .addOption(
      new Option('--max-body <size>', 'answer 413 to what is larger')
        .default(10_000_000, '10MB')
        .argParser(parseSize),
    )
    .addOption(
      new Option('--status <n>', 'answer with this status')
        .default(200)
        .argParser(wholeNumber(200, 599)),
    )
    .option('--latency <duration>', 'answer so much later', parseDuration)
    .option('--forward <url>', 'pass deliveries on, and answer as that receiver does')
    .option('--count <n>', 'end after so many deliveries', wholeNumber(1, 1e9))
    .option('--insecure', 'accept any TLS certificate of the receiver behind', false)
    .option('--resolve <host:port:address>', 'where a host is; repeatable', collectResolution)
    .option('--allow-host <host>', 'forward to a host outside private ranges; repeatable', collect)
    .addHelpText(
      'after',
      `
Examples:
  $ hookproof capture --port 4001 --out captures
  $ hookproof drift captures        # what the catalogue does not model
  $ hookproof replay captures/capture-000001.ndjson \\
      --url http://localhost:3000/webhooks/truora

Ctrl-C ends it, with 0.`,
    )
    .action(async (flags: CaptureFlags) => {
      const { runCapture } = await import('./capture-run.js');
      finish(await runCapture(flags));
    });
