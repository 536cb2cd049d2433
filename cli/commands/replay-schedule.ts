import { playSchedule } from '../../contracts/index.js';
import { exitCodes } from '../exit-codes.js';
import { watchForInterruption } from '../interrupt.js';
import { flagsAgain } from '../replays.js';
import type { ReplayFlags } from '../replays.js';
import type { ScheduleReplay } from '../schedule-replays.js';
import { findTarget, verifyOptions } from './verify-options.js';
import { say } from '../../language/say.js';

const TIMES = 3;

/** Plays a recorded schedule again, with fresh events, and tells the exit code. */
export const runScheduleReplay = async (
  replay: ScheduleReplay,
  { file, given }: { readonly file: string; readonly given: ReplayFlags },
): Promise<number> => {
  const { key, url: otherUrl, json, ...again } = given;
  const { seed, sentence, invariant } = replay;
  const flags = flagsAgain(replay, again, file);
  const interruption = watchForInterruption();
  const target = await findTarget(otherUrl ?? replay.url, { ...flags, key, dryRun: false }, seed);
  try {
    const { violations, problem } = await interruption.or(
      playSchedule(target.url, replay.schedule, {
        ...verifyOptions(target, flags, seed),
        times: TIMES,
        // The receiver may remember the events of the recorded run.
        salt: `${Date.now()}`,
      }),
    );
    const outcome =
      problem !== null ? 'NO VERDICT' : violations.length === 0 ? 'FIXED' : 'STILL FAILING';
    const now = problem?.message ?? say`it failed ${violations.length} of ${TIMES} times`;
    process.stdout.write(
      json
        ? `${JSON.stringify({ invariant, sentence, violations, of: TIMES, problem }, null, 2)}\n`
        : say`${outcome}  ${invariant}\n\n  recorded   ${sentence}\n  now        ${now}\n`,
    );
    if (problem !== null) return exitCodes.noVerdict;
    return violations.length === 0 ? exitCodes.passed : exitCodes.broken;
  } finally {
    await target.close();
    interruption.end();
  }
};
