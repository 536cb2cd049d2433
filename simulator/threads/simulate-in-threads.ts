/** Plays a scenario's accounts in several worker threads, to the same result as in one. */
import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { HookproofError } from '../core/errors.js';
import { totalsOf } from '../virtual/result.js';
import type { SimulationResult } from '../virtual/result.js';
import { readScenario } from '../virtual/read-scenario.js';
import { simulateRead, summed, written } from '../virtual/simulate.js';
import type {
  ScenarioLike,
  SimulateOptions,
  SimulationProgress,
  Span,
} from '../virtual/simulate.js';
import { STOP, TOLD, takeFrom, writeTo } from './thread-job.js';
import type { ThreadAnswer, ThreadBoard, ThreadJob } from './thread-job.js';

/** As for `simulate`; rows stay in their threads, so nobody can listen to them. */
export interface ThreadedOptions extends Omit<SimulateOptions, 'listen'> {
  /** Threads at the most, the calling one included. Default: as many as the machine runs at a time. */
  readonly threads?: number | undefined;
  /**
   * Called now and then with what all threads have done. They do not wait for it; where it answers
   * false they stop, each where it is.
   */
  readonly between?: SimulateOptions['between'];
  /** Steps at the most, in each of the threads. */
  readonly stepsMax?: number | undefined;
}

const createBoard = ({ from }: Span): ThreadBoard => {
  const progress = new Float64Array(new SharedArrayBuffer(4 * 8));
  progress.set([0, 0, from, Number.NEGATIVE_INFINITY]);
  return { progress, flags: new Int32Array(new SharedArrayBuffer(2 * 4)) };
};

/** What all threads have done: attempts and shares add up, the one furthest ahead gives the place. */
const addedUp = (boards: readonly ThreadBoard[], { from }: Span): SimulationProgress => {
  const sum = { attempts: 0, share: 0, account: from, atMs: Number.NEGATIVE_INFINITY };
  for (const {
    progress: [attempts = 0, share = 0, account = 0, atMs = 0],
  } of boards) {
    sum.attempts += attempts;
    sum.share += share;
    sum.account = Math.max(sum.account, account);
    sum.atMs = Math.max(sum.atMs, atMs);
  }
  return sum;
};

/** The outcomes of all accounts in their order, whoever played them. */
const inOrder = <T extends { readonly account: number }>(outcomes: readonly T[]): readonly T[] =>
  outcomes.toSorted((one, other) => one.account - other.account);

const merged = (results: readonly SimulationResult[]): SimulationResult => {
  const [first] = results;
  if (first === undefined) throw new RangeError('no thread has answered');
  const { sentence: _, ...rest } = first;
  const hooks = inOrder(results.flatMap((one) => one.hooks));
  const receivers = inOrder(results.flatMap((one) => one.receivers));
  const events = results.reduce((sum, { totals }) => sum + totals.events, 0);
  return summed({
    ...rest,
    complete: results.every(({ complete }) => complete),
    fromMs: Math.min(...results.map(({ fromMs }) => fromMs)),
    untilMs: Math.max(...results.map(({ untilMs }) => untilMs)),
    hooks,
    receivers,
    totals: totalsOf(hooks, receivers, events),
  });
};

/** Has another thread play its share; `workers` gets it, so that it can be ended before its time. */
const playElsewhere = async (
  job: ThreadJob,
  workers: Worker[],
  onProgress: () => void,
): Promise<SimulationResult> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: job });
    workers.push(worker);
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a thread ended early, with code ${code}`)));
    worker.on('message', (answer: ThreadAnswer) => {
      if (answer.kind === 'progress') onProgress();
      else if (answer.kind === 'result') resolve(answer.result);
      else reject(new HookproofError(answer.code, answer.message, answer.remedy));
    });
  });

/**
 * Plays a share here: this thread would only wait, and has less to load and to compile than another.
 * Between slices everything else has its turn.
 */
const playHere = async (
  { scenario, options, next, board }: ThreadJob,
  onProgress: () => void,
  isWanted: () => boolean,
): Promise<SimulationResult> => {
  const write = board && writeTo(board, onProgress);
  const between = async (progress: SimulationProgress): Promise<boolean> => {
    const goesOn = write?.(progress) ?? true;
    await turn();
    return goesOn && isWanted();
  };
  return simulateRead(scenario, { ...options, between }, takeFrom(next, options.part.to));
};

/**
 * Plays a scenario in several threads. The result is that of `simulate`, to the last byte.
 *
 * A run that is stopped holds what each thread had played by then, with `complete` false.
 *
 * @throws {HookproofError} as `simulate` does
 */
export const simulateInThreads = async (
  scenario: ScenarioLike,
  { threads = availableParallelism(), between, ...options }: ThreadedOptions = {},
): Promise<SimulationResult> => {
  const read = await readScenario(written(scenario), options.parameters, options.isKnown);
  const part = options.part ?? { from: 0, to: options.accounts ?? read.accounts ?? 1 };
  const count = Math.min(threads, part.to - part.from);
  if (count <= 1) return simulateRead(read, { ...options, between });

  const boards =
    between === undefined ? [] : Array.from({ length: count }, () => createBoard(part));
  const stop = (): void => {
    for (const { flags } of boards) Atomics.store(flags, STOP, 1);
  };
  // One question at a time, and one more for what was told meanwhile.
  let asking: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const ask = async (): Promise<void> => {
    for (const { flags } of boards) Atomics.store(flags, TOLD, 0);
    try {
      if ((await between?.(addedUp(boards, part))) === false) stop();
    } catch (error) {
      failure ??= { error };
      stop();
    }
    asking = undefined;
  };
  const onProgress = (): void => {
    asking ??= ask();
  };
  const workers: Worker[] = [];
  let isWanted = true;
  try {
    const next = new Int32Array(new SharedArrayBuffer(4));
    next[0] = part.from;
    const jobOf = (thread: number): ThreadJob => ({
      scenario: read,
      options: { ...options, part },
      next,
      board: boards[thread],
    });
    const elsewhere = Array.from({ length: count - 1 }, async (_, other) =>
      playElsewhere(jobOf(other + 1), workers, onProgress),
    );
    const here = playHere(jobOf(0), onProgress, () => isWanted);
    const results = await Promise.all([here, ...elsewhere]);
    await asking;
    if (boards.length > 0) await ask();
    if (failure !== undefined) throw failure.error;
    return merged(results);
  } finally {
    // Should another thread have failed, this one is still playing.
    isWanted = false;
    await Promise.all(workers.map(async (worker) => worker.terminate()));
  }
};
