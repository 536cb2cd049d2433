import { Command, InvalidArgumentError, Option } from 'commander';
import { collectReport, parseDuration, parseSeed } from '../parse.js';
import type { FuzzFlags } from './fuzz-run.js';
import { REPLAY_FOLDER, deliveryOptions, receiverOptions } from './receiver-options.js';
import { say } from '../../language/say.js';

const parseRuns = (text: string): number => {
  const runs = Number(text);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new InvalidArgumentError(say`Expected a whole number above 0.`);
  }
  return runs;
};

/** `hookproof fuzz`: the option table; what it does is loaded when it is used. */
export const fuzzCommand = (finish: (exitCode: number) => void): Command => {
  const command = new Command('fuzz').description(
    'play generated schedules of deliveries until one breaks the receiver, and shrink that one',
  );
  receiverOptions(command)
    .option('--seed <n>', 'the same seed draws the same schedules', parseSeed)
    .addOption(
      new Option('--max-runs <n>', 'schedules at the most').default(200).argParser(parseRuns),
    )
    .addOption(
      new Option('--max-time <duration>', 'begin none after that')
        .default(60_000, '1m')
        .argParser(parseDuration),
    )
    .option('--no-swarm', 'allow every kind of step in each schedule')
    .addOption(
      new Option(
        '--exhaustive <events>',
        'every order of up to so many events, two deliveries each, with one fault; no chance',
      ).choices(['1', '2', '3']),
    )
    .option(
      '--report <format[=file]>',
      'console, json or html; repeatable (default: console)',
      collectReport,
    )
    .option('--replay-dir <folder>', 'where the schedule is kept for replay', REPLAY_FOLDER);
  return deliveryOptions(command)
    .addHelpText(
      'after',
      `
Example:
  $ HOOKPROOF_KEY=… hookproof fuzz http://localhost:3000/webhooks/truora \\
      --probe 'http://localhost:3000/records?id={eventId}' --seed 7`,
    )
    .action(async (url: string | undefined, flags: FuzzFlags) => {
      const { runFuzz } = await import('./fuzz-run.js');
      finish(await runFuzz(url, flags));
    });
};
