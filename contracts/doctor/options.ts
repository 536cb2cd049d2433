import type { KeyField } from '../runner/events.js';

/** How a receiver is looked at. */
export interface DoctorOptions {
  /** The signing key: the text, as Truora shows it. Without it nothing genuine is sent. */
  readonly key?: string;
  /** Whether genuine deliveries may be sent; default true. They take effect in the receiver. */
  readonly deliveries?: boolean;
  /** How long an answer may take, in milliseconds; default 3000 (an assumption, INF). */
  readonly timeoutMs?: number;
  /** Waits until the receiver is ready, in milliseconds at the most, and then looks. */
  readonly waitMs?: number;
  readonly contentType?: string;
  readonly idempotencyKey?: KeyField;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly insecure?: boolean;
  readonly allowedHosts?: readonly string[];
  readonly resolve?: Readonly<Record<string, string>>;
  /** Where proxy variables are looked for; default none. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly version?: string;
  /** Ends the diagnosis with what was found so far. */
  readonly signal?: AbortSignal;
  /** Told how long the receiver was waited for, after each try. */
  readonly onWait?: (waitedMs: number, waitMs: number) => void;
  /** Told which check is under way. */
  readonly onProgress?: (done: number, total: number, what: string) => void;
}
