/** What a hook withstands at a rate: four answers, exact where they can be. */
import type { DeliveryPolicy } from '../../core/policy.js';
import { describePolicy } from '../sentence.js';
import { type DangerAnswer, answerDanger } from './danger.js';
import { type FluctuationAnswer, answerFluctuation, playFluctuation } from './fluctuation.js';
import type { ForecastOptions, ForecastPart } from './options.js';
import { type OutageAnswer, answerOutage, playEven, playPoisson } from './outage.js';
import { type Rejected, judgeRejected, rejectedShare } from './rejected.js';
import type { Replications } from './replicate.js';
import { type RetriesAnswer, answerRetries } from './retries.js';
import { type Setting, readDuration, readSetting } from './setting.js';
import { type ShareAnswer, answerShare } from './share.js';

/**
 * What is foretold of a hook at a rate: plain data, the same after a trip through JSON. Times are
 * in milliseconds, shares and probabilities from 0 to 1. Answers that were not asked for are null,
 * and those that were not reached where it was stopped.
 */
export interface Forecast {
  readonly schemaVersion: 1;
  /** The reading of the rules, by its name or by the fields in which it differs, and in full. */
  readonly policyName: string;
  readonly policy: DeliveryPolicy;
  readonly rate: string;
  readonly arrivals: 'constant' | 'poisson';
  readonly seed: number;
  readonly horizonMs: number;
  /** False if it was stopped: figures then rest on the runs that were made. */
  readonly complete: boolean;
  readonly outage: OutageAnswer | null;
  readonly share: ShareAnswer;
  /** What the receiver rejects, where that was said. */
  readonly rejected: Rejected | null;
  readonly fluctuation: FluctuationAnswer | null;
  readonly danger: DangerAnswer | null;
  readonly retries: RetriesAnswer | null;
}

/** Where a hook tolerates more, retries are told of an outage of an hour. */
const RETRIES_AFTER_MS = 3_600_000;

const ALL: readonly ForecastPart[] = ['outage', 'danger', 'retries', 'fluctuation'];

/** What even traffic tolerates at its worst, and where such traffic begins. */
const worstOf = (
  values: readonly (number | null)[],
  begins: readonly number[],
): { readonly fromMs: number; readonly endMs: number | null } => {
  const ends = values.map((value) => value ?? Number.POSITIVE_INFINITY);
  const endMs = Math.min(...ends);
  const fromMs = begins[ends.indexOf(endMs)] ?? 0;
  return { fromMs, endMs: Number.isFinite(endMs) ? endMs : null };
};

/** Asks between replications whether to go on, and remembers a no. */
const createGuard = ({
  between,
}: ForecastOptions): {
  readonly isOn: () => boolean;
  readonly during: (part: ForecastPart) => (done: number, total: number) => Promise<boolean>;
} => {
  let isOn = true;
  return {
    isOn: () => isOn,
    during: (part) => async (done, total) => {
      if (isOn) isOn = (await between?.({ part, done, total })) ?? true;
      return isOn;
    },
  };
};

/**
 * Foretells what a hook withstands. Chance is seeded, and nothing is waited for: the same options
 * give the same forecast. It is played on the engine of `simulate`, with answers that take no time.
 *
 * @throws {HookproofError} `invalid_argument` for an option, and for events that are none
 */
export const forecast = async (options: ForecastOptions): Promise<Forecast> => {
  const setting = readSetting(options);
  const { policy, rate, arrivals, seed, horizonMs } = setting;
  const askedMs = options.outage === undefined ? undefined : readDuration('outage', options.outage);
  const askedShare = rejectedShare(options);
  const share = answerShare(policy);
  const parts = options.parts ?? ALL;
  const guard = createGuard(options);
  const wants = (part: ForecastPart): boolean => parts.includes(part) && guard.isOn();

  const needsEven =
    (parts.includes('outage') && arrivals === 'constant') ||
    parts.includes('danger') ||
    parts.includes('retries');
  const even = needsEven
    ? await playEven(setting, guard.during('outage'))
    : { values: [], begins: [] };
  const { fromMs, endMs } = worstOf(even.values, even.begins);
  let outage: OutageAnswer | null = null;
  if (parts.includes('outage')) {
    let ends: Pick<Replications<number | null>, 'values'> = even;
    if (arrivals === 'poisson') {
      ends = guard.isOn() ? await playPoisson(setting, guard.during('outage')) : { values: [] };
    }
    outage = answerOutage(setting, ends, askedMs);
  }
  // What varies little needs fewer runs.
  const lighter = { ...setting, effort: setting.effort / 2 };
  const danger =
    wants('danger') && endMs !== null && endMs > 0
      ? await answerDanger(lighter, fromMs, endMs, guard.during('danger'))
      : null;
  const retries = wants('retries')
    ? await retriesAfter(lighter, { fromMs, endMs, outage, askedMs }, guard.during('retries'))
    : null;
  const fluctuation = wants('fluctuation')
    ? answerFluctuation(await playFluctuation(setting, guard.during('fluctuation')), askedShare)
    : null;
  return {
    schemaVersion: 1,
    policyName: describePolicy(policy),
    policy,
    rate,
    arrivals,
    seed,
    horizonMs,
    complete: guard.isOn(),
    outage,
    share,
    rejected: judgeRejected(askedShare, share),
    fluctuation,
    danger,
    retries,
  };
};

interface Known {
  readonly fromMs: number;
  readonly endMs: number | null;
  readonly outage: OutageAnswer | null;
  readonly askedMs: number | undefined;
}

/** Retries after the outage that was asked for, or after the longest that most hooks survive. */
const retriesAfter = async (
  setting: Setting,
  { fromMs, endMs, outage, askedMs }: Known,
  between: (done: number, total: number) => Promise<boolean>,
): Promise<RetriesAnswer | null> => {
  const toleratedMs =
    setting.arrivals === 'poisson' && outage !== null
      ? (outage.tolerated[0]?.ms.value ?? null)
      : endMs;
  const outageMs = askedMs ?? Math.min(toleratedMs ?? RETRIES_AFTER_MS, RETRIES_AFTER_MS);
  return answerRetries(setting, fromMs, outageMs, between);
};
