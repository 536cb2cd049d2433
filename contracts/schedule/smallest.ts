/** Finds the smallest schedule that still breaks a receiver. */
import type { Clock } from '../runner/clock.js';
import { narrow } from './narrow.js';
import type { Patience, Player, Violation } from './play.js';
import { isDisruptive, takesLong } from './schedule.js';
import type { Schedule } from './schedule.js';
import { simpler } from './shrink.js';

/** A candidate is taken if it fails so often, of so many. */
const NEEDED = 2;
const TRIES = 3;
const CANDIDATES_AT_ONCE = 6;
const SHRINK_ROUNDS = 60;
const SHRINK_MS = 20_000;

/** How candidates are played. */
export interface Playing {
  readonly patience: Patience;
  readonly oneByOne: boolean;
}

/** A schedule and how it broke the receiver. */
export interface Failing {
  readonly schedule: Schedule;
  readonly violation: Violation;
}

/** Goes on to a simpler one that fails too until there is none, or until time is up. */
export const shrink = async (
  player: Player,
  { schedule, violation }: Failing,
  how: Playing & { readonly clock: Clock },
): Promise<Failing> => {
  const endMs = how.clock.nowMs() + SHRINK_MS;
  const trying = { ...how, isLate: () => how.clock.nowMs() >= endMs };
  let smallest: Failing = { schedule, violation };
  for (let round = 0; round < SHRINK_ROUNDS && !trying.isLate(); round++) {
    const next = await firstThatFails(player, simpler(smallest.schedule), trying);
    if (next === undefined) break;
    smallest = next;
  }
  // Twice the same: a figure that fails by luck, as where keys collide, is not the least.
  return narrow(smallest, async (candidate) => {
    const first = await firstThatFails(player, [candidate], trying);
    return first && firstThatFails(player, [candidate], trying);
  });
};

/** Plays candidates some at a time, each several times: races do not show in every try. */
const firstThatFails = async (
  player: Player,
  candidates: readonly Schedule[],
  { patience, oneByOne, isLate }: Playing & { readonly isLate: () => boolean },
): Promise<Failing | undefined> => {
  // Waiting for effects costs the same for few as for many; taking the receiver away does not.
  const isQuick = patience === 'at-once' || candidates.some(isDisruptive);
  const atOnce = isQuick ? CANDIDATES_AT_ONCE : candidates.length;
  for (let from = 0; from < candidates.length && !isLate(); from += atOnce) {
    const some = candidates.slice(from, from + atOnce);
    // What takes the receiver away, or waits, is slow, and seldom a matter of luck.
    const times = some.some(takesLong) ? 1 : TRIES;
    const tries = some.flatMap((schedule) => Array.from({ length: times }, () => schedule));
    const outcomes = await player.play(tries, patience, { oneByOne });
    for (const [index, schedule] of some.entries()) {
      const failed = outcomes
        .slice(index * times, (index + 1) * times)
        .filter((one) => one !== undefined);
      const [violation] = failed;
      if (violation !== undefined && failed.length >= Math.min(NEEDED, times)) {
        return { schedule, violation };
      }
    }
  }
  return undefined;
};
