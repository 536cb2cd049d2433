import { withoutPassword } from '../simulator/index.js';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Counterexample } from '../contracts/index.js';
import type { DecidingFlags } from './commands/again.js';
import { ignoreReplays, shareable } from './replays.js';
import { version } from './version.js';
import { say } from '../language/say.js';

/** A schedule that broke a receiver, with all that is needed to play it again. It holds no key. */
export interface ScheduleReplay extends Counterexample {
  readonly hookproof: 'schedule';
  readonly schemaVersion: 1;
  readonly version: string;
  readonly seed: number;
  /** Absent where the receiver that comes along was asked. */
  readonly url?: string;
  readonly flags: DecidingFlags;
  /** Options that have to be given again. */
  readonly withheld: readonly string[];
  readonly at: string;
}

/** Writes the replay file and tells its path; null, and a line on standard error, where it cannot. */
export const keepScheduleReplay = async (
  counterexample: Counterexample,
  {
    folder,
    url,
    flags,
    seed,
  }: {
    readonly folder: string;
    readonly url: string | undefined;
    readonly flags: DecidingFlags;
    readonly seed: number;
  },
): Promise<string | null> => {
  const replay: ScheduleReplay = {
    hookproof: 'schedule',
    schemaVersion: 1,
    version: version(),
    seed,
    ...(url === undefined ? {} : { url: withoutPassword(url) }),
    ...shareable(flags),
    at: new Date().toISOString(),
    ...counterexample,
  };
  const file = join(folder, `schedule.${counterexample.invariant}.json`);
  try {
    await mkdir(folder, { recursive: true });
    await ignoreReplays(folder);
    await writeFile(file, `${JSON.stringify(replay, null, 2)}\n`);
    return file;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unwritable';
    process.stderr.write(say`hookproof: no replay file in ${folder} (${code})\n`);
    return null;
  }
};

/** Whether a JSON document is such a file. */
export const isScheduleReplay = (document: unknown): document is ScheduleReplay =>
  typeof document === 'object' &&
  document !== null &&
  'hookproof' in document &&
  document.hookproof === 'schedule' &&
  'schemaVersion' in document &&
  document.schemaVersion === 1 &&
  'schedule' in document &&
  'flags' in document &&
  'withheld' in document &&
  Array.isArray(document.withheld);
