import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './observe/bench.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;

/**
 * Waits until a receiver is ready: a genuine delivery is answered 2xx, or, where none may be sent, a
 * nonsense POST is answered at all. The delivery is the same event each time, as in retries.
 */
export const waitUntilReady = async (
  bench: Bench,
  {
    waitMs,
    signal,
    onWait,
  }: {
    readonly waitMs: number;
    readonly signal: AbortSignal;
    readonly onWait: (waitedMs: number) => void;
  },
): Promise<{ readonly waitedMs: number; readonly ready: boolean }> => {
  const startedAt = performance.now();
  const event = bench.event();
  const isReady = async (): Promise<boolean> => {
    const { status = 0 } = bench.target.delivers
      ? await bench.deliver({ event })
      : await bench.post();
    return bench.target.delivers ? status >= 200 && status < 300 : status > 0;
  };
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5)) {
    const ready = await isReady();
    const waitedMs = performance.now() - startedAt;
    if (ready || waitedMs >= waitMs || signal.aborted) {
      return { waitedMs: Math.round(waitedMs), ready };
    }
    onWait(waitedMs);
    await sleep(Math.min(pauseMs, waitMs - waitedMs), undefined, { signal }).catch(() => undefined);
  }
};
