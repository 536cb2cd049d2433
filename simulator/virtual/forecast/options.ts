/** What a forecast may be asked. */
import type { PolicyChoice } from '../compile.js';

/** Which answers are worked out; the exact share that is fatal always is. */
export type ForecastPart = 'outage' | 'fluctuation' | 'danger' | 'retries';

/** How far a forecast is. */
export interface ForecastProgress {
  readonly part: ForecastPart;
  /** Replications or points of a curve: made, and to be made. */
  readonly done: number;
  readonly total: number;
}

/** What is asked of a forecast. */
export interface ForecastOptions {
  /** Events in a span of time: `10/min`, `1/s`, `1/20min`. */
  readonly rate: string;
  /** Even distances, or independent of each other. Default: 'poisson'. */
  readonly arrivals?: 'constant' | 'poisson' | undefined;
  /** The mix of events as in scenarios: a pattern, several alike, or weights by pattern. */
  readonly events?: string | readonly string[] | Readonly<Record<string, number>> | undefined;
  /** Patterns of events that the receiver always rejects. */
  readonly rejects?: string | readonly string[] | undefined;
  readonly policy?: PolicyChoice | undefined;
  /** An outage to be judged, in milliseconds or as `25m`. */
  readonly outage?: number | string | undefined;
  /** How far ahead is looked, in milliseconds or as `24h`, which is the default. */
  readonly horizon?: number | string | undefined;
  /**
   * Replications of each simulated answer. Default: 400, the fewest round number whose lowest and
   * highest bound the 1 % quantile at 95 % confidence; fewer where they would exceed `effort`.
   */
  readonly runs?: number | undefined;
  /** Attempts that are played for each answer before fewer runs will do. Default: 6 000 000. */
  readonly effort?: number | undefined;
  readonly seed?: number | undefined;
  /** Default: all. */
  readonly parts?: readonly ForecastPart[] | undefined;
  /** Called between replications; the forecast waits for it, and stops where it answers false. */
  readonly between?: ((progress: ForecastProgress) => Promise<boolean> | boolean) | undefined;
}
