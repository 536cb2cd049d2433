/** What the pictures are drawn from: plain data, the same after a trip through JSON. */
import type { LedgerRow } from '../ledger.js';
import type { Bucket } from './buckets.js';

/** One way in which attempts ended; `failed` as the policy judges it. */
export interface Outcome {
  readonly label: string;
  readonly failed: boolean;
}

/**
 * A span in which a hook was disabled; where there were too many, several that lay near each other.
 * Instants are milliseconds from the scenario's time 0.
 */
export interface Span {
  readonly fromMs: number;
  /** When it was enabled again; null if it never was. */
  readonly untilMs: number | null;
  /** Milliseconds of it in which the hook was disabled: all, unless it is several. */
  readonly disabledMs: number;
  /** How often the hook was disabled in it. */
  readonly times: number;
  /** Of the first time. */
  readonly reason: 'rule' | 'request' | 'account';
  /** What the window held: failed ones, and all that counted. */
  readonly failed: number;
  readonly total: number;
  /** Who got an e-mail. */
  readonly mailed: readonly string[];
}

/** A receiver that asked GET /events. */
export interface Poll {
  readonly atMs: number;
  readonly account: number;
  readonly receiver: string;
  readonly recovered: number;
  readonly duplicates: number;
}

export interface HookTimeline {
  readonly hook: string;
  readonly account: number;
  /** Those that occurred; first those that did not fail, the most frequent first. */
  readonly outcomes: readonly Outcome[];
  /** In time order; a bucket in which nothing happened is left out. */
  readonly buckets: readonly Bucket[];
  readonly spans: readonly Span[];
  readonly polls: readonly Poll[];
  readonly pollsLeftOut: number;
  /** In time order; some may be left out: those after the first ones that are near no disabling. */
  readonly rows: readonly LedgerRow[];
  readonly rowsLeftOut: number;
}

/** A run of several hooks. */
export interface Timeline {
  readonly fromMs: number;
  readonly untilMs: number;
  /** How wide the buckets are, in milliseconds. */
  readonly bucketMs: number;
  readonly hooks: readonly HookTimeline[];
  readonly hooksLeftOut: number;
}
