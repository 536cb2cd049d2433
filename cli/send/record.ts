/** What a run of send has done so far, as `--json` prints it. Neither the key nor a token is in it. */
import type { DeliveryClaims, DeliveryPolicy } from '../../simulator/index.js';

/** What the rule that disables a hook sees. */
export interface WindowFigures {
  readonly failed: number;
  readonly total: number;
  /** Failures in a row that would disable the hook; null where none would. */
  readonly headroom: number | null;
}

export interface SentAttempt {
  readonly attempt: number;
  /** RFC 3339, on the run's clock, when it ended. */
  readonly at: string;
  /** Milliseconds on the run's clock since the run began. */
  readonly atMs: number;
  readonly status: number | null;
  /** `refused`, `timeout`, `dns` …, where there was no answer. */
  readonly failure: string | null;
  readonly detail: string | null;
  /** The condition of the policy that made it fail; null where it did not. */
  readonly failed: string | null;
  readonly latencyMs: number;
  /** The beginning of the answer's body. */
  readonly body: string;
  readonly window: WindowFigures;
}

export interface NextAttempt {
  readonly attempt: number;
  /** RFC 3339, on the run's clock. */
  readonly at: string;
  /** Milliseconds on the run's clock from the attempt before. */
  readonly inMs: number;
}

export interface SentDelivery {
  readonly id: string;
  readonly name: string;
  readonly copyOf: string | null;
  readonly eventIds: readonly string[];
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: DeliveryClaims;
  readonly attempts: readonly SentAttempt[];
  /** `open`: not settled, because the run ended before or retries were not wished for. */
  readonly outcome: 'delivered' | 'exhausted' | 'dropped' | 'open';
  /** What would come next. */
  readonly next: NextAttempt | null;
}

export interface DisabledHook {
  readonly at: string;
  readonly atMs: number;
  readonly failed: number;
  readonly total: number;
}

export interface SendResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'hookproof'; readonly version: string };
  readonly seed: number;
  readonly target: string;
  readonly policy: DeliveryPolicy;
  /** How many times as fast as the wall's the run's clock went. */
  readonly speed: number;
  readonly deliveries: readonly SentDelivery[];
  readonly window: WindowFigures;
  /** When the rule disabled the hook, the first time; null while it has not. */
  readonly disabled: DisabledHook | null;
  readonly summary: {
    readonly planned: number;
    readonly delivered: number;
    readonly exhausted: number;
    readonly dropped: number;
    readonly open: number;
    readonly attempts: number;
    readonly interrupted: boolean;
    readonly verdict: 'delivered' | 'failed' | 'unreached';
  };
}

/** Where an attempt ended before a receiver had the request. */
const UNREACHED = new Set(['refused', 'dns', 'tls', 'connect-timeout']);

const isUnreached = ({ failure }: SentAttempt): boolean =>
  failure !== null && UNREACHED.has(failure);

export const summarise = (
  deliveries: readonly SentDelivery[],
  { planned, interrupted }: { readonly planned: number; readonly interrupted: boolean },
): SendResult['summary'] => {
  const count = (outcome: SentDelivery['outcome']): number =>
    deliveries.filter((one) => one.outcome === outcome).length;
  const attempts = deliveries.flatMap((one) => one.attempts);
  const delivered = count('delivered');
  return {
    planned,
    delivered,
    exhausted: count('exhausted'),
    dropped: count('dropped'),
    open: count('open'),
    attempts: attempts.length,
    interrupted,
    verdict:
      delivered === planned ? 'delivered' : attempts.every(isUnreached) ? 'unreached' : 'failed',
  };
};
