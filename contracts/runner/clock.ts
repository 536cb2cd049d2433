/** Time as the runner uses it; a dry run brings one that never waits. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  wait: async (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** A clock that stands at `startMs` and jumps over every wait. */
export const createStillClock = (startMs: number): Clock => {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    wait: async (ms) => {
      nowMs += ms;
    },
  };
};
