import { writeFile } from 'node:fs/promises';
import { exitCodes } from '../exit-codes.js';
import { watchForInterruption } from '../interrupt.js';
import { createLiveLine } from '../live-line.js';
import type { Part } from '../parse.js';
import { formatResult, formatRow } from '../self-test/format.js';
import { runPool } from '../self-test/pool.js';
import type { Task } from '../self-test/pool.js';
import { prepareFile, resultOf, toJson } from '../self-test/record.js';
import type { SelfTestResult } from '../self-test/record.js';
import type { MatrixRow } from '../self-test/row.js';
import { isClean } from '../self-test/score.js';
import type { Subject } from '../self-test/subject.js';
import { chooseSubjects, partOf } from '../self-test/subjects.js';

/** The options as commander hands them over. */
export interface SelfTestFlags {
  readonly only?: readonly string[];
  readonly seed: number;
  readonly seeds: number;
  readonly atOnce: number;
  readonly concurrency: number;
  readonly quick: boolean;
  readonly part?: Part;
  /** True prints to standard output. */
  readonly json?: string | true;
}

/** Runs `hookproof self-test` and tells its exit code. */
export const runSelfTest = async (flags: SelfTestFlags): Promise<number> => {
  const chosen = partOf(chooseSubjects(flags.only ?? []), flags.part);
  if (typeof flags.json === 'string') await prepareFile(flags.json);
  const say = flags.json === true ? (): void => undefined : print;
  const skipped = chosen.flatMap(skipOf);
  for (const { id, why } of skipped) say(`skipped ${id}: ${why}`);
  const seeds = Array.from({ length: flags.seeds }, (_unused, index) => flags.seed + index);
  const runnable = chosen.filter(({ id }) => skipped.every((one) => one.id !== id));
  const tasks = inOrder(seeds.flatMap((seed) => runnable.map((one) => taskOf(one, seed, flags))));
  const startedAt = performance.now();
  const rows: MatrixRow[] = [];
  const conclude = async (): Promise<SelfTestResult> => {
    const ids = chosen.map(({ id }) => id);
    const result = resultOf(rows, ids, {
      seeds,
      quick: flags.quick,
      partial: flags.only !== undefined || flags.part !== undefined,
      runs: tasks.length,
      durationMs: Math.round(performance.now() - startedAt),
      skipped,
    });
    say(formatResult(result));
    await writeJson(flags.json, result);
    return result;
  };
  const progress = createProgress(tasks.length);
  await runAll(tasks, flags.atOnce, {
    onRow: (row) => {
      rows.push(row);
      progress.clear();
      say(formatRow(row));
      progress.show(rows.length, row.id);
    },
    onStop: async () => {
      progress.clear();
      await conclude();
    },
  });
  progress.clear();
  return isClean((await conclude()).score) ? exitCodes.passed : exitCodes.broken;
};

/** Runs the tasks; where the process is asked to end, `onStop` has the last word. */
const runAll = async (
  tasks: readonly Task[],
  atOnce: number,
  {
    onRow,
    onStop,
  }: { readonly onRow: (row: MatrixRow) => void; readonly onStop: () => Promise<void> },
): Promise<void> => {
  const interruption = watchForInterruption();
  const stop = new AbortController();
  const pool = runPool(tasks, { atOnce, signal: stop.signal, onRow });
  try {
    await interruption.or(pool);
  } catch (error) {
    stop.abort();
    await pool;
    await onStop();
    throw error;
  } finally {
    interruption.end();
  }
};

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const skipOf = ({ id, unavailable }: Subject): readonly { id: string; why: string }[] => {
  const why = unavailable();
  return why === undefined ? [] : [{ id, why }];
};

const taskOf = (subject: Subject, seed: number, { concurrency, quick }: SelfTestFlags): Task => ({
  subject,
  options: { seed, concurrency, quick },
});

/** What takes long goes first, so that it does not run on alone at the end. */
const SLOW: ReadonlySet<string> = new Set(['blocks-400-ms', 'unhurried', 'behind-proxy']);

const inOrder = (tasks: readonly Task[]): readonly Task[] =>
  tasks.toSorted(
    (one, other) => Number(SLOW.has(other.subject.id)) - Number(SLOW.has(one.subject.id)),
  );

const createProgress = (total: number, stream: NodeJS.WriteStream = process.stderr) => {
  const line = createLiveLine({ stream, everyMs: 0 });
  return {
    show: (done: number, id: string): void =>
      line.show(() => `${done} of ${total} runs done  ${id}`),
    clear: line.clear,
  };
};

const writeJson = async (json: SelfTestFlags['json'], result: SelfTestResult): Promise<void> => {
  if (json === true) process.stdout.write(toJson(result));
  else if (json !== undefined) await writeFile(json, toJson(result));
};
