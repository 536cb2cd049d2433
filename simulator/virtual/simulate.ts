/** Plays a scenario in virtual time and tells what came of it. */
import { describeValue } from '../core/checks.js';
import { HookproofError } from '../core/errors.js';
import { requireKnown } from '../core/known-options.js';
import type { Names } from '../core/known-options.js';
import { choosePolicy, compile, expectedEndMs, receiverNames } from './compile.js';
import type { PolicyChoice } from './compile.js';
import { play } from './engine.js';
import { type Parameters, readScenario } from './read-scenario.js';
import { hookResult, totalsOf } from './result.js';
import type { HookResult, ReceiverResult, SimulationResult } from './result.js';
import type { RowSink } from './rows.js';
import { type Run, attemptsOfRun, createRun } from './run.js';
import type { Scenario } from './scenario.js';
import { describeSimulation } from './sentence.js';
import { formatTime, parseTime, timePattern } from './units.js';
import { say } from '../../language/say.js';

/** What the numbers in the rows of an account stand for. */
export interface RowNames {
  readonly account: number;
  readonly accounts: number;
  readonly hooks: readonly string[];
  readonly receivers: readonly string[];
  readonly answers: readonly string[];
}

/** How far a run is. */
export interface SimulationProgress {
  readonly attempts: number;
  /** From 0 to 1, as far as can be told. */
  readonly share: number;
  /** The account that is played, from 0, and the instant. */
  readonly account: number;
  readonly atMs: number;
}

/** Accounts from `from` up to, and without, `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How a scenario is played. */
export interface SimulateOptions {
  /** In place of the scenario's own. */
  readonly policy?: PolicyChoice | undefined;
  readonly seed?: number | undefined;
  readonly accounts?: number | undefined;
  /** Milliseconds, or a time such as `4h`. */
  readonly until?: number | string | undefined;
  readonly parameters?: Parameters | undefined;
  /** Whether the scenario came from `loadScenario`, which says so of those that come along. */
  readonly isKnown?: boolean | undefined;
  /** Only these accounts. */
  readonly part?: Span | undefined;
  /** Listens to the rows of an account. Accounts are played one after the other. */
  readonly listen?: ((names: RowNames) => RowSink) | undefined;
  /** Called now and then; the run waits for it, and stops where it answers false. */
  readonly between?: ((progress: SimulationProgress) => Promise<boolean> | boolean) | undefined;
  /** Steps at the most, an event or an attempt each. Default: 1 000 000 000. */
  readonly stepsMax?: number | undefined;
}

const optionNames: Names<SimulateOptions> = {
  policy: true,
  seed: true,
  accounts: true,
  until: true,
  parameters: true,
  isKnown: true,
  part: true,
  listen: true,
  between: true,
  stepsMax: true,
};

/** Anything that can be written down as a scenario: the builder, for one. */
export type ScenarioLike = Scenario | { readonly toJSON: () => Scenario };

const STEPS_MAX = 1_000_000_000;
const STEPS_A_SLICE = 50_000;

/** A scenario as it is written down. */
export const written = (scenario: unknown): unknown =>
  typeof scenario === 'object' && scenario !== null && 'toJSON' in scenario
    ? (scenario as { readonly toJSON: () => Scenario }).toJSON()
    : scenario;

/**
 * Plays a scenario. It never waits, reads a clock or draws from chance that is not seeded: the same
 * scenario and options give the same result.
 *
 * @throws {HookproofError} `invalid_scenario` with the place, what was expected and what was found;
 *   `endless_scenario` for one that is not over after `stepsMax` steps
 */
export const simulate = async (
  scenario: ScenarioLike,
  options: SimulateOptions = {},
): Promise<SimulationResult> => {
  requireKnown(options, optionNames);
  const read = await readScenario(written(scenario), options.parameters, options.isKnown);
  return simulateRead(read, options);
};

/** The accounts of a span, one after the other. */
const eachOf = ({ from, to }: Span): (() => number | undefined) => {
  let next = from;
  return () => (next < to ? next++ : undefined);
};

/**
 * `simulate` for a scenario that has been read: nothing is checked or filled in again.
 *
 * `take` gives the account to play next, undefined after the last; by default it goes through the part.
 */
export const simulateRead = async (
  read: Scenario,
  options: Omit<SimulateOptions, 'parameters' | 'isKnown'> = {},
  take?: () => number | undefined,
): Promise<SimulationResult> => {
  const until = options.until ?? read.until;
  const seed = options.seed ?? read.seed ?? 1;
  const policy = choosePolicy(options.policy ?? read.policy);
  const untilMs = until === undefined ? Number.POSITIVE_INFINITY : endOf(until);
  const accounts = options.accounts ?? read.accounts ?? 1;
  const part = options.part ?? { from: 0, to: accounts };
  const next = take ?? eachOf(part);
  const stepsMax = options.stepsMax ?? STEPS_MAX;
  const names = receiverNames(read);
  const hooks: HookResult[] = [];
  const receivers: ReceiverResult[] = [];
  const totals = { steps: 0, attempts: 0, events: 0, fromMs: Infinity, untilMs: -Infinity };
  const expectedMs = expectedEndMs(read, { policy, untilMs });
  const planOf = compile(read, { policy, seed, untilMs });
  let done = 0;
  let goesOn = true;
  let complete = true;
  let run: Run | undefined;
  for (let account = next(); account !== undefined; account = next()) {
    if (!goesOn) {
      complete = false;
      break;
    }
    const plan = planOf(account);
    const sink = options.listen?.({
      account,
      accounts,
      hooks: plan.hooks.map(({ name }) => name),
      receivers: names,
      answers: plan.answers.answers.map(({ label }) => label),
    });
    run = createRun(plan, sink, run);
    const startMs = run.nowMs;
    const spanMs = expectedMs - startMs;
    const before = { steps: totals.steps, attempts: totals.attempts };
    for (let isOver = false; !isOver && goesOn;) {
      isOver = play(run, Math.min(STEPS_A_SLICE, stepsMax - totals.steps));
      const attempts = attemptsOfRun(run);
      totals.steps = before.steps + run.events + attempts;
      totals.attempts = before.attempts + attempts;
      if (!isOver && totals.steps >= stepsMax) throw endless(stepsMax, run.nowMs, totals.attempts);
      // What was disabled stays so until the end, though nothing happens any more.
      if (isOver && untilMs !== Number.POSITIVE_INFINITY) run.nowMs = untilMs;
      if (options.between === undefined) continue;
      const played = spanMs > 0 ? Math.min(1, (run.nowMs - startMs) / spanMs) : 1;
      const share = (done + (isOver ? 1 : played)) / (part.to - part.from);
      const progress = { attempts: totals.attempts, share, account, atMs: run.nowMs };
      goesOn = await options.between(progress);
      if (!isOver) complete = goesOn;
    }
    done++;
    for (const hook of plan.hooks.keys()) hooks.push(hookResult(run, hook, account));
    for (const [index, { duplicates, recovered }] of run.inboxes.entries()) {
      receivers.push({ receiver: names[index] ?? '', account, duplicates, recovered });
    }
    totals.events += run.events;
    totals.fromMs = Math.min(totals.fromMs, startMs);
    totals.untilMs = Math.max(totals.untilMs, run.nowMs);
  }
  return summed({
    schemaVersion: 1,
    scenario: read.name ?? 'scenario',
    seed,
    policy,
    complete,
    accounts,
    fromMs: totals.fromMs,
    untilMs: totals.untilMs,
    hooks,
    receivers,
    totals: totalsOf(hooks, receivers, totals.events),
  });
};

const endOf = (until: number | string): number => {
  if (typeof until === 'number' ? Number.isSafeInteger(until) : timePattern.test(until)) {
    return parseTime(until);
  }
  throw new HookproofError(
    'invalid_argument',
    say`until: expected a time such as 90s, -1h or 1h30m, got ${describeValue(until)}`,
    say`write it so, or as whole milliseconds`,
  );
};

/** Adds the outcome in words. */
export const summed = (result: Omit<SimulationResult, 'sentence'>): SimulationResult => ({
  ...result,
  sentence: describeSimulation({ ...result, sentence: '' }),
});

const endless = (steps: number, atMs: number, attempts: number): HookproofError =>
  new HookproofError(
    'endless_scenario',
    say`not over after ${steps} steps, at ${formatTime(atMs)}, with ${attempts} attempts`,
    say`shorten it with "until" or --until, or raise --max-steps if it is that long`,
  );
