/** What a diagnosis comes to. */
import type { Snippet } from './judge/snippets.js';

/**
 * `blocks`: deliveries do not arrive, or must not be trusted. `warns`: some will fail, or will one
 * day. `note`: worth knowing, nothing to mend.
 */
export type Severity = 'blocks' | 'warns' | 'note';

/** One thing that stands between the sender and the receiver. */
export interface Finding {
  /** Stable: `<check>/<slug>`. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** What was seen, in the receiver's words where it had any. */
  readonly seen: string;
  /** Why it matters for Truora's deliveries. */
  readonly why: string;
  readonly mend: string;
  /** The mend as code, where it is code. */
  readonly code?: Snippet;
}

/** What became of a check: `silent` ones depend on one that blocks. */
export type CheckState = 'good' | 'blocks' | 'warns' | 'note' | 'silent' | 'not-judged';

/** What became of one check. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly state: CheckState;
  /** What was seen, in one line; why there is nothing to see for `silent` and `not-judged`. */
  readonly seen: string;
}

/** `unreachable`: no HTTP answer came at all. `broken`: something that answers blocks. */
export type DoctorVerdict = 'clear' | 'broken' | 'unreachable' | 'interrupted';

/** What was sent, so that a user can find it in the receiver's log and store. */
export interface Sent {
  readonly requests: number;
  /** Genuine deliveries among them, and the ids of their events. */
  readonly deliveries: number;
  readonly events: readonly string[];
}

/** One diagnosis; `schemaVersion` changes when the shape breaks. */
export interface DoctorResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'hookproof'; readonly version: string };
  /** Without the password that the URL may hold. */
  readonly target: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** How long the receiver was waited for; absent without `waitMs`. */
  readonly wait?: { readonly waitedMs: number; readonly ready: boolean };
  readonly timeoutMs: number;
  readonly verdict: DoctorVerdict;
  /** The cause first. */
  readonly findings: readonly Finding[];
  readonly checks: readonly CheckResult[];
  readonly sent: Sent;
}
