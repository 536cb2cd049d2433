/** Plays a scenario on one hook in virtual time: the smallest driver of the state machine. */
import { type Agenda, createAgenda } from './agenda.js';
import {
  type DeliveryCommand,
  type DeliveryInput,
  createDeliveryState,
  step,
} from '../../simulator/core/delivery.js';
import type { Outcome } from '../../simulator/core/outcome.js';
import type { DeliveryPolicy } from '../../simulator/core/policy.js';

export const minuteMs = 60_000;
export const accepted: Outcome = { kind: 'response', status: 200, redirects: 0 };
export const rejected: Outcome = { kind: 'response', status: 500, redirects: 0 };

export type PlayInput = Exclude<DeliveryInput, { kind: 'due' | 'attempt-ended' }>;

export interface Scenario {
  readonly policy: DeliveryPolicy;
  readonly inputs: readonly PlayInput[];
  /** What the receiver does with an attempt; attempts take no time unless `durationMs` says so. */
  readonly outcomeOf: (deliveryId: string, attempt: number, atMs: number) => Outcome;
  readonly durationMs?: (deliveryId: string, attempt: number) => number;
  readonly stepsMax?: number;
}

export interface Played {
  readonly commands: readonly { readonly atMs: number; readonly command: DeliveryCommand }[];
  readonly pending: number;
}

const inputAt = (input: DeliveryInput): number =>
  input.kind === 'attempt-ended' ? input.endedAtMs : input.atMs;

const follow = (
  agenda: Agenda<DeliveryInput>,
  scenario: Scenario,
  command: DeliveryCommand,
  atMs: number,
): void => {
  if (command.kind === 'schedule') {
    const { deliveryId, dueMs } = command;
    agenda.push(dueMs, { kind: 'due', deliveryId, atMs: dueMs });
  }
  if (command.kind === 'attempt') {
    const { deliveryId, attempt } = command;
    const endedAtMs = atMs + (scenario.durationMs?.(deliveryId, attempt) ?? 0);
    const outcome = scenario.outcomeOf(deliveryId, attempt, atMs);
    agenda.push(endedAtMs, {
      kind: 'attempt-ended',
      deliveryId,
      startedAtMs: atMs,
      endedAtMs,
      outcome,
    });
  }
};

export const play = (scenario: Scenario): Played => {
  const { stepsMax = 1_000_000 } = scenario;
  const agenda = createAgenda<DeliveryInput>();
  for (const input of scenario.inputs) agenda.push(inputAt(input), input);
  const commands: { atMs: number; command: DeliveryCommand }[] = [];
  let state = createDeliveryState(scenario.policy);
  let steps = 0;
  for (let next = agenda.pop(); next !== undefined; next = agenda.pop()) {
    steps += 1;
    if (steps > stepsMax) {
      throw new Error(
        `the scenario is not over after ${stepsMax} steps (at ${next.dueMs} ms, ${agenda.size()} to come): raise stepsMax if it is that long, else look for attempts that schedule themselves for ever`,
      );
    }
    const advanced = step(state, next.item);
    state = advanced.state;
    for (const command of advanced.commands) {
      commands.push({ atMs: next.dueMs, command });
      follow(agenda, scenario, command, next.dueMs);
    }
  }
  return { commands, pending: state.pending.size };
};

/** When and by which figures the rule disabled the hook, or undefined if it never did. */
export const disabledIn = (
  played: Played,
): { readonly atMs: number; readonly failed: number; readonly total: number } | undefined => {
  for (const { command } of played.commands) {
    if (command.kind !== 'hook-disabled') continue;
    return { atMs: command.atMs, failed: command.failed, total: command.total };
  }
  return undefined;
};

/** Events at a steady pace from `fromMs` on, before `untilMs`; each its own delivery. */
export const steady = (everyMs: number, untilMs: number, fromMs = 0): readonly PlayInput[] =>
  Array.from({ length: Math.ceil((untilMs - fromMs) / everyMs) }, (_, index) => ({
    kind: 'enqueue',
    deliveryId: `d${index}`,
    eventKeys: [`HKE${index}`],
    atMs: fromMs + index * everyMs,
  }));
