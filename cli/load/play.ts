/** Plays a load run, or the runs of a ramp, and gathers what they found. */
import { createRandom, loadLoad, withoutPassword } from '../../simulator/index.js';
import type { LoadFigures, LoadOptions, LoadRun, LoadTemplate } from '../../simulator/index.js';
import type { Interruption } from '../interrupt.js';
import { version } from '../version.js';
import { checkEffects } from './effects.js';
import type { EffectsProbe } from './effects-options.js';
import { showLive } from './live.js';
import { findLimit } from './ramp.js';
import { type Effects, type LoadResult, type Ramp, type RampStep, failuresOf } from './record.js';
import { judgeWindow } from './window-verdict.js';

export interface LoadPlan extends Omit<LoadOptions, 'templates' | 'firstNumber'> {
  readonly key: string;
  readonly events: readonly string[];
  readonly ramp: boolean;
  readonly seed: number;
}

export interface PlayOptions {
  readonly effects: EffectsProbe | undefined;
  readonly interruption: Interruption;
}

interface Played {
  readonly run: LoadRun;
  readonly everyMs: number | undefined;
}

const RAMP_FROM_PER_SECOND = 50;
/** A rate is held while fewer than one in so many fail or come late. */
const HELD_ONE_IN = 100;
/** And while the last wait no longer than so much of the step, beyond what the quickest waited. */
const BEHIND_MAX = 0.1;
const QUICKEST = 0.01;

/** Runs to the end, or until the user asks to end. */
const finish = async (run: LoadRun, plan: LoadPlan, interruption: Interruption): Promise<void> => {
  const hide = showLive({
    figures: run.books.figures,
    durationMs: plan.durationMs,
    count: plan.count,
  });
  try {
    await interruption.or(run.done).catch(async (error: unknown) => {
      if (!interruption.asked()) throw error;
      run.stop();
      await run.done;
    });
  } finally {
    hide();
  }
};

export const play = async (
  plan: LoadPlan,
  { effects, interruption }: PlayOptions,
): Promise<LoadResult> => {
  const { startLoad, createTemplate } = await loadLoad();
  const { seed, key, policy } = plan;
  const startedAt = new Date();
  const random = createRandom(seed);
  const templates: readonly LoadTemplate[] = plan.events.map((name, index) =>
    createTemplate(name, {
      key,
      random: random.fork(`${index} ${name}`),
      atMs: startedAt.getTime(),
    }),
  );
  let last: Played | undefined;
  /** Of a ramp: the highest rate that was held. */
  let best: Played | undefined;
  const playAt = async (everyMs: number | undefined): Promise<LoadRun> => {
    const run = startLoad({
      ...plan,
      templates,
      everyMs,
      firstNumber: last?.run.nextNumber() ?? 0,
    });
    last = { run, everyMs };
    await finish(run, plan, interruption);
    return run;
  };

  let ramp: Ramp | null = null;
  if (plan.ramp) {
    const from = plan.everyMs === undefined ? RAMP_FROM_PER_SECOND : 1000 / plan.everyMs;
    ramp = await findLimit(from, async (perSecond) => {
      if (interruption.asked() || last?.run.reached() === false) return undefined;
      const run = await playAt(1000 / perSecond);
      if (interruption.asked()) return undefined;
      const step = stepOf(perSecond, run, plan.durationMs ?? 0);
      if (step.held) best = last;
      return step;
    });
  } else await playAt(plan.everyMs);
  const told = best ?? last;
  if (told === undefined) throw new Error('a ramp plays one rate at least');

  const { run, everyMs } = told;
  const figures = run.books.figures();
  const interrupted = interruption.asked();
  const seen =
    effects === undefined || interrupted || !run.reached()
      ? null
      : await checkEffects({
          ...effects,
          sampled: run.books.sampled(),
          oneIn: run.books.sampledOneIn(),
          templates,
        });
  const lost = seen?.lost ?? figures.requests - figures.ends.answered;
  return {
    schemaVersion: 1,
    tool: { name: 'hookproof', version: version() },
    seed,
    target: withoutPassword(plan.url),
    startedAt: startedAt.toISOString(),
    policy,
    events: plan.events,
    model: everyMs === undefined ? 'closed' : 'open',
    ratePerSecond: everyMs === undefined ? null : 1000 / everyMs,
    connections: plan.connections,
    pipelining: plan.pipelining,
    cramped: (last ?? told).run.wasCramped(),
    requests: figures.requests,
    tookMs: figures.tookMs,
    perSecond: figures.perSecond,
    latencyMs: figures.latencyMs,
    ends: figures.ends,
    statuses: figures.statuses,
    failures: failuresOf(figures),
    resent: figures.resent,
    late: figures.late,
    lost,
    effects: seen,
    window: await judgeWindow(figures, { policy, seed }),
    spans: run.books.spans(),
    ramp,
    interrupted,
    verdict: verdictOf(run, { figures, ramp, seen }),
  };
};

const stepOf = (perSecond: number, { books }: LoadRun, durationMs: number): RampStep => {
  const figures = books.figures();
  const { requests, latencyMs, tookMs } = figures;
  const failed = brokenIn(figures);
  const quickestMs = books.latencies().quantileMs(QUICKEST);
  const behindMs = Math.max(0, tookMs - durationMs - quickestMs);
  const held = failed * HELD_ONE_IN < requests && behindMs <= BEHIND_MAX * durationMs;
  return { perSecond, held, requests, failed, p99Ms: latencyMs.p99, behindMs };
};

/** What was not acknowledged in time, whatever the policy makes of it. */
const brokenIn = (figures: LoadFigures): number =>
  Object.values(failuresOf(figures)).reduce((sum, count) => sum + count, figures.late);

const verdictOf = (
  run: LoadRun,
  {
    figures,
    ramp,
    seen,
  }: { readonly figures: LoadFigures; readonly ramp: Ramp | null; readonly seen: Effects | null },
): LoadResult['verdict'] => {
  // Where nothing left, there is nothing that could have passed.
  if (!run.reached() || figures.requests === 0) return 'unreached';
  const hasBadEffects = seen !== null && seen.lost + seen.duplicated > 0;
  // A ramp is there to break the receiver: it has failed where no rate was held.
  const isBroken = ramp === null ? brokenIn(figures) > 0 : ramp.heldPerSecond === null;
  return isBroken || hasBadEffects ? 'failed' : 'passed';
};
