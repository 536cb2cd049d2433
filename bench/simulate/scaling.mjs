// How time grows with the number of events: the slope of its logarithm over that of the number.
import { interleave, judge, median } from '../measure.mjs';
import { createPlayer } from './candidates.mjs';
import { mixed, single } from './workload.mjs';

const SIZES = [10_000, 100_000, 1_000_000, 4_000_000];
const GOAL = 1.1;

/** The slope of the line of least squares. */
const slopeOf = (points) => {
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const meanX = mean(([x]) => x);
  const meanY = mean(([, y]) => y);
  return mean(([x, y]) => (x - meanX) * (y - meanY)) / mean(([x]) => (x - meanX) * (x - meanX));
};

const shapes = {
  'more events for one hook': (events) => single(events),
  'more accounts of one hook': (events) => mixed(events / 1000, 1000),
};

export const section = async ({ quick }) => {
  console.log('\nfrom 10,000 to 4,000,000 events');
  const player = createPlayer('ours');
  try {
    for (const [name, shape] of Object.entries(shapes)) {
      const candidates = SIZES.map((events) => [
        String(events),
        async () => (await player.play(shape(events - (events % 4000)), false)).ms,
      ]);
      const rounds = quick ? 3 : 7;
      const taken = await interleave(Object.fromEntries(candidates), {
        rounds,
        warmUps: 3,
        label: 'scaling:',
      });
      const points = SIZES.map((events) => [Math.log(events), Math.log(median(taken[events]))]);
      judge(`${name}: slope`, slopeOf(points), '<=', GOAL, '');
    }
  } finally {
    player.end();
  }
};
