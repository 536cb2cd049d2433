import { createRandom } from '../../simulator/index.js';
import type { Problem } from '../runner/problems.js';
import { openSession } from '../runner/session.js';
import type { Session, SessionOptions } from '../runner/session.js';
import { allSchedules } from './exhaustive.js';
import { allowed, corpus } from './corpus.js';
import { drawSchedules, schedules, storiesOf, swarmSchedules } from './generate.js';
import type { Scope } from './generate.js';
import { provenAtOnce } from './invariants/index.js';
import { kindsFor } from './kinds.js';
import { createPlayer } from './play.js';
import type { Patience, Player, Violation } from './play.js';
import { isDisruptive, lengthOf } from './schedule.js';
import type { CommandKind, Schedule } from './schedule.js';
import { describeSchedule } from './sentence.js';
import { simpler } from './shrink.js';
import { say } from '../../language/say.js';

/** How long to go on, and how to draw. */
export interface FuzzSettings {
  /** Schedules at the most; default 200. */
  readonly maxRuns?: number;
  /** Milliseconds after which no further schedule is begun; default 60,000. */
  readonly maxMs?: number;
  /** Leaves kinds of commands out of each schedule, so that they cannot hide others; default true. */
  readonly swarm?: boolean;
  /** Every order of up to so many events with two deliveries each and one fault, in place of chance. */
  readonly exhaustive?: 1 | 2 | 3;
  /** Told after each schedule that was played. */
  readonly onRun?: (done: number, total: number) => void;
}

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

/** What a search for schedules found. */
export interface FuzzResult {
  readonly schemaVersion: 1;
  readonly target: string;
  readonly seed: number;
  readonly verdict: 'passed' | 'failed' | 'inconclusive';
  /** Schedules that were played before the end or the first failure. */
  readonly runs: number;
  /** Kinds of commands that the set-up allows. */
  readonly kinds: readonly CommandKind[];
  readonly counterexample: Counterexample | null;
  /** Why nothing could be judged. */
  readonly problem: Problem | null;
  readonly durationMs: number;
}

const BATCH = 20;
const AGAIN = 10;
const AGAIN_DISRUPTIVE = 3;
/** A candidate is taken if it fails so often, of so many. */
const NEEDED = 2;
const TRIES = 3;
const CANDIDATES_AT_ONCE = 6;
const SHRINK_ROUNDS = 60;
const SHRINK_MS = 20_000;

/** Plays generated schedules until one breaks the receiver, and shrinks that one. */
export const fuzz = async (run: SessionOptions, options: FuzzSettings): Promise<FuzzResult> => {
  const { maxRuns = 200, maxMs = 60_000, onRun = () => undefined } = options;
  const session = openSession(run);
  const { clock, startedAtMs } = session;
  const { problem } = await session.calibrate();
  const scope = scopeOf(session, run);
  const player = createPlayer(session);
  const all = options.exhaustive && allSchedules(options.exhaustive, faultOf(scope.kinds));
  const total = all?.length ?? maxRuns;
  const seeds = createRandom(run.seed).fork('schedules');
  let runs = 0;
  let counterexample: Counterexample | null = null;
  let gone: Problem | undefined;
  const isOver = (): boolean =>
    (problem ?? gone) !== undefined ||
    counterexample !== null ||
    runs >= total ||
    clock.nowMs() - startedAtMs >= maxMs;
  for (let batch = 0; !isOver(); batch++) {
    onRun(runs, total);
    const count = Math.min(BATCH, total - runs);
    const drawn = all?.slice(runs, runs + count) ?? draw(scope, { batch, count, seeds, options });
    const outcomes = await player.play(drawn, 'first');
    const broken = drawn
      .map((schedule, index) => ({ schedule, violation: outcomes[index] }))
      .filter(({ violation }) => violation !== undefined)
      .toSorted((one, other) => lengthOf(one.schedule) - lengthOf(other.schedule));
    runs += count;
    if (broken.length > 0) gone = await whereGone(session, runs);
    if (gone !== undefined) break;
    const foundAfterMs = Math.round(clock.nowMs() - startedAtMs);
    for (const { schedule, violation } of await quietFirst(player, broken)) {
      if (violation === undefined || counterexample !== null) continue;
      counterexample = await confirm(player, { schedule, violation, session, foundAfterMs });
    }
  }
  const stopped = problem ?? gone ?? session.observer.problem();
  return {
    schemaVersion: 1,
    target: run.url,
    seed: run.seed,
    verdict:
      counterexample === null ? (stopped === undefined ? 'passed' : 'inconclusive') : 'failed',
    runs,
    kinds: scope.kinds,
    counterexample,
    problem: stopped === undefined ? null : { message: stopped.message, remedy: stopped.remedy },
    durationMs: Math.round(clock.nowMs() - startedAtMs),
  };
};

const draw = (
  scope: Scope,
  {
    batch,
    count,
    seeds,
    options,
  }: {
    readonly batch: number;
    readonly count: number;
    readonly seeds: ReturnType<typeof createRandom>;
    readonly options: FuzzSettings;
  },
): readonly Schedule[] => {
  const arbitrary = (options.swarm ?? true) ? swarmSchedules(scope) : schedules(scope);
  const drawn = drawSchedules(arbitrary, { seed: seeds.uint32(), count });
  const known = batch === 0 ? corpus.quick : batch === 1 ? corpus.slow : [];
  const first = allowed(known, scope.kinds).slice(0, count);
  return [...first, ...drawn.slice(first.length)];
};

/** What the set-up lets a schedule do. */
const scopeOf = ({ facts }: Session, run: SessionOptions): Scope => ({
  kinds: kindsFor(run),
  stories: storiesOf(facts().handled),
});

const faultOf = (kinds: readonly CommandKind[]): 'restart' | 'fail-next' | undefined =>
  kinds.find((kind) => kind === 'restart' || kind === 'fail-next');

interface Found {
  readonly schedule: Schedule;
  readonly violation: Violation;
  readonly session: Session;
  readonly foundAfterMs: number;
}

const GONE_TRIES = 5;
const GONE_PAUSE_MS = 1000;

/** What nobody listens for any more breaks every schedule: that proves nothing about any of them. */
const whereGone = async (session: Session, runs: number): Promise<Problem | undefined> => {
  const context = session.contextOf('still there');
  for (let tried = 0; tried < GONE_TRIES; tried++) {
    const { exchange } = await context.send('oddity', [], '', { method: 'GET', label: 'look' });
    const { outcome } = exchange;
    if (outcome.kind !== 'failure' || outcome.failure !== 'refused') return undefined;
    if (tried < GONE_TRIES - 1) await context.wait(GONE_PAUSE_MS);
  }
  return {
    message: say`the receiver takes no connections any more, after ${runs} schedules`,
    remedy: say`look into its log for why it ended: the schedules before may have brought it down`,
  };
};

/** How many of those that failed are asked again whether they do by themselves. */
const ASKED_ALONE = 8;

/** Those that fail by themselves too come first: their shrinking is not misled by others beside. */
const quietFirst = async <Broken extends { readonly schedule: Schedule }>(
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
const confirm = async (player: Player, found: Found): Promise<Counterexample | null> => {
  const isProof = provenAtOnce.some(({ name }) => name === found.violation.invariant);
  const patience = isProof ? 'at-once' : 'settled';
  const told = async (
    { schedule, violation }: Pick<Found, 'schedule' | 'violation'>,
    oneByOne: boolean,
  ): Promise<Counterexample | null> => {
    const times = isDisruptive(schedule) ? AGAIN_DISRUPTIVE : AGAIN;
    const failed = await countFailures(player, {
      schedule,
      times,
      patience: isProof ? 'at-once' : 'patient',
      oneByOne,
    });
    // An effect too many was seen, though it may never be seen again.
    if (failed === 0 && (oneByOne || !isProof)) return null;
    const besides = oneByOne ? '' : ' (beside other deliveries)';
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
  const shrunk = await shrink(player, found, { patience, oneByOne: false });
  const alone = await told(shrunk, true);
  if (alone !== null || shrunk.schedule === found.schedule) return alone ?? told(shrunk, false);
  // Shrinking followed what other deliveries did, or a passing trouble: it is gone about in quiet.
  const foundAlone = await told(found, true);
  if (foundAlone !== null) {
    return (
      (await told(await shrink(player, found, { patience, oneByOne: true }), true)) ?? foundAlone
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

/** How candidates are played. */
interface Playing {
  readonly patience: Patience;
  readonly oneByOne: boolean;
}

const shrink = async (
  player: Player,
  { session: { clock }, schedule, violation }: Found,
  how: Playing,
): Promise<Pick<Found, 'schedule' | 'violation'>> => {
  const endMs = clock.nowMs() + SHRINK_MS;
  let smallest = { schedule, violation };
  for (let round = 0; round < SHRINK_ROUNDS && clock.nowMs() < endMs; round++) {
    const candidates = simpler(smallest.schedule);
    const next = await firstThatFails(player, candidates, {
      ...how,
      isLate: () => clock.nowMs() >= endMs,
    });
    if (next === undefined) return smallest;
    smallest = next;
  }
  return smallest;
};

/** Plays candidates some at a time, each several times: races do not show in every try. */
const firstThatFails = async (
  player: Player,
  candidates: readonly Schedule[],
  { patience, oneByOne, isLate }: Playing & { readonly isLate: () => boolean },
): Promise<Pick<Found, 'schedule' | 'violation'> | undefined> => {
  // Waiting for effects costs the same for few as for many; taking the receiver away does not.
  const isQuick = patience === 'at-once' || candidates.some(isDisruptive);
  const atOnce = isQuick ? CANDIDATES_AT_ONCE : candidates.length;
  for (let from = 0; from < candidates.length && !isLate(); from += atOnce) {
    const some = candidates.slice(from, from + atOnce);
    // What takes the receiver away is slow, and seldom a matter of luck.
    const times = some.some(isDisruptive) ? 1 : TRIES;
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
