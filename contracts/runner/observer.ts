import { HookproofError, resourceIdOf } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { takes } from '../probe/probe.js';
import type { Probe, ProbeAnswer, ProbeQuery } from '../probe/probe.js';
import type { StateReader } from '../probe/state.js';
import type { Clock } from './clock.js';
import { keysOf } from './events.js';
import type { Limit } from './limit.js';

/** Counts effects, and knows how long to wait before a count means something. */
export interface Observer {
  /** The probe's whole answer, now. Rejects where it fails. */
  readonly ask: (event: TruoraEvent) => Promise<ProbeAnswer>;
  /** Whether the probe can be asked for this event. */
  readonly takes: (event: TruoraEvent) => boolean;
  /** Whether the probe answers for this event; that it fails is no problem of the run yet. */
  readonly answersFor: (event: TruoraEvent) => Promise<boolean>;
  /** The effects of an event now; undefined when they cannot be seen. */
  readonly countNow: (event: TruoraEvent) => Promise<number | undefined>;
  /** The same after the settle window. */
  readonly countSettled: (event: TruoraEvent) => Promise<number | undefined>;
  /**
   * Polls until the event has an effect, `patienceMs` at the longest; tells whether it was seen.
   * A receiver with a backlog gets three times the settle time by default.
   */
  readonly untilSeen: (event: TruoraEvent, patienceMs?: number) => Promise<boolean>;
  /** Takes note of how long an effect took to appear. */
  readonly learn: (latencyMs: number) => void;
  /** How long to wait before a count is believed, by what was measured so far. */
  readonly settleMs: () => number;
  /** How long effects may take at most, as the user promised. */
  readonly settleMaxMs: number;
  /** Whether the run has a place where states show. */
  readonly showsStates: boolean;
  /** The state of the event's resource, as JSON; undefined where none is shown. */
  readonly stateOf: (event: TruoraEvent) => Promise<string | undefined>;
  /** The first failure of the probe, if there was one. */
  readonly problem: () => HookproofError | undefined;
}

/** The settle window is at least this, and five times the slowest effect that was measured. */
const SETTLE_MIN_MS = 500;
const SETTLE_FACTOR = 5;
/** A probe that gave no answer for so long, so often in a row, is asked one question at a time. */
const HUNG_MS = 5000;
const HUNG_MOST = 8;
/** A receiver that works through a backlog is waited for this many times the settle time. */
const PATIENCE_FACTOR = 3;

export const createObserver = (options: {
  readonly probe: Probe | undefined;
  readonly state?: StateReader | undefined;
  readonly clock: Clock;
  /** The longest that effects may take to appear, as the user promised it. */
  readonly settleMaxMs: number;
  readonly limit: Limit;
}): Observer => {
  const { probe, clock, limit } = options;
  let slowestMs = 0;
  let problem: HookproofError | undefined;
  let hung = 0;
  let underWay = 0;
  const settleMs = (): number =>
    Math.min(options.settleMaxMs, Math.max(SETTLE_MIN_MS, SETTLE_FACTOR * slowestMs));
  const ask: Observer['ask'] = async (event) => {
    if (probe === undefined) throw new Error('no probe to ask');
    return limit(async () => probe.ask(queryFor(event)));
  };
  const countNow: Observer['countNow'] = async (event) => {
    if (probe === undefined || !takes(probe, queryFor(event))) return undefined;
    return limit(async () => {
      if (hung >= HUNG_MOST && underWay > 0) return undefined;
      const askedAtMs = clock.nowMs();
      underWay++;
      try {
        const { effects } = await probe.ask(queryFor(event));
        hung = 0;
        return effects;
      } catch (error) {
        if (!(error instanceof HookproofError)) throw error;
        problem ??= error;
        hung = clock.nowMs() - askedAtMs >= HUNG_MS ? hung + 1 : 0;
        return undefined;
      } finally {
        underWay--;
      }
    });
  };
  return {
    ask,
    takes: (event) => probe === undefined || takes(probe, queryFor(event)),
    answersFor: async (event) => {
      if (probe === undefined) return true;
      try {
        await ask(event);
        return true;
      } catch (error) {
        if (!(error instanceof HookproofError)) throw error;
        return false;
      }
    },
    countNow,
    countSettled: async (event) => {
      if (probe === undefined) return undefined;
      await clock.wait(settleMs());
      return countNow(event);
    },
    untilSeen: async (event, patienceMs = PATIENCE_FACTOR * options.settleMaxMs) => {
      if (probe === undefined) return false;
      const giveUpAt = clock.nowMs() + patienceMs;
      for (let pauseMs = 5; ; pauseMs = Math.min(100, pauseMs * 2)) {
        const count = await countNow(event);
        if (count === undefined) return false;
        if (count > 0) return true;
        if (clock.nowMs() >= giveUpAt) return false;
        await clock.wait(pauseMs);
      }
    },
    learn: (latencyMs) => {
      slowestMs = Math.max(slowestMs, latencyMs);
    },
    settleMs,
    settleMaxMs: options.settleMaxMs,
    showsStates: options.state !== undefined,
    stateOf: async (event) => {
      try {
        return await options.state?.(queryFor(event));
      } catch (error) {
        if (!(error instanceof HookproofError)) throw error;
        problem ??= error;
        return undefined;
      }
    },
    problem: () => problem,
  };
};

const queryFor = (event: TruoraEvent): ProbeQuery => ({
  event,
  keys: keysOf(event),
  resourceId: resourceIdOf(event),
});
