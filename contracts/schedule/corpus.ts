/** Schedules to begin with: what chance would find late, or only by waiting. */
import { namesIn } from './schedule.js';
import type { Command, CommandKind, Schedule } from './schedule.js';

/** Enough to push a key out of a list of a thousand, and to meet twins among 16-bit hashes. */
const MANY = 3000;
/** Longer than a careless cache keeps a key, and not too long to wait for. */
const PAUSE_SECONDS = 3;
/** While a slow effect is still under way. */
const LEASE_SECONDS = 0.25;
/** Past the end of the retry table. */
const LATE_MINUTES = 200;

const deliver: Command = { do: 'deliver', event: 'A' };
const copy: Command = { do: 'copy', event: 'A' };

const of = (...commands: readonly Command[]): Schedule => ({
  events: Object.fromEntries([...new Set(commands.flatMap(namesIn))].map((name) => [name, {}])),
  commands,
});

/** What is over at once, and what takes time of its own. */
export const corpus: {
  readonly quick: readonly Schedule[];
  readonly slow: readonly Schedule[];
} = {
  quick: [
    of(deliver, copy),
    of({ do: 'concurrent', events: ['A', 'A'] }),
    of({ do: 'crossed', events: ['A', 'B'] }),
    of({ do: 'fail-next', event: 'A' }, deliver),
    of({ do: 'slow-next', event: 'A', then: 'failed' }, { do: 'drop-response', event: 'A' }, copy),
    of({ do: 'slow-next', event: 'A', then: 'taken' }, { do: 'drop-response', event: 'A' }, copy),
    // The first copy finds the work under way; the second finds what the first left of its lock.
    of(
      { do: 'slow-next', event: 'A', then: 'taken' },
      { do: 'drop-response', event: 'A' },
      copy,
      copy,
    ),
    of(
      { do: 'slow-next', event: 'A', then: 'taken' },
      { do: 'drop-response', event: 'A' },
      { do: 'pause', seconds: LEASE_SECONDS },
      copy,
    ),
    of(deliver, { do: 'restart' }),
    of(deliver, { do: 'restart' }, copy),
    of({ do: 'poll', event: 'A' }, deliver),
    of(deliver, { do: 'poll', event: 'A' }),
  ],
  slow: [
    of(deliver, { do: 'advance', minutes: LATE_MINUTES }, copy),
    of(deliver, { do: 'pause', seconds: PAUSE_SECONDS }, copy),
    of(deliver, { do: 'many', events: MANY }, copy),
  ],
};

/** Those of some schedules that a set-up allows. */
export const allowed = (
  schedules: readonly Schedule[],
  kinds: readonly CommandKind[],
): readonly Schedule[] =>
  schedules.filter(({ commands }) => commands.every(({ do: kind }) => kinds.includes(kind)));
