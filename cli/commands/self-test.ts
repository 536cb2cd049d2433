import { Command, Option } from 'commander';
import { collect, parseConcurrency, parsePart, parseSeed } from '../parse.js';
import type { SelfTestFlags } from './self-test-run.js';

/** `hookproof self-test`: the option table; what it does is loaded when it is used. */
export const selfTestCommand = (finish: (exitCode: number) => void): Command =>
  new Command('self-test')
    .description('run the contract against every broken and every right receiver that comes along')
    .option('--only <name>', 'only these receivers, by id or number; repeatable', collect)
    .addOption(
      new Option('--seed <n>', 'the same seed sends the same events')
        .default(1)
        .argParser(parseSeed),
    )
    .addOption(
      new Option('--seeds <n>', 'how many seeds, from that one on')
        .default(1)
        .argParser(parseConcurrency),
    )
    .addOption(
      new Option('--at-once <n>', 'receivers at a time, each in a process of its own')
        .default(3)
        .argParser(parseConcurrency),
    )
    .addOption(
      new Option('--concurrency <n>', 'deliveries in the air at a time, for each of them')
        .default(16)
        .argParser(parseConcurrency),
    )
    .option('--part <n/of>', 'every right receiver, but only a part of the broken ones', parsePart)
    .option('--quick', 'ask broken receivers only what should tell them, right ones a third', false)
    .option('--json [file]', 'the score and every run as JSON')
    .addHelpText('after', '\nExample:\n  $ hookproof self-test --quick --json matrix.json')
    .action(async (flags: SelfTestFlags) => {
      const { runSelfTest } = await import('./self-test-run.js');
      finish(await runSelfTest(flags));
    });
