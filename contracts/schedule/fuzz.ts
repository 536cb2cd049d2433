import { createRandom } from '../../simulator/index.js';
import { brokenOff } from '../runner/problems.js';
import type { Problem } from '../runner/problems.js';
import { openSession } from '../runner/session.js';
import type { Session, SessionOptions } from '../runner/session.js';
import { confirm, quietFirst } from './confirm.js';
import type { Counterexample } from './confirm.js';
import { allSchedules } from './exhaustive.js';
import { allowed, corpus } from './corpus.js';
import { drawSchedules, schedules, storiesOf, swarmSchedules } from './generate.js';
import type { Scope } from './generate.js';
import { kindsFor } from './kinds.js';
import { createPlayer } from './play.js';
import { lengthOf } from './schedule.js';
import type { CommandKind, Schedule } from './schedule.js';
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
  const isAborted = (): boolean => run.signal?.aborted ?? false;
  const isOver = (): boolean =>
    (problem ?? gone) !== undefined ||
    isAborted() ||
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
  const stopped =
    problem ?? gone ?? session.observer.problem() ?? (isAborted() ? brokenOff() : undefined);
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
