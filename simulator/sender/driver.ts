/** Drives the delivery state machine in real time: waits, lets attempts be made, feeds back what came. */
import { createDeliveryState, step } from '../core/delivery.js';
import type { DeliveryCommand, DeliveryInput, DeliveryState } from '../core/delivery.js';
import type { Outcome } from '../core/outcome.js';
import type { DeliveryPolicy } from '../core/policy.js';
import type { DeliveryClock } from './clock.js';

export interface DriverOptions {
  readonly policy: DeliveryPolicy;
  readonly clock: DeliveryClock;
  /** Makes one attempt. What it throws ends everything. */
  readonly attempt: (deliveryId: string, attempt: number) => Promise<Outcome>;
  /** Told after each step what was fed in and what is to be done about it. */
  readonly onStep?: (taken: DeliveryStepTaken) => void;
  /** False to leave what is scheduled undone: each delivery has one attempt. */
  readonly retries?: boolean;
}

/** One step of the state machine, told to who listens. */
export interface DeliveryStepTaken {
  readonly input: DeliveryInput;
  readonly commands: readonly DeliveryCommand[];
  /** The state machine's own, as it is after the step. */
  readonly state: DeliveryState;
}

/** The deliveries of one hook. */
export interface Driver {
  /** Begins a delivery now. */
  readonly enqueue: (delivery: {
    readonly id: string;
    readonly eventKeys: readonly string[];
  }) => void;
  /** Makes a hook that was disabled take deliveries again. */
  readonly enable: () => void;
  /** Resolves when nothing is in the air and nothing waited for; rejects with what an attempt threw. */
  readonly settled: () => Promise<void>;
  /** Begins nothing any more; what is in the air ends by itself. */
  readonly stop: () => void;
}

/** Drives deliveries of one hook in real time, by its policy. */
export const createDriver = (options: DriverOptions): Driver => {
  const { policy, clock, attempt, onStep, retries = true } = options;
  const state = createDeliveryState(policy);
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let fault: { readonly error: unknown } | undefined;

  const run = (task: Promise<void>): void => {
    const tracked = task
      .catch((error: unknown) => {
        fault ??= { error };
        stopping.abort();
      })
      .finally(() => running.delete(tracked));
    running.add(tracked);
  };

  const feed = (input: DeliveryInput): void => {
    const { commands } = step(state, input);
    onStep?.({ input, commands, state });
    if (stopping.signal.aborted) return;
    for (const command of commands) {
      if (command.kind === 'attempt') run(make(command.deliveryId, command.attempt));
      if (command.kind === 'schedule' && retries) run(waitFor(command.deliveryId, command.dueMs));
    }
  };

  const make = async (deliveryId: string, number: number): Promise<void> => {
    const startedAtMs = clock.nowMs();
    const outcome = await attempt(deliveryId, number);
    feed({ kind: 'attempt-ended', deliveryId, startedAtMs, endedAtMs: clock.nowMs(), outcome });
  };

  const waitFor = async (deliveryId: string, dueMs: number): Promise<void> => {
    await clock.wait(Math.max(0, dueMs - clock.nowMs()), stopping.signal);
    if (stopping.signal.aborted) return;
    // A timer may fire a little early; its instant has come all the same.
    feed({ kind: 'due', deliveryId, atMs: Math.max(dueMs, clock.nowMs()) });
  };

  return {
    enqueue: ({ id, eventKeys }) => {
      feed({ kind: 'enqueue', deliveryId: id, eventKeys, atMs: clock.nowMs() });
    },
    enable: () => feed({ kind: 'enable', atMs: clock.nowMs() }),
    settled: async () => {
      // What ends may have begun more.
      while (running.size > 0) await Promise.all(running);
      if (fault !== undefined) throw fault.error;
    },
    stop: () => stopping.abort(),
  };
};
