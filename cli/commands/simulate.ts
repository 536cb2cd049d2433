import { Command, Option } from 'commander';
import {
  collectParameter,
  collectReport,
  parseConcurrency,
  parseSeed,
  wholeNumber,
} from '../parse.js';
import type { SimulateFlags } from './simulate-run.js';

const SCENARIO_OPTIONS = 'Parameters of the scenarios that come along';

/** `hookproof simulate`: the option table; what it does is loaded when it is used. */
export const simulateCommand = (finish: (exitCode: number) => void): Command =>
  new Command('simulate')
    .description(
      'play an outage in virtual time: every attempt, when the hook is disabled, what is lost',
    )
    .argument(
      '[scenario]',
      "the name of one that comes along ('hookproof list scenarios'), or a JSON file",
      'total-outage',
    )
    .option('--policy <reading>', 'documented, literal, five, or a JSON file of policy fields')
    .option('--set <name=value>', 'a parameter of the scenario; repeatable', collectParameter)
    .addOption(
      new Option('--rate <rate>', 'as --set rate=…: events, such as 10/min').helpGroup(
        SCENARIO_OPTIONS,
      ),
    )
    .addOption(
      new Option('--share <share>', 'as --set share=…: what always fails, such as 45%').helpGroup(
        SCENARIO_OPTIONS,
      ),
    )
    .addOption(
      new Option(
        '--outage <duration>',
        'as --set outage=…: how long the receiver is down',
      ).helpGroup(SCENARIO_OPTIONS),
    )
    .addOption(
      new Option('--up <duration>', 'as --set up=…: how long it is up').helpGroup(SCENARIO_OPTIONS),
    )
    .addOption(
      new Option('--down <duration>', 'as --set down=…: how long it is down').helpGroup(
        SCENARIO_OPTIONS,
      ),
    )
    .addOption(
      new Option('--good <n>', 'as --set good=…: good events before the bad one').helpGroup(
        SCENARIO_OPTIONS,
      ),
    )
    .option('--until <time>', 'stop then, counted from time 0: 90m, 4h')
    .option('--seed <n>', 'chance draws from it', parseSeed)
    .option(
      '--accounts <n>',
      'so many accounts alike, each with chance of its own',
      wholeNumber(1, 1_000_000),
    )
    .option('--threads <n>', 'play the accounts in so many threads', parseConcurrency)
    .option('--max-steps <n>', 'give up after so many events and attempts', wholeNumber(1, 1e12))
    .option(
      '--readings',
      'play all readings of the rules, and say which open choices decide',
      false,
    )
    .option('--ledger', 'print every attempt, not only those before a hook is disabled', false)
    .option('--plot', 'draw the share of failures in the terminal', false)
    .option('--json', 'print the result as JSON, with --ledger the rows too', false)
    .option('--ndjson', 'print the ledger as NDJSON, a line a row', false)
    .option('--csv', 'print the ledger as CSV', false)
    .option('--html <file>', 'write an interactive timeline')
    .option('--svg <file>', 'write a picture')
    .option(
      '--report <format=file>',
      'json, ndjson, csv, html or svg into a file; repeatable',
      collectReport,
    )
    .option('--expect-enabled', 'exit with 1 if the rule disables a hook', false)
    .addHelpText(
      'after',
      `
Examples:
  $ hookproof simulate total-outage --rate 10/min --plot
  $ hookproof simulate total-outage --readings
  $ hookproof simulate my-deploy.json --html timeline.html --expect-enabled`,
    )
    .action(async (scenario: string, flags: SimulateFlags) => {
      const { runSimulate } = await import('./simulate-run.js');
      finish(await runSimulate(scenario, flags));
    });
