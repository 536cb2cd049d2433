/** How far a run of load is, once a second. */
import type { LoadFigures } from '../../simulator/index.js';
import { createLiveLine } from '../live-line.js';
import { formatCount, formatMs } from './units.js';
import { say } from '../../language/say.js';

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
  const line = createLiveLine({ stream: options.stream, everyMs: 0 });
  const beganMs = performance.now();
  const timer = setInterval(() => {
    line.show(() => liveLine(options, performance.now() - beganMs));
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    line.clear();
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
    say`${formatCount(requests)} sent`,
    `${formatCount(perSecond)}/s`,
    `p50 ${formatMs(latencyMs.p50)} p99 ${formatMs(latencyMs.p99)}`,
    say`${formatCount(failed)} failed`,
    say`${leftSeconds} s left`,
  ].join('  ');
};
