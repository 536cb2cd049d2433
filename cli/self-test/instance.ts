import type {
  ReceiverOptions,
  RunningReceiver,
  RunningReference,
} from '../../fixtures/receivers/reference/index.js';
import type { Subject } from './subject.js';

/** A subject that runs, and what can be done to it from outside. */
export interface Instance {
  readonly running: () => RunningReceiver | RunningReference;
  /** Ends it as hard as it can be ended and starts it on the same port and data. */
  readonly restart: () => Promise<void>;
  /** Gives it another signing key, which it keeps from then on. */
  readonly rekey: (key: string) => Promise<void>;
  /** Sets its clock, which goes on from there; undefined gives the real time back. */
  readonly setClock: (nowMs: number | undefined) => void;
  /** One more instance on the same data; closed with this one. */
  readonly another: () => Promise<RunningReceiver | RunningReference>;
  readonly close: () => Promise<void>;
}

export const isReference = (
  receiver: RunningReceiver | RunningReference,
): receiver is RunningReference => 'kill' in receiver;

const PORT_TRIES = 20;
const PORT_PAUSE_MS = 150;

/** Somebody else's connection may have the port for a moment. */
const onSamePort = async <Result>(begin: () => Promise<Result>): Promise<Result> => {
  for (let tries = 1; ; tries++) {
    try {
      return await begin();
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!busy || tries === PORT_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PORT_PAUSE_MS));
    }
  }
};

/** Starts a subject; what it forgets by a restart is its own affair. */
export const openInstance = async (
  { start }: Pick<Subject, 'start'>,
  options: ReceiverOptions,
): Promise<Instance> => {
  let { key } = options;
  let offsetMs = 0;
  const nowMs = (): number => Date.now() + offsetMs;
  const others: (RunningReceiver | RunningReference)[] = [];
  let running = await start({ ...options, key, nowMs });
  const port = Number(new URL(running.url).port);
  const restart = async (): Promise<void> => {
    await (isReference(running) ? running.kill() : running.close());
    running = await onSamePort(async () => start({ ...options, key, nowMs, port }));
  };
  return {
    running: () => running,
    restart,
    rekey: async (next) => {
      key = next;
      if (isReference(running)) running.setKey(next);
      else await restart();
    },
    setClock: (time) => {
      offsetMs = time === undefined ? 0 : time - Date.now();
    },
    another: async () => {
      const other = await start({ ...options, key, nowMs });
      others.push(other);
      return other;
    },
    close: async () => {
      for (const one of [running, ...others]) await one.close();
    },
  };
};
