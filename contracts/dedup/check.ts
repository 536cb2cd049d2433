import fc from 'fast-check';

import { HookproofError, createRandom, pairs } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import {
  aFunction,
  milliseconds,
  oneOf,
  requireOptions,
  trueOrFalse,
  wholeNumber,
} from '../runner/checked.js';
import type { Checks } from '../runner/checked.js';
import { requireRealTime } from '../runner/real-time.js';
import { systemClock } from '../runner/clock.js';
import { createEventMaker } from '../runner/events.js';
import type { KeyField } from '../runner/events.js';
import { allowed, corpus } from '../schedule/corpus.js';
import { drawSchedules, schedules, storiesOf, swarmSchedules } from '../schedule/generate.js';
import type { Scope } from '../schedule/generate.js';
import { invariants } from '../schedule/invariants/index.js';
import type { Violation } from '../schedule/play.js';
import { lengthOf } from '../schedule/schedule.js';
import type { Schedule } from '../schedule/schedule.js';
import { describeSchedule } from '../schedule/sentence.js';
import { plainKinds } from '../schedule/kinds.js';
import { narrow } from '../schedule/narrow.js';
import { simpler } from '../schedule/shrink.js';
import { execute } from './execute.js';
import type { Surroundings } from './execute.js';
import { toSubject } from './subject.js';
import type { DedupSubject, Subject } from './subject.js';
import { say } from '../../language/say.js';

/** How a deduplication is checked in process. */
export interface DedupOptions {
  /** How many effects an event has had; needed where the subject is a function of yours. */
  readonly count?: (event: TruoraEvent) => number | Promise<number>;
  /** Makes the next effect of an event fail, where the effects are yours. */
  readonly failNext?: (event: TruoraEvent) => void;
  /** Sets a clock that the subject reads forward, so that keys that expire are found. */
  readonly advance?: (minutes: number) => unknown;
  /** `create` called again stands for a restart of the process; default false. */
  readonly restart?: boolean;
  /** Which field carries the key; default `id`. */
  readonly idempotencyKey?: KeyField;
  /** The same seed draws the same schedules and interleavings. */
  readonly seed?: number;
  /** Schedules at the most; default 1,000. */
  readonly maxRuns?: number;
  /** Milliseconds after which no further schedule is begun; default 10,000. */
  readonly maxMs?: number;
  /** Leaves kinds of commands out of each schedule; default true. */
  readonly swarm?: boolean;
  /** How long one call may take, in milliseconds; default 2,000. */
  readonly timeoutMs?: number;
  /** How long what the handler left running may take to show, in milliseconds; default 0. */
  readonly settleMs?: number;
}

/** The smallest schedule that was found to break the deduplication. */
export interface DedupCounterexample extends Violation {
  readonly schedule: Schedule;
  /** Steps; deliveries at the same instant count one each. */
  readonly length: number;
  readonly sentence: string;
  /** The turns in the order that broke it: `claim(A) → true`. */
  readonly interleaving: readonly string[];
  /** Before it was shrunk. */
  readonly found: Schedule;
}

/** What the check of a deduplication found. */
export interface DedupResult {
  readonly schemaVersion: 1;
  readonly seed: number;
  readonly verdict: 'passed' | 'failed';
  /** Schedules that were played before the end or the first failure. */
  readonly runs: number;
  readonly counterexample: DedupCounterexample | null;
  readonly durationMs: number;
}

const dedupChecks: Checks<DedupOptions> = {
  count: aFunction,
  failNext: aFunction,
  advance: aFunction,
  restart: trueOrFalse,
  idempotencyKey: oneOf('id', 'idempotency_key', 'both'),
  seed: wholeNumber(0),
  maxRuns: wholeNumber(1),
  maxMs: milliseconds(1),
  swarm: trueOrFalse,
  timeoutMs: milliseconds(1),
  settleMs: milliseconds(0),
};

const BATCH = 50;
/** A smaller schedule is given up when so many interleavings of it do no harm. */
const INTERLEAVINGS = 25;
/** Thousands of events one after the other leave little to interleave. */
const INTERLEAVINGS_LONG = 2;
const SHRINK_ROUNDS = 60;
/** Shrinking has so long, or half of what the search has. */
const SHRINK_MS = 5000;

/**
 * Tests deduplication in this process, without HTTP: a handler `(event) => Promise`, a store
 * `{ claim, release, seen }`, or `{ create }` that makes either for each schedule. Schedules of
 * deliveries, copies and failures are generated, and the turns of what goes through the lab are
 * interleaved, until one breaks it; that one is shrunk.
 *
 * @example
 * ```ts
 * const { counterexample } = await checkDedup({
 *   create: ({ effect, io }) => {
 *     const keys = new Set<string>();
 *     const has = io((key: string) => keys.has(key));
 *     const add = io((key: string) => keys.add(key));
 *     return async (event) => {
 *       if (await has(event.id)) return;
 *       await effect(event);
 *       await add(event.id);
 *     };
 *   },
 * });
 * // counterexample.sentence: two copies of A at the same moment → 2 effects of A
 * ```
 *
 * @throws {HookproofError} `invalid_argument` where nothing counts the effects.
 */
export const checkDedup = async (
  subject: DedupSubject,
  options: DedupOptions = {},
): Promise<DedupResult> => {
  requireOptions(options, dedupChecks);
  await requireRealTime();
  const { maxRuns = 1000, maxMs = 10_000 } = options;
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32);
  const startedMs = systemClock.nowMs();
  const player = createPlayer(subject, options, seed);
  const seeds = createRandom(seed).fork('schedules');
  let runs = 0;
  let counterexample: DedupCounterexample | null = null;
  const isOver = (): boolean =>
    counterexample !== null || runs >= maxRuns || systemClock.nowMs() - startedMs >= maxMs;
  for (let batch = 0; !isOver(); batch++) {
    const count = Math.min(BATCH, maxRuns - runs);
    const arbitrary = (options.swarm ?? true) ? swarmSchedules : schedules;
    const drawn = drawSchedules(arbitrary(player.scope), { seed: seeds.uint32(), count });
    const known = batch === 0 ? corpus.quick : batch === 1 ? corpus.slow : [];
    const first = allowed(known, player.scope.kinds).slice(0, count);
    const played = [...first, ...drawn.slice(first.length)];
    for (const schedule of played) {
      if (isOver()) break;
      runs++;
      const broken = await player.play(schedule, 1);
      if (broken === undefined) continue;
      counterexample = await shrink(player, broken, Math.max(SHRINK_MS, maxMs / 2));
    }
  }
  return {
    schemaVersion: 1,
    seed,
    verdict: counterexample === null ? 'passed' : 'failed',
    runs,
    counterexample,
    durationMs: Math.round(systemClock.nowMs() - startedMs),
  };
};

/**
 * Like {@link checkDedup}, and rejects with the smallest schedule in its message where one is found.
 *
 * @throws {HookproofError} `invalid_argument`
 */
export const assertDedup = async (
  subject: DedupSubject,
  options: DedupOptions = {},
): Promise<void> => {
  const { counterexample, seed } = await checkDedup(subject, options);
  if (counterexample === null) return;
  const { invariant, rule, sentence, interleaving } = counterexample;
  const turns = interleaving.length === 0 ? '' : `\n  ${interleaving.join('\n  ')}`;
  throw new Error(`${invariant}: ${rule}\n${sentence}${turns}\nseed ${seed}`);
};

interface Broken {
  readonly schedule: Schedule;
  readonly violation: Violation;
  readonly interleaving: readonly string[];
}

interface DedupPlayer {
  readonly scope: Scope;
  /** Plays a schedule under so many interleavings, until one breaks it. */
  readonly play: (schedule: Schedule, interleavings: number) => Promise<Broken | undefined>;
}

const createPlayer = (of: DedupSubject, options: DedupOptions, seed: number): DedupPlayer => {
  const subject = toSubject(of);
  if (!subject.countedByLab && options.count === undefined) {
    throw new HookproofError(
      'invalid_argument',
      say`nothing counts the effects of the function`,
      say`give count: (event) => number, or { create: ({ effect }) => … } and call effect(event)`,
    );
  }
  const { timeoutMs = 2000, settleMs = 0, count, failNext, advance } = options;
  const handled = new Set(pairs.map(({ name }) => name));
  const random = createRandom(seed);
  const surroundings: Surroundings = {
    maker: createEventMaker(random.fork('events'), {
      keyField: options.idempotencyKey ?? 'id',
      handled: () => handled,
      nowMs: systemClock.nowMs,
    }),
    count,
    failNext,
    advance,
    timeoutMs,
    settle: async () => (settleMs > 0 ? systemClock.wait(settleMs) : undefined),
  };
  const schedulers = random.fork('interleavings');
  const once = async (schedule: Schedule): Promise<Broken | undefined> => {
    const [scheduler] = fc.sample(fc.scheduler(), { seed: schedulers.uint32(), numRuns: 1 });
    if (scheduler === undefined) return undefined;
    const { lives, facts, log } = await execute(schedule, { subject, scheduler, surroundings });
    for (const { name, rule, broken } of invariants) {
      const outcome = broken(lives, facts);
      if (outcome === undefined) continue;
      return { schedule, violation: { invariant: name, rule, outcome }, interleaving: log };
    }
    return undefined;
  };
  return {
    scope: scopeOf(subject, options, handled),
    play: async (schedule, interleavings) => {
      const most = isLong(schedule) ? Math.min(interleavings, INTERLEAVINGS_LONG) : interleavings;
      for (let tried = 0; tried < most; tried++) {
        const broken = await once(schedule);
        if (broken !== undefined) return broken;
      }
      return undefined;
    },
  };
};

const isLong = ({ commands }: Schedule): boolean => commands.some((one) => one.do === 'many');

const scopeOf = (
  { countedByLab }: Subject,
  { failNext, restart = false, advance }: DedupOptions,
  handled: ReadonlySet<string>,
): Scope => ({
  kinds: [
    // What comes to a handler was verified before.
    ...plainKinds.filter((kind) => kind !== 'forge'),
    'many',
    ...(countedByLab || failNext !== undefined ? (['fail-next'] as const) : []),
    ...(restart ? (['restart'] as const) : []),
    ...(advance === undefined ? [] : (['advance'] as const)),
  ],
  stories: storiesOf(handled),
});

const shrink = async (
  player: DedupPlayer,
  found: Broken,
  mostMs: number,
): Promise<DedupCounterexample> => {
  const endMs = systemClock.nowMs() + mostMs;
  let smallest = found;
  const next = async (): Promise<Broken | undefined> => {
    for (const schedule of simpler(smallest.schedule)) {
      const broken = await player.play(schedule, INTERLEAVINGS);
      if (broken !== undefined) return broken;
      if (systemClock.nowMs() >= endMs) return undefined;
    }
    return undefined;
  };
  for (let round = 0; round < SHRINK_ROUNDS; round++) {
    const broken = await next();
    if (broken === undefined) break;
    smallest = broken;
  }
  smallest = await narrow(smallest, async (candidate) =>
    systemClock.nowMs() < endMs ? player.play(candidate, INTERLEAVINGS) : undefined,
  );
  const { schedule, violation, interleaving } = smallest;
  return {
    ...violation,
    schedule,
    length: lengthOf(schedule),
    sentence: describeSchedule(schedule, violation.outcome),
    interleaving,
    found: found.schedule,
  };
};
