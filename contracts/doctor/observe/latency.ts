import type { LatencySeen, Reply, RouteSeen } from '../seen.js';
import type { Bench } from './bench.js';

const SAMPLES = 5;
/** A slow receiver is known for slow after fewer samples. */
const BUDGET_MS = 8000;

/** How long acknowledgements take: of genuine deliveries, or else of refusals. */
export const observeLatency = async (
  bench: Bench,
  { junk, genuine }: RouteSeen,
): Promise<LatencySeen> => {
  const replies: Reply[] = [genuine ?? junk];
  const startedAt = performance.now();
  while (replies.length < SAMPLES && performance.now() - startedAt < BUDGET_MS) {
    replies.push(genuine === undefined ? await bench.post() : await bench.deliver());
  }
  return {
    genuine: genuine !== undefined,
    samplesMs: replies.map(({ status, latencyMs }) =>
      status === undefined ? undefined : latencyMs,
    ),
    statuses: replies.map(({ status }) => status),
  };
};
