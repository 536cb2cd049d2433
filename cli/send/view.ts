/** The three ways to show a run: lines for people, NDJSON as it happens, one object at its end. */
import type { DeliveryClock, DeliveryPolicy } from '../../simulator/index.js';
import type { Books, Watch } from './books.js';
import { createCountdown } from './countdown.js';
import type { SendResult } from './record.js';
import {
  describeAttempt,
  describeDelivery,
  describeDisabled,
  describeDropped,
  describeEnd,
} from './text.js';

export interface View extends Watch {
  readonly end: (result: SendResult) => void;
}

export interface ViewOptions {
  readonly policy: DeliveryPolicy;
  readonly speed: number;
  readonly retries: boolean;
  readonly stayEnabled: boolean;
  readonly withPayload: boolean;
  readonly clock: DeliveryClock;
  readonly books: () => Books;
}

const print = (text: string): void => {
  process.stdout.write(text);
};

const printLine = (row: object): void => print(`${JSON.stringify(row)}\n`);

export const createTextView = (options: ViewOptions): View => {
  const { policy, speed, retries, stayEnabled, clock } = options;
  const countdown = createCountdown(() => {
    const waiting = options
      .books()
      .deliveries()
      .flatMap(({ id, next }) =>
        next === null ? [] : [{ id, attempt: next.attempt, dueMs: Date.parse(next.at) }],
      )
      .toSorted((one, other) => one.dueMs - other.dueMs);
    const [next] = waiting;
    if (next === undefined || !retries) return undefined;
    return {
      name: `#${next.id} attempt ${next.attempt}`,
      inMs: (next.dueMs - clock.nowMs()) / speed,
    };
  });
  const say = (text: string): void => {
    countdown.clear();
    print(text);
  };
  return {
    begun: (delivery) => say(describeDelivery(delivery, options.withPayload)),
    attempted: (delivery, attempt) =>
      say(describeAttempt(delivery, attempt, { policy, speed, retries })),
    dropped: (delivery) => say(describeDropped(delivery)),
    disabled: (hook) => say(describeDisabled(hook, stayEnabled)),
    end: (result) => {
      countdown.end();
      print(describeEnd(result));
    },
  };
};

export const createNdjsonView = (): View => ({
  begun: ({ attempts: _attempts, outcome: _outcome, next: _next, ...delivery }) =>
    printLine({ kind: 'delivery', ...delivery }),
  attempted: ({ id, outcome, next }, attempt) =>
    printLine({ kind: 'attempt', id, ...attempt, outcome, next }),
  dropped: ({ id }) => printLine({ kind: 'dropped', id }),
  disabled: (hook) => printLine({ kind: 'hook-disabled', ...hook }),
  end: ({ deliveries: _deliveries, ...result }) => printLine({ kind: 'end', ...result }),
});

export const createJsonView = (): View => ({
  begun: () => undefined,
  attempted: () => undefined,
  dropped: () => undefined,
  disabled: () => undefined,
  end: (result) => print(`${JSON.stringify(result, null, 2)}\n`),
});
