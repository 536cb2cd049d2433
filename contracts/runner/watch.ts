import type { Attempt, Observations } from './case.js';
import { isAcknowledged } from './judge.js';

type Watched = Observations['watched'];

/** The events of attempts that must leave no effect: counted, not waited for. */
export const watchAbsent = (attempts: readonly Attempt[]): Watched =>
  attempts.flatMap(({ events }) => events.map((event) => ({ event, expected: 0 as const })));

/** The events of genuine attempts: those that were acknowledged are waited for. */
export const watchApplied = (attempts: readonly Attempt[]): Watched =>
  attempts.flatMap((attempt) =>
    attempt.events.map((event) => ({ event, expected: isAcknowledged(attempt) ? 1 : 0 })),
  );
