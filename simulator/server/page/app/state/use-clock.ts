import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Clock } from '../api/answers.js';

const TICK_MS = 1000;

/** The stand-in's time: that of a test stands still, a real one goes on by this machine's seconds. */
export const useClock = (clock: Clock | undefined): number => {
  const readAtMs = useMemo(() => performance.now(), [clock]);
  const isReal = clock?.kind === 'real';
  const [, setTicks] = useState(0);
  useEffect(() => {
    if (!isReal) return undefined;
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [isReal]);
  return (clock?.nowMs ?? 0) + (isReal ? performance.now() - readAtMs : 0);
};
