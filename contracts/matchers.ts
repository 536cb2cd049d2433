/** Matchers for `expect.extend`, of vitest, Jest and whatever takes the same. */
import type { Deliverable, TokenOf } from './deliverable.js';
import type { Answer, Receiver } from './receiver.js';
import type { Schedule } from './schedule/schedule.js';

interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The receiver that was made with `openReceiver`. */
const receiverIn = (received: unknown): Receiver => {
  if (typeof received === 'object' && received !== null && 'processesOnce' in received) {
    return received as Receiver;
  }
  throw new TypeError('expected a receiver: make it with openReceiver(target, { key, probe })');
};

/** What could not be decided is neither a pass nor the failure that `not` asks for. */
const match = ({ holds, expected, actual }: Answer): Matched => {
  if (holds === undefined) throw new Error(`not decided: ${actual} (expected: ${expected})`);
  return {
    pass: holds,
    message: () =>
      holds
        ? `did not expect: ${expected}\nit is so: ${actual}`
        : `expected: ${expected}\nactual: ${actual}`,
  };
};

/** Matchers for a receiver that `openReceiver` opened, for `expect.extend` of vitest and Jest. */
export const receiverMatchers = {
  /** The receiver acknowledges an event, and it takes effect. */
  toAccept: async (received: unknown, delivery?: Deliverable): Promise<Matched> =>
    match(await receiverIn(received).accepts(delivery)),
  /** A body has no effect. */
  toReject: async (received: unknown, body: string | TokenOf): Promise<Matched> =>
    match(await receiverIn(received).rejects(body)),
  /** An event that comes several times has one effect. */
  toProcessOnce: async (received: unknown, pair?: string): Promise<Matched> =>
    match(await receiverIn(received).processesOnce(pair)),
  /** A schedule ends as it has to: each event done once. */
  toConverge: async (
    received: unknown,
    schedule: Schedule,
    options?: { readonly times?: number },
  ): Promise<Matched> => match(await receiverIn(received).converges(schedule, options)),
};
