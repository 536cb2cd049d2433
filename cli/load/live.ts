/** One line a second on a terminal; nothing where there is none. */
import type { LoadFigures } from '../../simulator/index.js';
import { formatCount, formatMs } from './units.js';

const EVERY_MS = 1000;

export interface LiveOptions {
  readonly figures: () => LoadFigures;
  /** What the run is bounded by; undefined where it is not. */
  readonly durationMs: number | undefined;
  readonly count: number | undefined;
  readonly stream?: NodeJS.WriteStream;
}

/** Shows how far a run is until the returned function is called. */
export const showLive = (options: LiveOptions): (() => void) => {
  const { stream = process.stderr } = options;
  if (!stream.isTTY) return () => undefined;
  const beganMs = performance.now();
  const timer = setInterval(() => {
    const line = liveLine(options, performance.now() - beganMs);
    stream.write(`\r\u001B[K${line.slice(0, (stream.columns || 80) - 1)}`);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    stream.write('\r\u001B[K');
  };
};

/** The line after so long. */
export const liveLine = (
  { figures, durationMs, count }: Omit<LiveOptions, 'stream'>,
  tookMs: number,
): string => {
  const { requests, latencyMs, failed } = figures();
  const perSecond = (1000 * requests) / tookMs;
  const byCountMs = count === undefined ? Infinity : (1000 * (count - requests)) / perSecond;
  const byTimeMs = durationMs === undefined ? Infinity : durationMs - tookMs;
  const leftSeconds = Math.max(0, Math.ceil(Math.min(byCountMs, byTimeMs) / 1000));
  return [
    `${Math.round(tookMs / 1000)} s`,
    `${formatCount(requests)} sent`,
    `${formatCount(perSecond)}/s`,
    `p50 ${formatMs(latencyMs.p50)} p99 ${formatMs(latencyMs.p99)}`,
    `${formatCount(failed)} failed`,
    `${leftSeconds} s left`,
  ].join('  ');
};
