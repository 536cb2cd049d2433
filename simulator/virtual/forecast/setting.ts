/** What a forecast is asked for, read and checked. */
import { describeValue } from '../../core/checks.js';
import { HookproofError } from '../../core/errors.js';
import { requireKnown } from '../../core/known-options.js';
import type { Names } from '../../core/known-options.js';
import type { DeliveryPolicy } from '../../core/policy.js';
import { choosePolicy } from '../compile.js';
import { durationPattern, formatTime, parseRate, parseTime, ratePattern } from '../units.js';
import type { ForecastOptions } from './options.js';
import { say } from '../../../language/say.js';

/** What all answers rest on. Times are in milliseconds. */
export interface Setting {
  readonly policy: DeliveryPolicy;
  readonly seed: number;
  readonly rate: string;
  /** Between two events, on average; not rounded. */
  readonly everyMs: number;
  readonly arrivals: 'constant' | 'poisson';
  readonly horizonMs: number;
  /** Replications of a simulated answer at the most, and attempts after which fewer will do. */
  readonly runs: number;
  readonly effort: number;
}

const optionNames: Names<ForecastOptions> = {
  rate: true,
  arrivals: true,
  events: true,
  rejects: true,
  policy: true,
  outage: true,
  horizon: true,
  runs: true,
  effort: true,
  seed: true,
  parts: true,
  between: true,
};

const DAY_MS = 86_400_000;
const EVENTS_MAX = 1_000_000;
const RUNS_MAX = 1_000_000;
const SEED_MAX = 2 ** 32 - 1;

const wrong = (option: string, expected: string, found: unknown): HookproofError =>
  new HookproofError(
    'invalid_argument',
    say`${option}: expected ${expected}, got ${describeValue(found)}`,
    say`correct ${option}`,
  );

/** Whole milliseconds above 0 of a duration as `90s`, or of a number of them. */
export const readDuration = (option: string, value: number | string): number => {
  const ms =
    typeof value === 'number' || durationPattern.test(value) ? parseTime(value) : Number.NaN;
  if (Number.isSafeInteger(ms) && ms > 0) return ms;
  throw wrong(option, say`a duration such as "25m" or "1h30m", above 0`, value);
};

const readWhole = (option: string, value: number, min: number, max: number): number => {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw wrong(option, say`a whole number from ${min} to ${max}`, value);
};

/** @throws {HookproofError} `invalid_argument` for the option that is wrong */
export const readSetting = (options: ForecastOptions): Setting => {
  requireKnown(options, optionNames);
  const { rate, arrivals = 'poisson', seed = 1, horizon = DAY_MS } = options;
  const policy = choosePolicy(options.policy);
  const everyMs = ratePattern.test(rate) ? parseRate(rate) : Number.NaN;
  if (!(everyMs > 0) || everyMs === Number.POSITIVE_INFINITY) {
    throw wrong('rate', say`a rate above 0 such as "10/min", "1/s" or "1/20min"`, rate);
  }
  const most = Math.ceil(policy.windowMs / everyMs);
  if (most > EVENTS_MAX) {
    const span = formatTime(policy.windowMs);
    throw wrong('rate', say`at most ${EVENTS_MAX} events in the window of ${span}`, rate);
  }
  if (!['constant', 'poisson'].includes(arrivals)) {
    throw wrong('arrivals', '"constant" or "poisson"', arrivals);
  }
  return {
    policy,
    seed: readWhole('seed', seed, 0, SEED_MAX),
    rate,
    everyMs,
    arrivals,
    horizonMs: readDuration('horizon', horizon),
    runs: readWhole('runs', options.runs ?? 400, 1, RUNS_MAX),
    effort: options.runs === undefined ? (options.effort ?? 6_000_000) : Number.POSITIVE_INFINITY,
  };
};
