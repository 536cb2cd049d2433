/** Which share of rejected events disables the hook by chance, within the horizon. */
import { sampled } from './distribution.js';
import type { Figure } from './figure.js';
import { playOut } from './play-out.js';
import { type Found, type ReplicateOptions, type Replications, replicate } from './replicate.js';
import { lastWhere } from './search.js';
import type { Setting } from './setting.js';
import { chanceBegin } from './tolerance.js';

/** The probability that such a share of rejected events disables the hook within the horizon. */
export interface ShareRisk {
  readonly share: number;
  readonly disables: Figure;
}

/**
 * What a share does within the horizon, where chance picks the events that are rejected. Windows
 * are small where traffic is, so a share below the fatal one is enough now and then.
 */
export interface FluctuationAnswer {
  /** The share at which the hook is disabled with such a probability; null where none is enough. */
  readonly shares: readonly { readonly probability: number; readonly share: Figure }[];
  readonly curve: readonly ShareRisk[];
  /** Of the share that was asked for. */
  readonly asked: ShareRisk | null;
}

/** Shares are told to a thousandth. */
const STEPS = 1000;
const POINTS = 40;

/**
 * The largest share, in thousandths, that does not disable the hook in one replication, by
 * bisection. Each event draws one number, whatever the share, and is rejected where it is below: a
 * larger share rejects the same events and others, which adds failures and takes successes away, so
 * it disables the hook whenever a smaller one does.
 */
const largestSteps = (setting: Setting, number: number, guess: number): Found<number | null> => {
  let attempts = 0;
  const fromMs = chanceBegin(setting, number);
  const survives = (steps: number): boolean => {
    const played = playOut(setting, {
      number,
      fromMs,
      receiver: [{ kind: 'failing', share: `${steps}/${STEPS}`, from: 0 }],
      untilMs: setting.horizonMs,
    });
    attempts += played.attempts;
    return played.disabledAtMs === null;
  };
  const value = survives(STEPS) ? null : lastWhere(survives, 0, STEPS, guess);
  return { value, attempts };
};

export const playFluctuation = async (
  setting: Setting,
  between: ReplicateOptions['between'],
): Promise<Replications<number | null>> => {
  // Where the search begins: it decides how long it takes, not what it finds.
  let guess = STEPS / 4;
  return replicate({ ...setting, between }, (number) => {
    const { value, attempts } = largestSteps(setting, number, guess);
    guess = value ?? guess;
    return { value: value === null ? null : value / STEPS, attempts };
  });
};

/** Says of the largest shares that were found what a share does; null if none was. */
export const answerFluctuation = (
  { values }: Pick<Replications<number | null>, 'values'>,
  askedShare: number | undefined,
): FluctuationAnswer | null => {
  if (values.length === 0) return null;
  const distribution = sampled(values);
  const riskOf = (share: number): ShareRisk => ({ share, disables: distribution.below(share) });
  const low = distribution.quantile(0.01).value ?? 0;
  const high = distribution.quantile(0.99).value ?? 1;
  const margin = Math.max(0.01, (high - low) / 8);
  const from = Math.max(0, low - margin);
  const step = (Math.min(1, high + margin) - from) / (POINTS - 1);
  const points = Array.from({ length: POINTS }, (_, point) => from + point * step);
  return {
    shares: [0.01, 0.5].map((probability) => ({
      probability,
      share: distribution.quantile(probability),
    })),
    curve: points.map((share) => riskOf(Math.round(share * STEPS) / STEPS)),
    asked: askedShare === undefined ? null : riskOf(askedShare),
  };
};
