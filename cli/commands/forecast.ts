import { Command, Option } from 'commander';
import { collect, parseRuns, parseSeed } from '../parse.js';
import type { ForecastFlags } from './forecast-run.js';

/** `hookproof forecast`: the option table; what it does is loaded when it is used. */
export const forecastCommand = (finish: (exitCode: number) => void): Command =>
  new Command('forecast')
    .description('tell how long the receiver may be down, and what disables the hook, at your rate')
    .option(
      '--rate <rate>',
      'events in a span of time, such as 10/min; repeatable\n' +
        '(default: 1/h, 1/min, 10/min, 100/min)',
      collect,
    )
    .addOption(
      new Option('--arrivals <kind>', 'events at random, or at even distances')
        .choices(['poisson', 'constant'])
        .default('poisson'),
    )
    .option(
      '--events <name[=weight]>',
      'the mix of events, such as checks.*=5; repeatable',
      collect,
    )
    .option('--rejects <name>', 'events that the receiver always rejects; repeatable', collect)
    .option(
      '--policy <policy>',
      'documented, literal, five, or a JSON file of policy fields',
      'documented',
    )
    .option('--outage <duration>', 'judge an outage of that length, such as 25m')
    .option('--horizon <duration>', 'how far to look ahead', '24h')
    .option(
      '--runs <n>',
      'replications of each simulated figure\n(default: 400, or fewer at high rates)',
      parseRuns,
    )
    .addOption(
      new Option('--seed <n>', 'the same seed gives the same figures')
        .default(1)
        .argParser(parseSeed),
    )
    .option('--json', 'as JSON, with all intervals and curves', false)
    .addHelpText('after', '\nExample:\n  $ hookproof forecast --rate 10/min --outage 25m')
    .action(async (flags: ForecastFlags) => {
      const { runForecast } = await import('./forecast-run.js');
      finish(await runForecast(flags));
    });
