/** Ctrl-C, or a request to end: nothing went wrong, and there is no verdict. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Listens for Ctrl-C from now on. */
export interface Interruption {
  /** Waits for a task, or rejects with `Interrupted` as soon as the process is asked to end. */
  readonly or: <Result>(task: Promise<Result>) => Promise<Result>;
  /** Whether the process has been asked to end. */
  readonly asked: () => boolean;
  /** Stops listening. */
  readonly end: () => void;
}

export const watchForInterruption = (): Interruption => {
  let stop = (): void => undefined;
  let asked = false;
  const interrupted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      asked = true;
      reject(new Interrupted('interrupted'));
    };
  });
  interrupted.catch(() => undefined);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    asked: () => asked,
    or: async (task) => Promise.race([task, interrupted]),
    end: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
};
