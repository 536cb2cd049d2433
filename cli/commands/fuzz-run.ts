import { fuzzReceiver } from '../../contracts/index.js';
import { fuzzReportFormats, loadFuzzRenderer } from '../../contracts/report/fuzz/index.js';
import { HookproofError, withoutPassword } from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import { watchForInterruption } from '../interrupt.js';
import type { ReportTarget } from '../parse.js';
import { quote } from '../quote.js';
import { createProgress } from '../progress.js';
import { checkTargets, putReport } from '../report-files.js';
import { checkReplayFolder } from '../replays.js';
import { keepScheduleReplay } from '../schedule-replays.js';
import { version } from '../version.js';
import type { DecidingFlags } from './again.js';
import { findTarget, verifyOptions } from './verify-options.js';
import { say } from '../../language/say.js';

/** The options as commander hands them over. */
export interface FuzzFlags extends DecidingFlags {
  readonly key?: string;
  readonly seed?: number;
  readonly maxRuns: number;
  readonly maxTime: number;
  readonly swarm: boolean;
  readonly exhaustive?: '1' | '2' | '3';
  readonly report?: readonly ReportTarget[];
  readonly replayDir: string;
}

/** Runs `hookproof fuzz` and tells its exit code. */
export const runFuzz = async (url: string | undefined, flags: FuzzFlags): Promise<number> => {
  const seed = flags.seed ?? Math.floor(Math.random() * 2 ** 32);
  const reports = await checkTargets(flags.report ?? [], fuzzReportFormats);
  await checkReplayFolder(flags.replayDir);
  const interruption = watchForInterruption();
  const target = await findTarget(url, { ...flags, dryRun: false }, seed);
  if (target.probe === undefined && flags.sinkListen === undefined) {
    throw new HookproofError(
      'invalid_argument',
      say`without effects no schedule can be judged`,
      say`add --probe, --probe-cmd or --sink-listen`,
    );
  }
  try {
    process.stderr.write(
      say`hookproof ${version()}  seed ${seed}  ${withoutPassword(target.url)}\n`,
    );
    const progress = createProgress(process.stderr, say`schedules played`);
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
          onRun: (done, total) => {
            if (done === 0 && flags.exhaustive !== undefined) {
              process.stderr.write(
                say`all ${total} schedules of up to ${flags.exhaustive} events\n`,
              );
            }
            progress.show(done, total, '');
          },
        }),
      )
      .finally(progress.clear);
    const { counterexample } = result;
    const replay =
      counterexample === null
        ? null
        : await keepScheduleReplay(counterexample, { folder: flags.replayDir, url, flags, seed });
    const shown = { ...result, target: withoutPassword(result.target) };
    for (const { format, file } of reports) {
      const render = await loadFuzzRenderer(format);
      const named = replay === null || format === 'json' ? replay : quote(replay);
      await putReport(file, render({ result: shown, version: version(), replay: named }));
    }
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
