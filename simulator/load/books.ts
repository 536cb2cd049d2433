/** What came of every request, in memory that does not grow with their number. */
import { failedUnder } from '../core/outcome.js';
import type { DeliveryPolicy } from '../core/policy.js';
import { type Histogram, createHistogram } from './histogram.js';
import { type Judge, type Tripped, createJudge } from './judge.js';
import { type LoadEnd, type LoadFailure, loadFailures, outcomeOfFailure } from './outcomes.js';
import { type Sample, type SampledDelivery, createSample } from './sample.js';
import { type LoadSpan, type Series, createSeries } from './series.js';

/** Latencies in milliseconds, to the end of the answer; 0 where there was none. */
export interface Latencies {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** The state of a run. Every request stands once in `ends`, and once in `statuses` or `failures`. */
export interface LoadFigures {
  readonly requests: number;
  /** Milliseconds from the first request to the last end. */
  readonly tookMs: number;
  readonly perSecond: number;
  readonly latencyMs: Latencies;
  readonly ends: Readonly<Record<LoadEnd, number>>;
  /** Answers by status; only those that occurred. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly failures: Readonly<Partial<Record<LoadFailure, number>>>;
  /** Answers that came later than the timeout, counted from when their request was due. */
  readonly late: number;
  /** Attempts that the policy calls failed. */
  readonly failed: number;
  /**
   * Sent on connections that the receiver then closed after an earlier answer, without having said so:
   * others went in their place, so that they are none of the requests.
   */
  readonly resent: number;
  readonly tripped: Tripped | null;
}

export interface Books {
  readonly answered: (number: number, dueMs: number, endedMs: number, status: number) => void;
  readonly failed: (
    number: number,
    dueMs: number,
    endedMs: number,
    failure: LoadFailure,
    end: Exclude<LoadEnd, 'answered'>,
  ) => void;
  /** One was sent in vain, and another goes in its place. */
  readonly resent: () => void;
  readonly figures: () => LoadFigures;
  readonly spans: () => readonly LoadSpan[];
  readonly latencies: () => Histogram;
  /** Some of the deliveries, or all: {@link Sample}. */
  readonly sampled: () => readonly SampledDelivery[];
  readonly sampledOneIn: () => number;
}

const STATUSES = 1000;
const SAMPLE_MAX = 1024;

/** Times are those of a monotonic clock; `beganMs` is when the run began. */
export const createBooks = (policy: DeliveryPolicy, beganMs: number): Books => {
  const statuses = new Float64Array(STATUSES);
  const failures = new Float64Array(loadFailures.length);
  const latencies = createHistogram();
  const judge: Judge = createJudge(policy);
  const series: Series = createSeries();
  const sample: Sample = createSample(SAMPLE_MAX);
  const failsByStatus = Uint8Array.from({ length: STATUSES }, (_, status) =>
    failedUnder(policy, { kind: 'response', status, redirects: 0 }) === undefined ? 0 : 1,
  );
  const failsByClass = loadFailures.map(
    (failure) => failedUnder(policy, outcomeOfFailure(failure)) !== undefined,
  );
  const lateFails = policy.failureConditions.includes('timeout');
  let answered = 0;
  let unwritten = 0;
  let unknown = 0;
  let late = 0;
  let failedCount = 0;
  let resent = 0;
  let lastMs = beganMs;

  const note = (endedMs: number, latencyMs: number, isFailed: boolean): void => {
    if (endedMs > lastMs) lastMs = endedMs;
    if (isFailed) failedCount += 1;
    judge.count(endedMs - beganMs, isFailed);
    series.record(endedMs - beganMs, latencyMs, isFailed);
  };

  return {
    answered: (number, dueMs, endedMs, status) => {
      const latencyMs = endedMs - dueMs;
      const isLate = latencyMs > policy.timeoutMs;
      answered += 1;
      statuses[status] = (statuses[status] as number) + 1;
      if (isLate) late += 1;
      latencies.record(latencyMs);
      note(endedMs, latencyMs, failsByStatus[status] === 1 || (isLate && lateFails));
      sample.add(number, true, status >= 200 && status <= 299);
    },
    failed: (number, dueMs, endedMs, failure, end) => {
      const place = loadFailures.indexOf(failure);
      failures[place] = (failures[place] as number) + 1;
      if (end === 'unwritten') unwritten += 1;
      else unknown += 1;
      // What was waited for in vain was slow: to leave it out would flatter the receiver.
      if (failure === 'timeout' || failure === 'unsent') latencies.record(endedMs - dueMs);
      note(endedMs, endedMs - dueMs, failsByClass[place] === true);
      sample.add(number, false, false);
    },
    resent: () => {
      resent += 1;
    },
    figures: () => {
      const requests = answered + unwritten + unknown;
      const tookMs = lastMs - beganMs;
      return {
        requests,
        tookMs,
        perSecond: tookMs > 0 ? (1000 * requests) / tookMs : 0,
        latencyMs: {
          p50: latencies.quantileMs(0.5),
          p90: latencies.quantileMs(0.9),
          p99: latencies.quantileMs(0.99),
          p999: latencies.quantileMs(0.999),
          max: latencies.maxMs(),
        },
        ends: { answered, unwritten, unknown },
        statuses: Object.fromEntries([...statuses.entries()].filter(([, count]) => count > 0)),
        failures: Object.fromEntries(
          loadFailures
            .map((failure, place) => [failure, failures[place] ?? 0] as const)
            .filter(([, count]) => count > 0),
        ),
        late,
        failed: failedCount,
        resent,
        tripped: judge.tripped(),
      };
    },
    spans: series.spans,
    latencies: () => latencies,
    sampled: sample.deliveries,
    sampledOneIn: sample.oneIn,
  };
};
