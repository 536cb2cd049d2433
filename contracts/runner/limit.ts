/** Runs at most `most` tasks at a time; the others wait in order. */
export type Limit = <Result>(task: () => Promise<Result>) => Promise<Result>;

export const createLimit = (most: number): Limit => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
};
