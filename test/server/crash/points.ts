import { createRandom } from '../../../simulator/core/random.js';

/** CI runs the short form; HOOKPROOF_CRASH=full the long one. */
export const short = process.env['HOOKPROOF_CRASH'] !== 'full';

/** How many attempts there have been at each kill: spread at random, in order. */
export const createPoints = ({
  kills,
  below,
  seed,
}: {
  readonly kills: number;
  readonly below: number;
  readonly seed: number;
}): readonly number[] => {
  const random = createRandom(seed);
  process.stdout.write(`seed ${seed}\n`);
  return Array.from({ length: kills }, () => random.integer(1, Math.floor(below) - 1)).toSorted(
    (one, other) => one - other,
  );
};
