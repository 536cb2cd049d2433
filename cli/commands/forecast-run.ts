import { setImmediate } from 'node:timers/promises';
import { HookproofError, forecast } from '../../simulator/index.js';
import type { Forecast, ForecastOptions, ForecastProgress } from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import { readPolicy } from '../policy-choice.js';
import { createProgress } from '../progress.js';
import { formatForecasts } from './forecast-text.js';
import { say } from '../../language/say.js';

/** The options as commander hands them over. */
export interface ForecastFlags {
  readonly rate?: readonly string[];
  readonly arrivals: 'poisson' | 'constant';
  readonly events?: readonly string[];
  readonly rejects?: readonly string[];
  readonly policy: string;
  readonly outage?: string;
  readonly horizon: string;
  readonly runs?: number;
  readonly seed: number;
  readonly json: boolean;
}

const RATES = ['1/h', '1/min', '10/min', '100/min'];

/** Attempts for each figure of a table: its rows are there to be compared, at once. */
const EFFORT_OF_ROW = 2_000_000;

const BREATH_MS = 20;
const SILENT_MS = 1000;

/** `name` or `name=weight`; weights matter where one is given. */
const readMix = (events: readonly string[]): ForecastOptions['events'] => {
  if (!events.some((event) => event.includes('='))) return events;
  const weighted = events.map((event) => {
    const [, name = event, weight = '1'] = /^([^=]*)=(.*)$/.exec(event) ?? [];
    if (!/^\d+(?:\.\d+)?$/.test(weight)) {
      throw new HookproofError(
        'invalid_argument',
        say`--events ${event}: expected a number from 0 on as the weight`,
        say`write checks.finished=3`,
      );
    }
    return [name, Number(weight)] as const;
  });
  return Object.fromEntries(weighted);
};

/** Ctrl-C, or a request to end, as something to ask for: what was found by then is printed. */
const watchForEnd = (): { readonly isAsked: () => boolean; readonly stop: () => void } => {
  let isAsked = false;
  const ask = (): void => {
    isAsked = true;
  };
  process.once('SIGINT', ask);
  process.once('SIGTERM', ask);
  return {
    isAsked: () => isAsked,
    stop: () => {
      process.off('SIGINT', ask);
      process.off('SIGTERM', ask);
    },
  };
};

/** Runs `hookproof forecast` and tells its exit code. */
export const runForecast = async (flags: ForecastFlags): Promise<number> => {
  const rates = flags.rate === undefined || flags.rate.length === 0 ? RATES : flags.rate;
  const { arrivals, rejects, outage, horizon, runs, seed } = flags;
  const isTable = rates.length > 1;
  const asked = {
    arrivals,
    events: flags.events === undefined ? undefined : readMix(flags.events),
    rejects,
    policy: await readPolicy(flags.policy),
    outage,
    horizon,
    runs,
    seed,
    ...(isTable
      ? {
          effort: EFFORT_OF_ROW,
          parts: [
            'outage',
            'danger',
            'retries',
            ...(rejects === undefined ? [] : (['fluctuation'] as const)),
          ] as const,
        }
      : {}),
  };
  // What is wrong is said before the first figure is worked out.
  for (const rate of rates) await forecast({ ...asked, rate, parts: [] });
  const end = watchForEnd();
  const progress = createProgress(process.stderr, 'runs');
  const startedAtMs = performance.now();
  let heardAtMs = startedAtMs;
  const forecasts: Forecast[] = [];
  const between =
    (rate: string) =>
    async ({ done, total, part }: ForecastProgress): Promise<boolean> => {
      const nowMs = performance.now();
      if (nowMs - startedAtMs > SILENT_MS) progress.show(done, total, say`of ${part} at ${rate}`);
      if (nowMs - heardAtMs > BREATH_MS) {
        heardAtMs = nowMs;
        // Signals are heard only between turns of the event loop.
        await setImmediate();
      }
      return !end.isAsked();
    };
  try {
    for (const rate of rates) {
      const found = await forecast({ ...asked, rate, between: between(rate) });
      forecasts.push(found);
      if (!found.complete) break;
    }
  } finally {
    progress.clear();
    end.stop();
  }
  const complete = forecasts.length === rates.length && forecasts.every((one) => one.complete);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ schemaVersion: 1, complete, forecasts }, null, 2)}\n`
      : formatForecasts(forecasts),
  );
  if (complete) return exitCodes.passed;
  process.stderr.write(say`hookproof: interrupted; the figures are of the runs that were made\n`);
  return exitCodes.interrupted;
};
