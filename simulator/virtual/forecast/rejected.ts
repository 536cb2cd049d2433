/** The share of rejected events at a mix, and whether it is fatal. */
import { HookproofError } from '../../core/errors.js';
import { matchAny } from '../patterns.js';
import { type Mix, weighMix } from '../traffic.js';
import type { ForecastOptions } from './options.js';
import type { ShareAnswer } from './share.js';
import { say } from '../../../language/say.js';

/** What the receiver of the question rejects. */
export interface Rejected {
  /** Of all events, at the mix that was asked for. */
  readonly share: number;
  /** Whether that disables the hook in the long run, whatever chance does. */
  readonly fatal: boolean;
}

/**
 * The share of what the receiver rejects; undefined where nothing was said of it.
 *
 * @throws {HookproofError} `invalid_argument` for a pattern that names no event
 */
export const rejectedShare = (options: ForecastOptions): number | undefined => {
  try {
    return shareOf(options);
  } catch (error) {
    if (!(error instanceof HookproofError)) throw error;
    // It was no scenario that was wrong.
    throw new HookproofError('invalid_argument', error.message, say`see 'hookproof list events'`);
  }
};

const shareOf = ({ events = '*', rejects }: ForecastOptions): number | undefined => {
  const { places, sums } = weighMix(events as Mix, ['events']);
  if (rejects === undefined) return undefined;
  const isRejected = matchAny(rejects, ['rejects']);
  const weights = sums.map((sum, index) => sum - (sums[index - 1] ?? 0));
  const total = sums.at(-1) ?? 1;
  const rejected = weights
    .filter((_, index) => isRejected[places[index] ?? 0] === true)
    .reduce((sum, weight) => sum + weight, 0);
  // Sums of thirds and sevenths are not exact: what is meant to be 40 % must not be a trifle more.
  return Math.round((1e9 * rejected) / total) / 1e9;
};

/** Judges the share: it has to be above the fatal one, not merely to reach it. */
export const judgeRejected = (
  share: number | undefined,
  { fatal }: ShareAnswer,
): Rejected | null =>
  share === undefined ? null : { share, fatal: fatal.value !== null && share > fatal.value };
