import { readFile } from 'node:fs/promises';
import {
  contractCases,
  planReceiver,
  readExpectations,
  selectCases,
  verifyReceiver,
} from '../../contracts/index.js';
import type { KeyField, RunResult, VerifyOptions } from '../../contracts/index.js';
import { HookproofError, nearest, products, withoutPassword } from '../../simulator/index.js';
import { exitCodeOfRun } from '../exit-codes.js';
import { watchForInterruption } from '../interrupt.js';
import type { ReportTarget } from '../parse.js';
import { formatPlan } from '../plan.js';
import { createProgress } from '../progress.js';
import { prepareReports } from '../reports.js';
import { version } from '../version.js';
import { checkReplayFolder, keepReplays } from '../replays.js';
import { commandAgain } from './again.js';
import { findTarget, verifyOptions } from './verify-options.js';
import type { DecidingFlags } from './again.js';
import { say } from '../../language/say.js';

/** The options as commander hands them over. */
export interface VerifyFlags extends DecidingFlags {
  readonly key?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly strict: boolean;
  readonly idempotencyKey: KeyField;
  readonly seed?: number;
  readonly report?: readonly ReportTarget[];
  readonly dryRun: boolean;
  readonly expect?: string;
  readonly replayDir: string;
}

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/** Runs `hookproof verify` and tells its exit code. */
export const runVerify = async (url: string | undefined, flags: VerifyFlags): Promise<number> => {
  const choice = { only: flags.only ?? [], skip: flags.skip ?? [] };
  selectCases(contractCases, choice);
  checkProducts(flags.products ?? []);
  const expectations = await expectationsIn(flags.expect);
  const reports = await prepareReports(flags.report ?? []);
  await checkReplayFolder(flags.replayDir);
  const seed = flags.seed ?? Math.floor(Math.random() * 2 ** 32);
  const interruption = watchForInterruption();
  const target = await findTarget(url, flags, seed);
  try {
    const options: VerifyOptions = {
      ...choice,
      ...verifyOptions(target, flags, seed),
      strict: flags.strict,
      expectations,
      reproduce: (id) => commandAgain(url, flags, { id, seed }),
    };
    if (flags.dryRun) {
      process.stdout.write(formatPlan(await planReceiver(target.url, options)));
      return 0;
    }
    const progress = createProgress();
    const onProgress: VerifyOptions['onProgress'] = (done, total, what) => {
      // Wrong usage was told by now, on a line of its own.
      if (done === 0) process.stderr.write(announcement(target.url, seed));
      progress.show(done, total, what);
    };
    const onAttempt = await reports.begin({ seed, target: withoutPassword(target.url), options });
    const run: RunResult = await interruption
      .or(verifyReceiver(target.url, { ...options, onProgress, onAttempt }))
      .finally(progress.clear);
    const { result, problem } = await keepReplays(run, { folder: flags.replayDir, url, flags });
    if (problem !== undefined) process.stderr.write(say`hookproof: ${problem}\n`);
    await reports.write(result);
    return exitCodeOfRun(result);
  } finally {
    await target.close();
    interruption.end();
  }
};

const announcement = (url: string, seed: number): string =>
  say`hookproof ${version()}  seed ${seed}  ${withoutPassword(url)}\n`;

const expectationsIn = async (file: string | undefined) => {
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch(() => {
    throw wrong(say`cannot read ${file}`, say`give --expect the path of an expectations file`);
  });
  const expectations = readExpectations(text, file);
  for (const { case: pattern } of expectations) {
    selectCases(contractCases, { only: [pattern], skip: [] });
  }
  return expectations;
};

const checkProducts = (wanted: readonly string[]): void => {
  const slugs = products.map(({ slug }) => slug);
  for (const product of wanted) {
    if (slugs.includes(product)) continue;
    const near = nearest(product, slugs);
    throw wrong(
      say`no product has the slug '${product}'`,
      near === undefined ? say`one of ${slugs.join(', ')}` : say`did you mean ${near}?`,
    );
  }
};
