import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { faultRow } from './row.js';
import type { MatrixRow } from './row.js';
import type { Subject, SubjectOptions } from './subject.js';

/** One receiver to be run with one seed. */
export interface Task {
  readonly subject: Subject;
  readonly options: SubjectOptions;
}

/** What the parent tells its child. */
export interface Order {
  readonly id: string;
  readonly options: SubjectOptions;
}

/** What the child tells its parent, once. */
export type Reply = { readonly row: MatrixRow } | { readonly fault: string };

interface PoolOptions {
  /** How many receivers run at a time. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
  readonly onRow: (row: MatrixRow) => void;
}

const STOP_PATIENCE_MS = 3_000;
const RUN_PATIENCE_MS = 600_000;

/** A child that is let go ends by itself and takes its receiver with it. */
const stop = (child: ChildProcess): void => {
  if (child.connected) child.disconnect();
  setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS).unref();
};

/** Runs one receiver in a process of its own; undefined where it was stopped. */
const runAlone = async (
  { subject, options }: Task,
  signal: AbortSignal,
): Promise<MatrixRow | undefined> => {
  const child = fork(new URL('child.js', import.meta.url), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const letGo = (): void => stop(child);
  signal.addEventListener('abort', letGo, { once: true });
  const ended = once(child, 'exit').then(([code]): Reply => ({
    fault: `ended with ${String(code)}: ${firstLine(complaint)}`,
  }));
  const answered = once(child, 'message').then(([reply]) => reply as Reply);
  child.send({ id: subject.id, options } satisfies Order);
  const late = setTimeout(() => {
    complaint += `Error: no result after ${RUN_PATIENCE_MS / 60_000} min`;
    child.kill('SIGKILL');
  }, RUN_PATIENCE_MS);
  const reply = await Promise.race([answered, ended]);
  await ended;
  clearTimeout(late);
  signal.removeEventListener('abort', letGo);
  if ('row' in reply) return reply.row;
  if (signal.aborted) return undefined;
  return faultRow(subject.id, subject.mutant, { seed: options.seed, fault: reply.fault });
};

const firstLine = (text: string): string =>
  text.split('\n').find((line) => line.includes('Error')) ?? 'no message';

/** Runs all, some at a time; resolves when they are done, or stopped by the signal. */
export const runPool = async (
  tasks: readonly Task[],
  { atOnce, signal, onRow }: PoolOptions,
): Promise<void> => {
  const waiting = [...tasks];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (signal.aborted) return;
      const row = await runAlone(next, signal);
      if (row !== undefined) onRow(row);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};
