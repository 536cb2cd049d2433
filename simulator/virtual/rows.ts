/** What a virtual run tells while it is played: a row for each attempt and each incident. */

/** What becomes of a delivery after an attempt. */
export type Next = 'delivered' | 'retry' | 'exhausted' | 'dropped';

/**
 * An attempt that has ended. The run keeps one such object and fills it anew: copy what is to
 * last. Instants are milliseconds from the scenario's time 0.
 */
export interface AttemptRow {
  startedAtMs: number;
  /** When it ended, which is when the window counts it. */
  atMs: number;
  /** Numbers into the plan's hooks, the account's events, the catalogue's pairs, the answers. */
  hook: number;
  event: number;
  pair: number;
  answer: number;
  /** From 1, within its delivery. */
  attempt: number;
  resend: boolean;
  failed: boolean;
  /** What the hook's window holds with it, and failures in a row that would trip the rule then. */
  windowFailed: number;
  windowTotal: number;
  headroom: number;
  next: Next;
  /** When the next attempt is due, where there is one. */
  retryAtMs: number;
}

/** What else happened to a hook or a receiver. */
export type Incident =
  | {
      readonly kind: 'disabled';
      readonly atMs: number;
      readonly hook: number;
      readonly reason: 'rule' | 'request' | 'account';
      readonly failed: number;
      readonly total: number;
    }
  | { readonly kind: 'enabled'; readonly atMs: number; readonly hook: number }
  | {
      readonly kind: 'mail';
      readonly atMs: number;
      readonly hook: number;
      readonly to: readonly string[];
    }
  | {
      /** `missed`: it happened while the hook was disabled. `dropped`: its retries were. */
      readonly kind: 'missed' | 'dropped';
      readonly atMs: number;
      readonly hook: number;
      readonly event: number;
      readonly pair: number;
    }
  | {
      readonly kind: 'polled';
      readonly atMs: number;
      readonly receiver: number;
      /** Events that it did not have, and those that it had and must discard. */
      readonly recovered: number;
      readonly duplicates: number;
    };

/** Who listens to a run. */
export interface RowSink {
  /** An attempt has ended. */
  readonly attempt: (row: Readonly<AttemptRow>) => void;
  /** Something else has happened. */
  readonly incident: (incident: Incident) => void;
}
