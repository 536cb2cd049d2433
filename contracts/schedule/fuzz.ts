import { createRandom } from '../../simulator/index.js';
import type { Problem } from '../runner/problems.js';
import { openSession } from '../runner/session.js';
import type { Session, SessionOptions } from '../runner/session.js';
import { allSchedules } from './exhaustive.js';
import { drawSchedules, manyOthers, schedules, storiesOf, swarmSchedules } from './generate.js';
import type { Scope } from './generate.js';
import { provenAtOnce } from './invariants/index.js';
import { createPlayer } from './play.js';
import type { Patience, Player, Violation } from './play.js';
import { lengthOf } from './schedule.js';
import type { CommandKind, Schedule } from './schedule.js';
import { describeSchedule } from './sentence.js';
import { simpler } from './shrink.js';

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
  /** How often the schedule failed when it was played again. */
  readonly reproduced: { readonly failed: number; readonly of: number };
}

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
/** A candidate is taken if it fails so often, of so many. */
const NEEDED = 2;
const TRIES = 3;
const CANDIDATES_AT_ONCE = 8;
const SHRINK_ROUNDS = 60;
const SHRINK_MS = 20_000;
/** The schedule of thousands of others comes with this batch. */
const MANY_BATCH = 1;

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
  const isOver = (): boolean =>
    problem !== undefined ||
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
    for (const { schedule, violation } of broken) {
      if (violation === undefined || counterexample !== null) continue;
      counterexample = await confirm(player, { schedule, violation, session });
    }
  }
  const stopped = problem ?? session.observer.problem();
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
  return batch === MANY_BATCH ? [...drawn.slice(0, -1), manyOthers] : drawn;
};

/** What the set-up lets a schedule do. */
const scopeOf = (session: Session, run: SessionOptions): Scope => {
  const { facts } = session;
  const { restart, clock, poll } = run.controls ?? {};
  return {
    kinds: [
      'deliver',
      'copy',
      'resign',
      'batch',
      'concurrent',
      'forge',
      ...(run.sink === undefined ? [] : (['fail-next'] as const)),
      ...(run.raw === undefined ? [] : (['drop-response'] as const)),
      ...(poll === undefined || run.api === undefined ? [] : (['poll'] as const)),
      ...(restart === undefined ? [] : (['restart'] as const)),
      ...(clock === undefined ? [] : (['advance'] as const)),
    ],
    stories: storiesOf(facts().handled),
  };
};

const faultOf = (kinds: readonly CommandKind[]): 'restart' | 'fail-next' | undefined =>
  kinds.find((kind) => kind === 'restart' || kind === 'fail-next');

interface Found {
  readonly schedule: Schedule;
  readonly violation: Violation;
  readonly session: Session;
}

/** Shrinks a schedule that failed and counts how often it fails; null if it was a passing trouble. */
const confirm = async (player: Player, found: Found): Promise<Counterexample | null> => {
  const isProof = provenAtOnce.some(({ name }) => name === found.violation.invariant);
  const { schedule, violation } = await shrink(player, found, isProof ? 'at-once' : 'settled');
  const again = await player.play(
    Array.from({ length: AGAIN }, () => schedule),
    isProof ? 'at-once' : 'patient',
  );
  const failed = again.filter((one) => one !== undefined).length;
  if (failed === 0 && !isProof) return null;
  return {
    ...violation,
    schedule,
    length: lengthOf(schedule),
    sentence: describeSchedule(schedule, violation.outcome),
    found: found.schedule,
    reproduced: { failed, of: AGAIN },
  };
};

const shrink = async (
  player: Player,
  { session, ...found }: Found,
  patience: Patience,
): Promise<Pick<Found, 'schedule' | 'violation'>> => {
  const { clock } = session;
  const endMs = clock.nowMs() + SHRINK_MS;
  let smallest = found;
  for (let round = 0; round < SHRINK_ROUNDS && clock.nowMs() < endMs; round++) {
    const next = await firstThatFails(player, simpler(smallest.schedule), patience);
    if (next === undefined) return smallest;
    smallest = next;
  }
  return smallest;
};

/** Plays candidates some at a time, each several times: races do not show in every try. */
const firstThatFails = async (
  player: Player,
  candidates: readonly Schedule[],
  patience: Patience,
): Promise<Pick<Found, 'schedule' | 'violation'> | undefined> => {
  // Waiting for effects costs the same for few as for many.
  const atOnce = patience === 'at-once' ? CANDIDATES_AT_ONCE : candidates.length;
  for (let from = 0; from < candidates.length; from += atOnce) {
    const some = candidates.slice(from, from + atOnce);
    const tries = some.flatMap((schedule) => Array.from({ length: TRIES }, () => schedule));
    const outcomes = await player.play(tries, patience);
    for (const [index, schedule] of some.entries()) {
      const failed = outcomes
        .slice(index * TRIES, (index + 1) * TRIES)
        .filter((one) => one !== undefined);
      const [violation] = failed;
      if (violation !== undefined && failed.length >= NEEDED) return { schedule, violation };
    }
  }
  return undefined;
};
