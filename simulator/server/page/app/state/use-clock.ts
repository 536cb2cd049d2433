import { useEffect, useState } from 'preact/hooks';
import type { Clock } from '../api/answers.js';

const TICK_MS = 1000;

/** The stand-in's time: that of a test stands still, a real one goes on by this machine's seconds. */
export const useClock = (clock: Clock | undefined): number => {
  const [passedMs, setPassedMs] = useState(0);
  useEffect(() => {
    setPassedMs(0);
    if (clock?.kind !== 'real') return undefined;
    const startMs = performance.now();
    const timer = setInterval(() => setPassedMs(performance.now() - startMs), TICK_MS);
    return () => clearInterval(timer);
  }, [clock]);
  return (clock?.nowMs ?? 0) + passedMs;
};
