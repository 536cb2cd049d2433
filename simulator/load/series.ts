/** What happened second by second, in no more than so many rows: a long run gets longer spans. */
import { createHistogram } from './histogram.js';

/** A span of a run, with what happened in it. */
export interface LoadSpan {
  /** Milliseconds since the run began; and how long the span is. */
  readonly atMs: number;
  readonly spanMs: number;
  readonly requests: number;
  readonly failed: number;
  /** The highest of the seconds in it; null where nothing was answered. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
}

export interface Series {
  readonly record: (atMs: number, latencyMs: number, failed: boolean) => void;
  readonly spans: () => readonly LoadSpan[];
}

const SECOND_MS = 1000;
const SPANS_MAX = 600;

const higher = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

/** Every two spans as one. */
const halved = (spans: readonly LoadSpan[]): LoadSpan[] =>
  spans
    .filter((_, index) => index % 2 === 0)
    .map((one, index) => {
      const other = spans[2 * index + 1];
      if (other === undefined) return one;
      return {
        atMs: one.atMs,
        spanMs: one.spanMs + other.spanMs,
        requests: one.requests + other.requests,
        failed: one.failed + other.failed,
        p50Ms: higher(one.p50Ms, other.p50Ms),
        p99Ms: higher(one.p99Ms, other.p99Ms),
        maxMs: higher(one.maxMs, other.maxMs),
      };
    });

export const createSeries = (): Series => {
  const latencies = createHistogram();
  let closed: LoadSpan[] = [];
  let spanMs = SECOND_MS;
  let atMs = 0;
  let requests = 0;
  let failed = 0;

  const isBehind = (nowMs: number): boolean => nowMs >= atMs + spanMs;
  const current = (): LoadSpan => {
    const isEmpty = latencies.count() === 0;
    return {
      atMs,
      spanMs,
      requests,
      failed,
      p50Ms: isEmpty ? null : latencies.quantileMs(0.5),
      p99Ms: isEmpty ? null : latencies.quantileMs(0.99),
      maxMs: isEmpty ? null : latencies.maxMs(),
    };
  };
  const close = (): void => {
    closed.push(current());
    atMs += spanMs;
    requests = 0;
    failed = 0;
    latencies.clear();
    if (closed.length < SPANS_MAX) return;
    closed = halved(closed);
    spanMs *= 2;
  };

  return {
    record: (endedMs, latencyMs, isFailed) => {
      while (isBehind(endedMs)) close();
      requests += 1;
      if (isFailed) failed += 1;
      latencies.record(latencyMs);
    },
    spans: () => (requests === 0 ? closed : [...closed, current()]),
  };
};
