/** The requests on one connection, oldest first: what they are, when they were due, when they left. */
import { AT_ONCE } from './arrivals.js';

export interface InFlight {
  readonly length: () => number;
  readonly push: (number: number, dueMs: number) => void;
  /** The last `count` left now; those that were due when there was room were due now too. */
  readonly left: (count: number, nowMs: number) => void;
  readonly oldestLeftMs: () => number;
  /** Takes the oldest away; `number` and `dueMs` then tell of it. */
  readonly shift: () => void;
  readonly number: () => number;
  readonly dueMs: () => number;
}

export const createInFlight = (most: number): InFlight => {
  const numbers = new Float64Array(most);
  const dues = new Float64Array(most);
  const lefts = new Float64Array(most);
  let head = 0;
  let length = 0;
  let number = 0;
  let dueMs = 0;
  return {
    length: () => length,
    push: (pushed, due) => {
      const place = (head + length) % most;
      numbers[place] = pushed;
      dues[place] = due;
      length += 1;
    },
    left: (count, nowMs) => {
      for (let index = length - count; index < length; index++) {
        const place = (head + index) % most;
        lefts[place] = nowMs;
        if (dues[place] === AT_ONCE) dues[place] = nowMs;
      }
    },
    oldestLeftMs: () => lefts[head] as number,
    shift: () => {
      number = numbers[head] as number;
      dueMs = dues[head] as number;
      head = (head + 1) % most;
      length -= 1;
    },
    number: () => number,
    dueMs: () => dueMs,
  };
};
