import { access, constants, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AttemptResult, CaseResult, RunResult } from '../contracts/index.js';
import { HookproofError, jsonPlace, withoutPassword } from '../simulator/index.js';
import type { DecidingFlags } from './commands/again.js';
import { REPLAY_FOLDER } from './commands/receiver-options.js';
import type { Header } from './parse.js';
import { quote } from './quote.js';
import { say } from '../language/say.js';

/** A failed case, with all that is needed to send it again. It holds no key and no valid token. */
export interface Replay {
  readonly hookproof: 'replay';
  readonly schemaVersion: 1;
  readonly version: string;
  readonly case: string;
  readonly seed: number;
  /** Absent where the receiver that comes along was asked. */
  readonly url?: string;
  /** The options of the run; commands and header values may hold secrets and are left out. */
  readonly flags: DecidingFlags;
  /** Options that have to be given again. */
  readonly withheld: readonly string[];
  readonly recorded: Pick<CaseResult, 'verdict' | 'title' | 'expected' | 'actual' | 'fix'> & {
    readonly at: string;
    readonly attempts: readonly AttemptResult[];
  };
}

/** The options of `hookproof replay`, as commander hands them over. */
export interface ReplayFlags {
  readonly key?: string;
  readonly url?: string;
  readonly probe?: string;
  readonly probeCmd?: string;
  readonly restartCmd?: string;
  readonly pollCmd?: string;
  readonly rekeyCmd?: string;
  readonly outageCmd?: string;
  readonly header?: readonly Header[];
  readonly allowHost?: readonly string[];
  readonly json: boolean;
}

const WITHHELD = {
  probeCmd: '--probe-cmd',
  restartCmd: '--restart-cmd',
  pollCmd: '--poll-cmd',
  rekeyCmd: '--rekey-cmd',
  outageCmd: '--outage-cmd',
  header: '--header',
} as const satisfies Partial<Record<keyof DecidingFlags, string>>;

const URLS = ['probe', 'stateUrl', 'peer', 'receiverClock', 'pollUrl'] as const;

/** What may be written down of the options, and the names of those that may not. */
export const shareable = (flags: DecidingFlags): Pick<Replay, 'flags' | 'withheld'> => {
  const known = Object.fromEntries(DECIDING.map((name) => [name, flags[name]]));
  const withheld = Object.entries(WITHHELD).filter(([name]) => known[name] !== undefined);
  for (const [name] of withheld) delete known[name];
  for (const name of URLS) {
    const url = flags[name];
    if (url !== undefined) known[name] = withoutPassword(url);
  }
  return {
    flags: known as unknown as DecidingFlags,
    withheld: withheld.map(([, option]) => option),
  };
};

const DECIDING = [
  'demo',
  'probe',
  'probeCmd',
  'probeCount',
  'probeSettle',
  'sinkListen',
  'state',
  'stateUrl',
  'peer',
  'restartCmd',
  'receiverClock',
  'pollUrl',
  'pollCmd',
  'apiListen',
  'rekeyCmd',
  'outageCmd',
  'products',
  'contentType',
  'idempotencyKey',
  'concurrency',
  'timeout',
  'header',
  'insecure',
  'resolve',
  'allowHost',
] as const satisfies readonly (keyof DecidingFlags)[];

const replayOf = (
  one: CaseResult,
  result: RunResult,
  { url, flags }: { readonly url: string | undefined; readonly flags: DecidingFlags },
): Replay => {
  const { id, verdict, title, expected, actual, fix, attempts } = one;
  return {
    hookproof: 'replay',
    schemaVersion: 1,
    version: result.tool.version,
    case: id,
    seed: result.seed,
    ...(url === undefined ? {} : { url: withoutPassword(url) }),
    ...shareable(flags),
    recorded: { at: result.startedAt, verdict, title, expected, actual, fix, attempts },
  };
};

/**
 * Writes a replay file for each failed case and names it in the result. Where none can be written,
 * the result keeps the commands that it has, and `problem` says why.
 */
export const keepReplays = async (
  result: RunResult,
  target: {
    readonly folder: string;
    readonly url: string | undefined;
    readonly flags: DecidingFlags;
  },
): Promise<{ readonly result: RunResult; readonly problem?: string }> => {
  const failed = result.cases.filter(({ verdict }) => verdict === 'failed');
  if (failed.length === 0) return { result };
  const files = new Map(
    failed.map(({ id }) => [id, join(target.folder, `${id.replaceAll('/', '.')}.json`)]),
  );
  try {
    await mkdir(target.folder, { recursive: true });
    await ignoreReplays(target.folder);
    for (const one of failed) {
      const text = `${JSON.stringify(replayOf(one, result, target), null, 2)}\n`;
      await writeFile(files.get(one.id) ?? '', text);
    }
  } catch (error) {
    return { result, problem: say`no replay files in ${target.folder} (${codeOf(error)})` };
  }
  const cases = result.cases.map((one) => {
    const file = files.get(one.id);
    return file === undefined ? one : { ...one, reproduce: `hookproof replay ${quote(file)}` };
  });
  return { result: { ...result, cases } };
};

/**
 * Checks a folder that was asked for before the run. Nothing is made yet: a run without a failure leaves
 * none behind. The usual folder is a service, and a run goes on without it.
 *
 * @throws {HookproofError} `invalid_argument`
 */
export const checkReplayFolder = async (folder: string): Promise<void> => {
  if (folder === REPLAY_FOLDER) return;
  const place = await nearestPlace(resolve(folder));
  const refuse = (code: string): HookproofError =>
    wrong(
      say`cannot keep replay files in ${folder} (${code})`,
      say`name a folder that can be written to with --replay-dir`,
    );
  if (!(await stat(place)).isDirectory()) throw refuse('ENOTDIR');
  await access(place, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw refuse(codeOf(error));
  });
};

/** The path itself, or the folder above it that is there. */
const nearestPlace = async (path: string): Promise<string> => {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestPlace(dirname(path));
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unwritable';

/** Nobody wants these files in a repository. */
export const ignoreReplays = async (folder: string): Promise<void> => {
  if (!folder.startsWith('.hookproof')) return;
  await writeFile(join('.hookproof', '.gitignore'), '*\n', { flag: 'wx' }).catch(() => undefined);
};

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/**
 * Reads a JSON file of the user's.
 *
 * @throws {HookproofError} `invalid_argument`
 */
export const readJsonFile = async (file: string): Promise<unknown> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw wrong(
      say`cannot read ${file} (${code})`,
      say`check the path; it lies in ${dirname(file)}`,
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw wrong(
      say`${file} is not JSON at ${jsonPlace(text)}`,
      say`give a file that hookproof wrote`,
    );
  }
};

/** Takes a JSON document for a replay file. */
export const asReplay = (document: unknown, file: string): Replay => {
  const isReplay =
    typeof document === 'object' &&
    document !== null &&
    'hookproof' in document &&
    document.hookproof === 'replay' &&
    'case' in document &&
    typeof document.case === 'string' &&
    'seed' in document &&
    typeof document.seed === 'number' &&
    'flags' in document &&
    'recorded' in document;
  if (!isReplay) throw wrong(say`${file} is no replay file`, say`hookproof verify writes them`);
  const replay = document as unknown as Replay;
  if (replay.schemaVersion === 1) return replay;
  throw wrong(say`${file} has a schemaVersion that is not 1`, say`use the hookproof that wrote it`);
};

/**
 * The options of the run, with those that are given now. What the file may not hold has to be given
 * again; a probe takes the place of the recorded one, of whichever kind.
 *
 * @throws {HookproofError} `invalid_argument`
 */
export const flagsAgain = (
  { flags, withheld }: Pick<Replay, 'flags' | 'withheld'>,
  given: object,
  file: string,
): DecidingFlags => {
  const missing = withheld.filter(
    (option) => !isGiven(given, option) && !(option === '--probe-cmd' && 'probe' in given),
  );
  if (missing.length > 0) {
    throw wrong(say`${file} was recorded with ${missing.join(', ')}`, say`give the same again`);
  }
  const { probe, ...others } = flags;
  return 'probeCmd' in given || probe === undefined
    ? { ...others, ...given }
    : { ...others, probe, ...given };
};

const isGiven = (flags: object, option: string): boolean => {
  const name = option.slice(2).replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return name in flags;
};
