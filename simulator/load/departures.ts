/**
 * What leaves in one turn of the event loop, written together after all of it was read and signed. A
 * receiver that sleeps between two writes has to be woken for each, which costs the sender more than
 * to write; one that is still at work on the first finds the others.
 */

export interface Departing {
  /** Reads what has come. */
  readonly digest: () => void;
  /** Takes and signs what is due. */
  readonly prepare: (nowMs: number) => void;
  /** Writes what was prepared. */
  readonly send: () => void;
}

export interface Departures {
  /** Has it prepared and sent when this turn has read everything. */
  readonly add: (one: Departing) => void;
}

export const createDepartures = (nowMs: () => number): Departures => {
  let waiting: Departing[] = [];
  let leaving: Departing[] = [];
  const leave = (): void => {
    [waiting, leaving] = [leaving, waiting];
    for (const one of leaving) one.digest();
    const atMs = nowMs();
    for (const one of leaving) one.prepare(atMs);
    for (const one of leaving) one.send();
    leaving.length = 0;
  };
  return {
    add: (one) => {
      if (waiting.push(one) === 1) setImmediate(leave);
    },
  };
};
