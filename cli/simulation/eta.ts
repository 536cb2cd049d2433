/** How far a simulation is, and about how long it still takes: one line on a terminal. */
import type { SimulationProgress } from '../../simulator/index.js';
import { createProgress } from '../progress.js';
import { say } from '../../language/say.js';

/** Shorter runs are over before anybody has read it. */
const QUIET_MS = 300;

export interface Eta {
  readonly show: (progress: Pick<SimulationProgress, 'share' | 'attempts'>) => void;
  readonly clear: () => void;
}

export const createEta = (): Eta => {
  const progress = createProgress(process.stderr, say`% played`);
  const startedAtMs = performance.now();
  return {
    show: ({ share, attempts }) => {
      const tookMs = performance.now() - startedAtMs;
      if (tookMs < QUIET_MS || share === 0) return;
      const leftSeconds = Math.ceil((tookMs * (1 - share)) / share / 1000);
      const done = Math.min(100, Math.floor(100 * share));
      progress.show(done, 100, say`${attempts} attempts, about ${leftSeconds} s left`);
    },
    clear: progress.clear,
  };
};
