/** Ctrl-C, or a request to end: nothing went wrong, and there is no verdict. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Waits for a task, or rejects with `Interrupted` as soon as the process is asked to end. */
export const untilInterrupted = async <Result>(task: Promise<Result>): Promise<Result> => {
  let stop = (): void => undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Interrupted('interrupted'));
  });
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await Promise.race([task, interrupted]);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
};
