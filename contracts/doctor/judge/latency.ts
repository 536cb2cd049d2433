import type { Finding } from '../finding.js';
import type { Known, LatencySeen } from '../seen.js';
import { duration } from './words.js';
import { say } from '../../../language/say.js';

const medianOf = (samples: readonly number[]): number =>
  samples.toSorted((one, other) => one - other)[Math.floor(samples.length / 2)] ?? 0;

/** What never came took longer than anyone waited. */
const timesOf = ({ samplesMs }: LatencySeen): readonly number[] =>
  samplesMs.map((ms) => ms ?? Infinity);

const shown = (ms: number): string => (ms === Infinity ? say`no answer` : duration(ms));

export const judgeLatency = (seen: LatencySeen, { target }: Known): readonly Finding[] => {
  const times = timesOf(seen);
  const median = medianOf(times);
  const late = times.filter((ms) => ms > target.timeoutMs).length;
  const limit = duration(target.timeoutMs);
  const what = seen.genuine ? 'acknowledgements' : say`answers to a nonsense body`;
  const text = say`${what} took ${times.map(shown).join(', ')}`;
  const mend = say`keep the event and answer; do the work afterwards, from a queue`;
  if (median > target.timeoutMs) {
    return [
      {
        id: 'latency/too-slow',
        severity: 'blocks',
        title: say`the receiver answers later than ${limit}`,
        seen: text,
        why: say`Truora is thought to wait for ${limit} (INF): each attempt counts as failed and comes again, although the work was done`,
        mend,
      },
    ];
  }
  if (late > 0 || median > target.timeoutMs / 2) {
    return [
      {
        id: 'latency/slow',
        severity: 'warns',
        title:
          late > 0
            ? say`some answers come later than ${limit}`
            : say`the receiver takes more than half of ${limit}`,
        seen: text,
        why: say`under load, or on a bad day, attempts pass ${limit} (INF) and count as failed`,
        mend,
      },
    ];
  }
  return [];
};

export const describeLatency = (seen: LatencySeen, { target }: Known): string => {
  const times = timesOf(seen);
  const what = seen.genuine
    ? say`genuine deliveries`
    : say`nonsense bodies; genuine ones may take longer`;
  return say`median ${shown(medianOf(times))} of ${times.length} ${what} (limit ${duration(target.timeoutMs)})`;
};
