import { contractCases, verifyReceiver } from '../../contracts/index.js';
import type { AttemptResult, CaseResult } from '../../contracts/index.js';
import { HookproofError } from '../../simulator/index.js';
import { isCaptureFile } from '../captures.js';
import { watchForInterruption } from '../interrupt.js';
import { asReplay, flagsAgain, readJsonFile } from '../replays.js';
import type { Replay, ReplayFlags } from '../replays.js';
import { isScheduleReplay } from '../schedule-replays.js';
import { findTarget, verifyOptions } from './verify-options.js';
import { later, plural, say, translate } from '../../language/say.js';

/** Runs `hookproof replay` and tells its exit code. */
export const runReplay = async (file: string, given: ReplayFlags): Promise<number> => {
  if (await isCaptureFile(file)) {
    const { runCaptureReplay } = await import('./replay-capture.js');
    return runCaptureReplay(file, given);
  }
  const document = await readJsonFile(file);
  if (isScheduleReplay(document)) {
    const { runScheduleReplay } = await import('./replay-schedule.js');
    return runScheduleReplay(document, { file, given });
  }
  const replay = asReplay(document, file);
  const { key, url: otherUrl, json, ...again } = given;
  if (!contractCases.some(({ id }) => id === replay.case)) {
    throw wrong(
      say`${file} is about ${replay.case}, which this hookproof does not have`,
      say`use hookproof ${replay.version}`,
    );
  }
  const flags = flagsAgain(replay, again, file);
  const { seed } = replay;
  const interruption = watchForInterruption();
  const target = await findTarget(otherUrl ?? replay.url, { ...flags, key, dryRun: false }, seed);
  try {
    const result = await interruption.or(
      verifyReceiver(target.url, {
        ...verifyOptions(target, flags, seed),
        only: [replay.case],
        // The receiver may remember the events of the recorded run.
        salt: `${Date.now()}`,
      }),
    );
    const [now] = result.cases;
    if (now === undefined) throw new Error('a replay has one case');
    const verdict = result.problem === null ? now.verdict : 'inconclusive';
    process.stdout.write(
      json
        ? `${JSON.stringify({ case: replay.case, recorded: replay.recorded, now, problem: result.problem }, null, 2)}\n`
        : describe(replay, now, result.problem?.message),
    );
    return verdict === 'passed' ? 0 : verdict === 'failed' ? 1 : 3;
  } finally {
    await target.close();
    interruption.end();
  }
};

const COLUMN = 38;

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

const OUTCOMES: Readonly<Record<CaseResult['verdict'], string>> = {
  passed: later('FIXED'),
  failed: later('STILL FAILING'),
  inconclusive: later('NO VERDICT'),
  notObservable: later('NO VERDICT'),
  skipped: later('NO VERDICT'),
};

const describe = (replay: Replay, now: CaseResult, problem: string | undefined): string => {
  const { recorded } = replay;
  const outcome = problem === undefined ? OUTCOMES[now.verdict] : later('NO VERDICT');
  return [
    `${translate(outcome)}  ${replay.case}: ${now.title}`,
    '',
    say`  expected   ${now.expected}`,
    say`  recorded   ${recorded.actual}  (${recorded.at.slice(0, 16).replace('T', ' ')})`,
    say`  now        ${problem ?? now.actual}`,
    '',
    `  ${say`recorded`.padEnd(COLUMN)}  ${say`now`}`,
    ...beside(recorded.attempts.map(stepOf), now.attempts.map(stepOf)),
    ...(outcome === 'STILL FAILING' ? ['', say`  fix        ${now.fix}`] : []),
    '',
  ].join('\n');
};

const stepOf = ({ label, status, failure, effects }: AttemptResult): string => {
  const seen = effects === null ? '' : `, ${plural(effects, 'effect')}`;
  return `${label}: ${status ?? failure ?? say`no answer`}${seen}`;
};

const beside = (left: readonly string[], right: readonly string[]): readonly string[] =>
  Array.from(
    { length: Math.max(left.length, right.length) },
    (_unused, row) => `  ${(left[row] ?? '').padEnd(COLUMN)}  ${right[row] ?? ''}`,
  );
