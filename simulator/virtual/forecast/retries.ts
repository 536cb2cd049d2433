/** What comes after a recovery, all at once: retries of what failed during the outage. */
import { sampled } from './distribution.js';
import { type Figure, exactly, probabilityOf } from './figure.js';
import { downDuring, playOut } from './play-out.js';
import { type Found, type ReplicateOptions, replicate } from './replicate.js';
import type { Setting } from './setting.js';
import { attemptOffsets } from './share.js';
import { chanceBegin } from './tolerance.js';

/** The thundering retry. Figures of Poisson traffic are medians over runs that the hook survived. */
export interface RetriesAnswer {
  readonly outageMs: number;
  /** The probability that the outage disables the hook: then nothing may come at all. */
  readonly disables: Figure;
  /** Retries after the recovery. Each succeeds, so each is of another event. */
  readonly retries: Figure;
  /** Attempts of both kinds in the second and in the minute in which there are most. */
  readonly perSecondMost: Figure;
  readonly perMinuteMost: Figure;
  /** Events in a minute, on average. */
  readonly perMinuteNormal: number;
  /** When the last retry comes, from the recovery on. */
  readonly lastAfterMs: Figure;
}

interface Wave {
  readonly retries: number;
  readonly perSecondMost: number;
  readonly perMinuteMost: number;
  readonly lastAfterMs: number;
}

/** The most instants of a sorted list in a span of such a length, its end excluded. */
const mostWithin = (instants: readonly number[], spanMs: number): number => {
  let most = 0;
  let first = 0;
  for (const [index, atMs] of instants.entries()) {
    while ((instants[first] ?? atMs) <= atMs - spanMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
};

const playWave = (
  setting: Setting,
  number: number,
  fromMs: number,
  outageMs: number,
): Found<Wave | null> => {
  const instants: number[] = [];
  let retries = 0;
  let lastMs = outageMs;
  let isDisabled = false;
  const offsets = attemptOffsets(setting.policy);
  const { attempts } = playOut(
    setting,
    {
      number,
      fromMs,
      receiver: downDuring({ fromMs: 0, untilMs: outageMs }),
      untilMs: outageMs + (offsets.at(-1) ?? 0),
    },
    {
      attempt: ({ startedAtMs, attempt }) => {
        if (startedAtMs < outageMs) return;
        instants.push(startedAtMs);
        if (attempt === 1) return;
        retries += 1;
        lastMs = startedAtMs;
      },
      incident: ({ kind }) => {
        if (kind === 'disabled') isDisabled = true;
      },
    },
  );
  const wave = {
    retries,
    perSecondMost: mostWithin(instants, 1000),
    perMinuteMost: mostWithin(instants, 60_000),
    lastAfterMs: lastMs - outageMs,
  };
  return { value: isDisabled ? null : wave, attempts };
};

/** Plays an outage and what comes after it; null where it was stopped before anything was found. */
export const answerRetries = async (
  setting: Setting,
  evenFromMs: number,
  outageMs: number,
  between: ReplicateOptions['between'],
): Promise<RetriesAnswer | null> => {
  const isEven = setting.arrivals === 'constant';
  const runs = isEven ? 1 : setting.runs;
  const { values } = await replicate({ ...setting, runs, between }, (number) =>
    playWave(setting, number, isEven ? evenFromMs : chanceBegin(setting, number), outageMs),
  );
  if (values.length === 0) return null;
  const survived = values.filter((wave) => wave !== null);
  const figureOf = (of: (wave: Wave) => number): Figure => {
    const [first] = survived;
    if (first === undefined) return exactly(null);
    return isEven ? exactly(of(first)) : sampled(survived.map(of)).quantile(0.5);
  };
  const disabled = values.length - survived.length;
  return {
    outageMs,
    disables: isEven ? exactly(disabled) : probabilityOf(disabled, values.length),
    retries: figureOf(({ retries }) => retries),
    perSecondMost: figureOf(({ perSecondMost }) => perSecondMost),
    perMinuteMost: figureOf(({ perMinuteMost }) => perMinuteMost),
    perMinuteNormal: 60_000 / setting.everyMs,
    lastAfterMs: figureOf(({ lastAfterMs }) => lastAfterMs),
  };
};
