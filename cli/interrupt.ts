/** Ctrl-C, or a request to end: nothing went wrong, and there is no verdict. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Listens for Ctrl-C from now on. */
export interface Interruption {
  /** Waits for a task, or rejects with `Interrupted` as soon as the process is asked to end. */
  readonly or: <Result>(task: Promise<Result>) => Promise<Result>;
  /** Stops listening. */
  readonly end: () => void;
}

export const watchForInterruption = (): Interruption => {
  let stop = (): void => undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Interrupted('interrupted'));
  });
  interrupted.catch(() => undefined);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    or: async (task) => Promise.race([task, interrupted]),
    end: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
};
