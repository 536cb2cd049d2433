import { fuzzReceiver } from '../../contracts/index.js';
import type { Counterexample, FuzzResult } from '../../contracts/index.js';
import { HookproofError } from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import { watchForInterruption } from '../interrupt.js';
import { createProgress } from '../progress.js';
import { keepScheduleReplay } from '../schedule-replays.js';
import { version } from '../version.js';
import { withoutPassword } from './again.js';
import type { DecidingFlags } from './again.js';
import { findTarget, verifyOptions } from './verify-options.js';

/** The options as commander hands them over. */
export interface FuzzFlags extends DecidingFlags {
  readonly key?: string;
  readonly seed?: number;
  readonly maxRuns: number;
  readonly maxTime: number;
  readonly swarm: boolean;
  readonly exhaustive?: '1' | '2' | '3';
  readonly report: 'console' | 'json';
  readonly replayDir: string;
}

/** Runs `hookproof fuzz` and tells its exit code. */
export const runFuzz = async (url: string | undefined, flags: FuzzFlags): Promise<number> => {
  const seed = flags.seed ?? Math.floor(Math.random() * 2 ** 32);
  const interruption = watchForInterruption();
  const target = await findTarget(url, { ...flags, dryRun: false }, seed);
  if (target.probe === undefined && flags.sinkListen === undefined) {
    throw new HookproofError(
      'invalid_argument',
      'without effects no schedule can be judged',
      'add --probe, --probe-cmd or --sink-listen',
    );
  }
  try {
    process.stderr.write(`hookproof ${version()}  seed ${seed}  ${withoutPassword(target.url)}\n`);
    const progress = createProgress(process.stderr, 'schedules played');
    const result = await interruption
      .or(
        fuzzReceiver(target.url, {
          ...verifyOptions(target, flags, seed),
          maxRuns: flags.maxRuns,
          maxMs: flags.maxTime,
          swarm: flags.swarm,
          ...(flags.exhaustive === undefined
            ? {}
            : { exhaustive: Number(flags.exhaustive) as 1 | 2 | 3 }),
          onRun: (done, total) => progress.show(done, total, ''),
        }),
      )
      .finally(progress.clear);
    const { counterexample } = result;
    const replay =
      counterexample === null
        ? null
        : await keepScheduleReplay(counterexample, { folder: flags.replayDir, url, flags, seed });
    process.stdout.write(
      flags.report === 'json' ? asJson(result, replay) : describe(result, replay),
    );
    return EXITS[result.verdict];
  } finally {
    await target.close();
    interruption.end();
  }
};

const EXITS = {
  passed: exitCodes.passed,
  failed: exitCodes.broken,
  inconclusive: exitCodes.noVerdict,
} as const;

const asJson = (result: FuzzResult, replay: string | null): string => {
  const { counterexample, ...run } = result;
  const { schedule, found, ...rest } = counterexample ?? {};
  const failure =
    schedule === undefined
      ? {}
      : { ...rest, schedule: schedule.commands, events: schedule.events, found, replay };
  return `${JSON.stringify({ tool: { name: 'hookproof', version: version() }, ...run, target: withoutPassword(run.target), ...failure }, null, 2)}\n`;
};

const describe = (result: FuzzResult, replay: string | null): string => {
  const { counterexample, runs, seed, durationMs, problem } = result;
  const head = `${runs} schedules, seed ${seed}, ${(durationMs / 1000).toFixed(1)} s`;
  if (problem !== null && counterexample === null) {
    return `INCONCLUSIVE  ${head}\n\n  ${problem.message}\n  What to do: ${problem.remedy}\n`;
  }
  if (counterexample === null) return `PASSED  ${head}: none of them broke the receiver\n`;
  return `${describeFailure(counterexample, replay)}\n${head}\n`;
};

const describeFailure = (
  { invariant, rule, sentence, schedule, reproduced }: Counterexample,
  replay: string | null,
): string =>
  [
    `FAILED  ${invariant}: ${rule}`,
    '',
    `  ${sentence}`,
    `  It failed ${reproduced.failed} of ${reproduced.of} times when it was played again.`,
    '',
    '  As a test:',
    ...testOf(sentence, schedule).map((line) => `    ${line}`),
    ...(replay === null ? [] : ['', `  Again  hookproof replay ${replay}`]),
    '',
  ].join('\n');

/** A test to paste. */
const testOf = (sentence: string, schedule: Counterexample['schedule']): readonly string[] => [
  "import { expect, test } from 'vitest';",
  "import { playSchedule } from 'hookproof';",
  '',
  `test(${JSON.stringify(sentence.replace(/ → .*/, ''))}, async () => {`,
  `  const schedule = ${JSON.stringify(schedule)};`,
  '  const { violations } = await playSchedule(target, schedule, { key, probe, times: 3 });',
  '  expect(violations).toEqual([]);',
  '});',
];
