/** The longest outage that does not disable the hook, in one replication. */
import { createRandom } from '../../core/random.js';
import type { RowSink } from '../rows.js';
import { type Down, type Played, downDuring, playOut } from './play-out.js';
import type { Found } from './replicate.js';
import { lastWhere } from './search.js';
import type { Setting } from './setting.js';

/** An outage of a replication. Instants are in milliseconds. */
export interface Begin {
  readonly number: number;
  /** When the traffic begins. */
  readonly fromMs: number;
  /** Outages before it, which the hook survives. */
  readonly before: readonly Down[];
  readonly beginMs: number;
}

interface End {
  /** The receiver answers again at that instant; Infinity for never. */
  readonly endMs: number;
  /** How far it is played. */
  readonly untilMs: number;
}

const playOutage = (
  setting: Setting,
  { number, fromMs, before, beginMs }: Begin,
  { endMs, untilMs }: End,
  sink?: RowSink,
): Played => {
  const receiver = downDuring(...before, { fromMs: beginMs, untilMs: endMs });
  return playOut(setting, { number, fromMs, receiver, untilMs }, sink);
};

/**
 * Plays an outage until no failure is left in any window, as what comes due after it succeeds.
 * `disabledAtMs` is null where the hook survives.
 */
export const playToRecovery = (setting: Setting, begin: Begin, endMs: number): Played =>
  playOutage(setting, begin, { endMs, untilMs: endMs + setting.policy.windowMs });

/** When attempts take place from the begin of an outage that does not end, each instant once. */
const instantsOf = (setting: Setting, begin: Begin, untilMs: number): readonly number[] => {
  const instants = new Set<number>();
  playOutage(
    setting,
    begin,
    { endMs: Number.POSITIVE_INFINITY, untilMs },
    {
      attempt: ({ atMs }) => {
        if (atMs >= begin.beginMs) instants.add(atMs);
      },
      incident: () => undefined,
    },
  );
  return [...instants];
};

/**
 * When an outage that begins at `beginMs` must be over at the latest: the receiver answers again at
 * that instant. One that ends a millisecond later disables the hook, at once or after recovery. Null
 * where one as long as the horizon does not.
 *
 * It is the instant of the attempt that disables the hook when the outage does not end, unless the
 * hook is disabled even though that attempt succeeds: successes from before the outage may leave the
 * window sooner than new ones come. Then it is the instant of an attempt before that one, searched by
 * halves. That may be trusted: a longer outage repeats all attempts of a shorter one, and more of
 * them fail, so what disables the hook in the shorter one disables it in the longer one too.
 */
export const latestEnd = (setting: Setting, begin: Begin): Found<number | null> => {
  const endless = playOutage(setting, begin, {
    endMs: Number.POSITIVE_INFINITY,
    untilMs: begin.beginMs + setting.horizonMs,
  });
  let { attempts } = endless;
  const { disabledAtMs } = endless;
  if (disabledAtMs === null) return { value: null, attempts };
  const survives = (endMs: number): boolean => {
    const played = playToRecovery(setting, begin, endMs);
    attempts += played.attempts;
    return played.disabledAtMs === null;
  };
  if (survives(disabledAtMs)) return { value: disabledAtMs, attempts };
  const instants = instantsOf(setting, begin, disabledAtMs);
  const last = instants.length - 1;
  const place = lastWhere((at) => survives(instants[at] ?? 0), 0, last, last - 1);
  return { value: instants[place] ?? begin.beginMs, attempts };
};

/**
 * Begins of the traffic of a hook that has been healthy for a window or more, such that an event
 * happens at time 0. A rolling window is the same whenever the traffic began. Tumbling ones are laid
 * from the first event on: there is a begin for every event of a window at which the outage may
 * begin, or for 240 of them: the first 40, where a window is nearly empty, and others evenly.
 */
export const evenBegins = ({ policy, everyMs }: Setting): readonly number[] => {
  const most = Math.max(1, Math.ceil(policy.windowMs / everyMs));
  if (policy.window === 'rolling') return [-(most + 1) * everyMs];
  const [near, far] = [40, 200];
  const places =
    most <= near + far
      ? [...Array.from({ length: most }).keys()]
      : [
          ...Array.from({ length: near }).keys(),
          ...Array.from({ length: far }, (_, at) => near + Math.floor((at * (most - near)) / far)),
        ];
  return places.map((place) => -(place === 0 ? 0 : place * everyMs));
};

/** Where the traffic of a replication by chance begins: a window or more before time 0. */
export const chanceBegin = ({ policy, seed }: Setting, number: number): number => {
  const { window, windowMs } = policy;
  if (window === 'rolling') return -windowMs;
  const random = createRandom(`${seed}/begin/${number}`);
  return -windowMs - random.integer(0, windowMs - 1);
};
