/** When the next request is due: at once (closed model), or at its time (open model). */

export interface Arrivals {
  /**
   * Takes the next request, if one is due at `nowMs`, and tells when it was meant to leave: NaN if
   * none is due, `AT_ONCE` if it may leave when there is room for it.
   */
  readonly take: (nowMs: number) => number;
  /** When the next one is due; Infinity when none comes any more. */
  readonly nextMs: () => number;
  /** Whether no more come after `nowMs`. */
  readonly isOver: (nowMs: number) => boolean;
  /** When the last one is due; Infinity where that is not known. */
  readonly lastMs: () => number;
  /** What was taken could not be tried: it is due again, as of when it was due. */
  readonly giveBack: (dueMs: number) => void;
  /** No more come. */
  readonly stop: () => void;
}

export const AT_ONCE = -1;

/** With what was given back first. */
const returning = (arrivals: Omit<Arrivals, 'giveBack'>): Arrivals => {
  const back: number[] = [];
  return {
    take: (nowMs) => back.shift() ?? arrivals.take(nowMs),
    nextMs: () => back[0] ?? arrivals.nextMs(),
    isOver: (nowMs) => back.length === 0 && arrivals.isOver(nowMs),
    lastMs: arrivals.lastMs,
    giveBack: (dueMs) => void back.push(dueMs),
    stop: () => {
      back.length = 0;
      arrivals.stop();
    },
  };
};

export interface ArrivalOptions {
  readonly beganMs: number;
  /** Requests in all; Infinity for no bound. */
  readonly count: number;
  /** For how long requests become due. */
  readonly durationMs: number;
}

/** As many as the receiver takes: each is due when there is room for it. */
export const arriveAtOnce = ({ beganMs, count, durationMs }: ArrivalOptions): Arrivals => {
  let left = count;
  const untilMs = beganMs + durationMs;
  return returning({
    take: (nowMs) => {
      if (left <= 0 || nowMs >= untilMs) return Number.NaN;
      left -= 1;
      return AT_ONCE;
    },
    nextMs: () => (left <= 0 ? Number.POSITIVE_INFINITY : beganMs),
    isOver: (nowMs) => left <= 0 || nowMs >= untilMs,
    lastMs: () => Number.POSITIVE_INFINITY,
    stop: () => {
      left = 0;
    },
  });
};

/**
 * At even distances, whatever the receiver does: who is late is late from here, so that a stall
 * shows in everything that was due during it (no coordinated omission).
 */
export const arriveAtRate = (
  { beganMs, count, durationMs }: ArrivalOptions,
  everyMs: number,
): Arrivals => {
  let last = Math.min(count, Math.max(1, Math.ceil(durationMs / everyMs)));
  let taken = 0;
  return returning({
    take: (nowMs) => {
      const dueMs = beganMs + taken * everyMs;
      if (taken >= last || dueMs > nowMs) return Number.NaN;
      taken += 1;
      return dueMs;
    },
    nextMs: () => (taken >= last ? Number.POSITIVE_INFINITY : beganMs + taken * everyMs),
    isOver: () => taken >= last,
    lastMs: () => beganMs + (last - 1) * everyMs,
    stop: () => {
      last = taken;
    },
  });
};
