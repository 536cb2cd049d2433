/** What a load run found, as `--report json` prints it. Neither the key nor a token is in it. */
import type { DeliveryPolicy, LoadFigures, LoadSpan } from '../../simulator/index.js';

/** What the probe saw of the deliveries that were looked for. */
export interface Effects {
  readonly checked: number;
  /** Of all deliveries, one in so many was looked for. */
  readonly oneIn: number;
  /** Deliveries without an effect, although a 2xx acknowledged them or nobody answered. */
  readonly lost: number;
  /** Deliveries with more than one effect. */
  readonly duplicated: number;
}

/** What the rule that disables a hook makes of it. */
export interface WindowVerdict {
  /** Attempts that the policy calls failed, of all. */
  readonly failed: number;
  readonly total: number;
  /** When it would have been disabled, were these its only deliveries; null if it would not. */
  readonly inRun: { readonly atMs: number; readonly failed: number; readonly total: number } | null;
  /**
   * When this share of failures, with the retries that follow, would disable a hook that was healthy
   * for a whole window before; played in virtual time. Null where nothing failed.
   */
  readonly forecast: {
    readonly disabledAfterMs: number | null;
    readonly lookedAheadMs: number;
    readonly playedPerSecond: number;
  } | null;
}

/**
 * One rate of a ramp: `held` where less than 1% of its deliveries failed or came late, and the
 * receiver kept up with it. One that falls behind leaves any timeout sooner or later.
 */
export interface RampStep {
  readonly perSecond: number;
  readonly held: boolean;
  readonly requests: number;
  readonly failed: number;
  readonly p99Ms: number;
  /** How much longer than its first deliveries its last ones waited. */
  readonly behindMs: number;
}

export interface Ramp {
  readonly steps: readonly RampStep[];
  /** The highest rate that was held, and the lowest that was not; null where there is none. */
  readonly heldPerSecond: number | null;
  readonly brokenPerSecond: number | null;
}

export interface LoadResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'hookproof'; readonly version: string };
  readonly seed: number;
  readonly target: string;
  readonly startedAt: string;
  readonly policy: DeliveryPolicy;
  readonly events: readonly string[];
  /** `closed`: each connection sends when it was answered; `open`: at a rate, come what may. */
  readonly model: 'closed' | 'open';
  readonly ratePerSecond: number | null;
  readonly connections: number;
  readonly pipelining: number;
  /** Whether deliveries were due while every connection was busy: more of them might have been in time. */
  readonly cramped: boolean;
  readonly requests: number;
  readonly tookMs: number;
  readonly perSecond: number;
  /** Of answers and of what was waited for in vain; in the open model from when each was due. */
  readonly latencyMs: LoadFigures['latencyMs'];
  /** Each request stands in one of them. */
  readonly ends: LoadFigures['ends'];
  readonly statuses: LoadFigures['statuses'];
  /** Requests without an answer by class, and `status`: answers outside 2xx. */
  readonly failures: Readonly<Record<string, number>>;
  /** Sent on connections that the receiver closed after an earlier answer; others went in their place. */
  readonly resent: number;
  /** Answers after the timeout. */
  readonly late: number;
  /**
   * Deliveries that left no trace: without a probe those that nobody answered, with one those that
   * were acknowledged or not answered, and had no effect (of those that were looked for).
   */
  readonly lost: number;
  readonly effects: Effects | null;
  readonly window: WindowVerdict;
  readonly spans: readonly LoadSpan[];
  readonly ramp: Ramp | null;
  readonly interrupted: boolean;
  readonly verdict: 'passed' | 'failed' | 'unreached';
}

/** The same classes as the figures', and answers outside 2xx as one more. */
export const failuresOf = ({ failures, statuses }: LoadFigures): Record<string, number> => {
  const outside = Object.entries(statuses)
    .filter(([status]) => !status.startsWith('2'))
    .reduce((sum, [, count]) => sum + count, 0);
  return { ...failures, ...(outside > 0 ? { status: outside } : {}) };
};
