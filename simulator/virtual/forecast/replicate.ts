/** Makes replications until there are enough, or somebody says stop. */

/** What one replication found, and how many attempts it took to find it. */
export interface Found<Value> {
  readonly value: Value;
  readonly attempts: number;
}

export interface Replications<Value> {
  readonly values: readonly Value[];
  /** False if it was stopped before the last. */
  readonly complete: boolean;
}

export interface ReplicateOptions {
  readonly runs: number;
  readonly effort: number;
  readonly between: (done: number, total: number) => Promise<boolean>;
}

const PILOTS = 4;
const RUNS_MIN = 10;

/**
 * Makes `runs` replications, numbered from 0. Where the first few show that they would take more
 * than `effort` attempts there will be as many as fit, but at least ten: the number is settled
 * before the others are made, so that it does not depend on what they find.
 */
export const replicate = async <Value>(
  { runs, effort, between }: ReplicateOptions,
  one: (number: number) => Found<Value>,
): Promise<Replications<Value>> => {
  const values: Value[] = [];
  let total = runs;
  let attempts = 0;
  while (values.length < total) {
    const found = one(values.length);
    values.push(found.value);
    attempts += found.attempts;
    if (values.length === PILOTS) {
      const fitting = Math.floor((effort * PILOTS) / Math.max(1, attempts));
      total = Math.min(runs, Math.max(RUNS_MIN, fitting));
    }
    const goesOn = await between(values.length, total);
    if (!goesOn && values.length < total) return { values, complete: false };
  }
  return { values, complete: true };
};
