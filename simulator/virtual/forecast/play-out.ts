/** Plays one replication on the engine itself, only as far as its question needs. */
import { createPlan } from '../compile.js';
import { play } from '../engine.js';
import type { RowSink } from '../rows.js';
import { attemptsOfRun, createRun } from '../run.js';
import type { Behaviour, Scenario } from '../scenario.js';
import type { Setting } from './setting.js';

/** Half-open: down at `fromMs`, up again at `untilMs`; Infinity for never again. */
export interface Down {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What is played: traffic from an instant on, before a receiver. Time is in whole milliseconds. */
export interface Replication {
  /** Which one it is: each draws chance of its own. */
  readonly number: number;
  readonly fromMs: number;
  readonly receiver: readonly Behaviour[];
  /** The run ends after what is due at this instant. */
  readonly untilMs: number;
}

/** When the rule disabled the hook, null for never, and how many attempts were played. */
export interface Played {
  readonly disabledAtMs: number | null;
  readonly attempts: number;
}

const STEPS_A_SLICE = 512;

/** A receiver that refuses connections for some spans of time, and takes everything otherwise. */
export const downDuring = (...spans: readonly Down[]): readonly Behaviour[] =>
  spans.map(({ fromMs, untilMs }) =>
    untilMs === Number.POSITIVE_INFINITY
      ? { kind: 'outage', from: fromMs }
      : { kind: 'outage', from: fromMs, until: untilMs },
  );

/**
 * Plays a replication until the rule disables the hook, or until its end. With a listener it is
 * played to its end, whatever happens.
 */
export const playOut = (
  { policy, seed, rate, arrivals }: Setting,
  { number, fromMs, receiver, untilMs }: Replication,
  sink?: RowSink,
): Played => {
  const scenario: Scenario = {
    traffic: { kind: arrivals, rate, from: fromMs, events: 'checks.finished' },
    receiver: [...receiver],
  };
  const run = createRun(createPlan(scenario, { policy, seed, untilMs, account: number }), sink);
  const [tally] = run.tallies;
  // What happens after it was disabled is of no interest, and would take time.
  for (let isOver = false; !isOver;) {
    isOver = play(run, STEPS_A_SLICE);
    if (sink === undefined && tally?.enabled === 0) break;
  }
  return { disabledAtMs: tally?.disabled[0]?.atMs ?? null, attempts: attemptsOfRun(run) };
};
