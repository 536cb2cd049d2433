import type { InProcessTarget } from '../simulator/index.js';
import type { CountFunction } from './probe/function.js';
import type { StateFunction } from './probe/state.js';
import type { ReceiverControls } from './runner/case.js';
import type { Clock } from './runner/clock.js';
import type { KeyField } from './runner/events.js';
import type { ExpectedFailure } from './runner/expectations.js';
import type { RunOptions } from './runner/run.js';

/** How a receiver is verified: what its key is, where its effects show, and what may be done to it. */
export interface VerifyOptions {
  /** The signing key: the text, as Truora shows it. */
  readonly key: string;
  /** Where the effects show: a URL with placeholders, a command, or a function of yours. */
  readonly probe?: { readonly url: string } | { readonly command: string } | CountFunction;
  /** A JSONPath (RFC 9535) to the number, list or places to count in the probe's answer. */
  readonly probeCount?: string;
  /** How long effects may take to appear, in milliseconds; default 1000. */
  readonly probeSettleMs?: number;
  /**
   * Where a resource's final state shows: a JSONPath in the probe's answer, one in the answer of
   * another URL, or a function of yours.
   */
  readonly state?: string | { readonly path: string; readonly url: string } | StateFunction;
  /** A port for the receiver's outbound effects, so that some can be held, dropped or made to fail. */
  readonly sinkPort?: number;
  /** A port for Truora's API, which the receiver polls when `controls.poll` is called. */
  readonly apiPort?: number;
  /** The URL of a second instance of the receiver, on the same store. */
  readonly peer?: string;
  /** What can be done to the receiver: restart it, set its clock, and the like. */
  readonly controls?: ReceiverControls;
  /** Globs on case ids. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** `should` cases fail the run too. */
  readonly strict?: boolean;
  /** Slugs of the products that the receiver handles. */
  readonly products?: readonly string[];
  readonly contentType?: string;
  readonly idempotencyKey?: KeyField;
  /** Failures that are known and accepted until a day; one that does not happen fails the run. */
  readonly expectations?: readonly ExpectedFailure[];
  readonly seed?: number;
  /** Gives the events other ids, so that a run can be repeated on a store that remembers it. */
  readonly salt?: string;
  readonly concurrency?: number;
  /** How long an acknowledgement may take, in milliseconds; default 3000 (an assumption, INF). */
  readonly timeoutMs?: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly insecure?: boolean;
  readonly allowedHosts?: readonly string[];
  readonly resolve?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /**
   * Ends a run early: what is under way ends, nothing further is begun, and what was not sent is
   * inconclusive. One that was aborted before makes the call reject with its reason.
   */
  readonly signal?: AbortSignal;
  readonly version?: string;
  /** The command that plays a case again, for the report. */
  readonly reproduce?: (caseId: string) => string;
  /** Told of each case that has ended. */
  readonly onProgress?: RunOptions['onProgress'];
  /** Told of each request that has ended. */
  readonly onAttempt?: RunOptions['onAttempt'];
}

/**
 * A receiver: its URL, a `(Request) => Response` handler, a Node handler as `{ node }`, or an AWS
 * Lambda function as `{ lambda }`.
 */
export type Target = string | InProcessTarget;
