import type { CaseContext } from '../runner/case.js';
import { bind } from './bind.js';
import type { Schedule } from './schedule.js';
import { createSender } from './sender.js';
import { statesOf, supersededIn } from './states.js';
import type { Trace } from './trace.js';

/** Plays a schedule once, with fresh events, and delivers again what was not acknowledged. */
export const execute = async (schedule: Schedule, context: CaseContext): Promise<Trace> => {
  const events = bind(schedule, context);
  const sender = createSender(events, context);
  try {
    for (const command of schedule.commands) await sender.step(command);
  } finally {
    if (schedule.commands.some(({ do: kind }) => kind === 'advance')) {
      await context.controls.clock?.(undefined);
    }
  }
  await sender.settle();
  const retries = await sender.retryAll();
  return {
    schedule,
    events,
    attempts: sender.attempts,
    retries,
    polled: sender.polled,
    failed: sender.failed,
    interrupted: sender.interrupted,
    others: sender.others,
    states: await statesOf(schedule, { events, attempts: sender.attempts }, context),
    superseded: context.facts.latestPerResource
      ? supersededIn(schedule, sender.attempts, events)
      : new Set(),
  };
};
