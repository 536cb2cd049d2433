import { createDeliveryState, createPolicy, step } from '../../simulator/index.js';
import type { DeliveryCommand, DeliveryInput } from '../../simulator/index.js';
import type { Attempt } from './case.js';
import type { Clock } from './clock.js';

/**
 * The documented retries, compressed: a receiver that is only briefly busy gets its second chance
 * as it would from Truora, and a run stays short. The rule that disables a hook is off.
 */
const compressedPolicy = (timeoutMs: number) =>
  createPolicy({
    attemptsMax: 3,
    delaysMs: [150, 600],
    timeoutMs,
    threshold: { numerator: 1, denominator: 1 },
  });

/** Drives the delivery state machine for one delivery and returns its attempts, in order. */
export const deliverWithRetries = async (delivery: {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly attempt: (number: number) => Promise<Attempt>;
}): Promise<readonly Attempt[]> => {
  const { clock } = delivery;
  const deliveryId = 'delivery';
  const attempts: Attempt[] = [];
  let state = createDeliveryState(compressedPolicy(delivery.timeoutMs));
  const feed = (input: DeliveryInput): readonly DeliveryCommand[] => {
    const next = step(state, input);
    state = next.state;
    return next.commands;
  };
  let commands = feed({ kind: 'enqueue', deliveryId, eventKeys: [], atMs: clock.nowMs() });
  for (;;) {
    const due = commands.find((command) => command.kind === 'schedule');
    if (due !== undefined) {
      await clock.wait(Math.max(0, due.dueMs - clock.nowMs()));
      commands = feed({ kind: 'due', deliveryId, atMs: clock.nowMs() });
    }
    const next = commands.find((command) => command.kind === 'attempt');
    if (next === undefined) return attempts;
    const startedAtMs = clock.nowMs();
    const attempt = await delivery.attempt(next.attempt);
    attempts.push(attempt);
    commands = feed({
      kind: 'attempt-ended',
      deliveryId,
      startedAtMs,
      endedAtMs: clock.nowMs(),
      outcome: attempt.exchange.outcome,
    });
  }
};
