import type { z } from 'zod';
import type { Moment, Zod } from './product.js';
import { text } from './shapes.js';

/** REF: `expired` and `system_error` are failures too, not statuses of their own. */
const failureStatuses = ['declined', 'expired', 'system_error'] as const;

/** What a failure says, for each action that is one. Every other action says nothing. */
export type Failures = Readonly<
  Record<
    string,
    {
      readonly failureStatus: (typeof failureStatuses)[number];
      readonly declinedReasons: readonly string[];
    }
  >
>;

/** `failure_status` and `declined_reason`, on failures only (REF). */
export const failureFields = (failures: Failures, moment: Moment) => {
  const failure = failures[moment.action];
  return (
    failure && {
      failure_status: failure.failureStatus,
      declined_reason: moment.random.fork('declined reason').pick(failure.declinedReasons),
    }
  );
};

/**
 * The schema of `failureFields`. An event named after its expiry says `expired`, any other failure
 * one of the three. Reasons are more than a hundred (REF), so any word passes.
 */
export const failureShape = (
  zod: Zod,
  failures: Failures,
  action: string,
): Record<string, z.ZodType> | undefined =>
  failures[action] && {
    failure_status: zod.enum(action === 'expired' ? ['expired'] : failureStatuses),
    declined_reason: text(zod),
  };
