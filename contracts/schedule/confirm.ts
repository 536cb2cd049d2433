/** What is made of a schedule that failed: the smallest one, and how often that fails. */
import type { Session } from '../runner/session.js';
import { provenAtOnce } from './invariants/index.js';
import type { Patience, Player, Violation } from './play.js';
import { isDisruptive, lengthOf, takesLong } from './schedule.js';
import type { Schedule } from './schedule.js';
import { describeSchedule } from './sentence.js';
import { say } from '../../language/say.js';
import { shrink } from './smallest.js';
import type { Failing } from './smallest.js';

/** What a schedule came to that broke the receiver. */
export interface Counterexample extends Violation {
  readonly schedule: Schedule;
  /** Steps; deliveries at the same instant count one each. */
  readonly length: number;
  readonly sentence: string;
  /** Before it was shrunk. */
  readonly found: Schedule;
  /** Milliseconds from the start of the run until it was seen to fail first. */
  readonly foundAfterMs: number;
  /** How often the schedule failed when it was played again. */
  readonly reproduced: { readonly failed: number; readonly of: number };
}

const AGAIN = 10;
const AGAIN_SLOW = 3;

/** What failed, and when. */
interface Found extends Failing {
  readonly session: Session;
  readonly foundAfterMs: number;
}

/** How many of those that failed are asked again whether they do by themselves. */
const ASKED_ALONE = 8;

/** Those that fail by themselves too come first: their shrinking is not misled by others beside. */
export const quietFirst = async <Broken extends { readonly schedule: Schedule }>(
  player: Player,
  broken: readonly Broken[],
): Promise<readonly Broken[]> => {
  if (broken.length < 2) return broken;
  const asked = broken.slice(0, ASKED_ALONE);
  const again = await player.play(
    asked.map(({ schedule }) => schedule),
    'first',
    { oneByOne: true },
  );
  const fails = new Set(asked.filter((_one, index) => again[index] !== undefined));
  return [...fails, ...broken.filter((one) => !fails.has(one))];
};

/** Shrinks a schedule that failed and counts how often it fails; null if it was a passing trouble. */
export const confirm = async (player: Player, found: Found): Promise<Counterexample | null> => {
  const isProof = provenAtOnce.some(({ name }) => name === found.violation.invariant);
  const { clock } = found.session;
  const how = { patience: isProof ? 'at-once' : 'settled', clock } as const;
  const told = async (
    { schedule, violation }: Failing,
    oneByOne: boolean,
  ): Promise<Counterexample | null> => {
    const times = takesLong(schedule) ? AGAIN_SLOW : AGAIN;
    const failed = await countFailures(player, {
      schedule,
      times,
      patience: isProof ? 'at-once' : 'patient',
      oneByOne,
    });
    // An effect too many was seen, though it may never be seen again.
    if (failed === 0 && (oneByOne || !isProof)) return null;
    const besides = oneByOne ? '' : say` (beside other deliveries)`;
    return {
      ...violation,
      schedule,
      length: lengthOf(schedule),
      sentence: `${describeSchedule(schedule, violation.outcome)}${besides}`,
      found: found.schedule,
      foundAfterMs: found.foundAfterMs,
      reproduced: { failed, of: times },
    };
  };
  const shrunk = await shrink(player, found, { ...how, oneByOne: false });
  const alone = await told(shrunk, true);
  if (alone !== null || shrunk.schedule === found.schedule) return alone ?? told(shrunk, false);
  // Shrinking followed what other deliveries did, or a passing trouble: it is gone about in quiet.
  const foundAlone = await told(found, true);
  if (foundAlone !== null) {
    return (
      (await told(await shrink(player, found, { ...how, oneByOne: true }), true)) ?? foundAlone
    );
  }
  return (await told(shrunk, false)) ?? told(found, false);
};

const countFailures = async (
  player: Player,
  again: {
    readonly schedule: Schedule;
    readonly times: number;
    readonly patience: Patience;
    readonly oneByOne: boolean;
  },
): Promise<number> => {
  const { schedule, times, patience, oneByOne } = again;
  const all = Array.from({ length: times }, () => schedule);
  // The next one of these would take the receiver away under the work of the one before.
  const rounds = isDisruptive(schedule) ? all.map((one) => [one]) : [all];
  let failed = 0;
  for (const round of rounds) {
    const outcomes = await player.play(round, patience, { oneByOne });
    failed += outcomes.filter((one) => one !== undefined).length;
  }
  return failed;
};
