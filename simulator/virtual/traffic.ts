/** Events in time order, as a scenario's traffic says. */
import { createRandom } from '../core/random.js';
import { pairs } from '../catalog/index.js';
import { matchPairs } from './patterns.js';
import type { Traffic } from './plan.js';
import type { Scenario, ScenarioTraffic } from './scenario.js';
import { type Path, requireSpan, wrongScenario } from './scenario-errors.js';
import { parseRate, parseTime } from './units.js';
import { say } from '../../language/say.js';

const NEVER = Number.POSITIVE_INFINITY;

/** The nearest whole millisecond. Unlike `Math.round` it gives no -0, which JSON does not know. */
const wholeMs = (ms: number): number => Math.floor(ms + 0.5);

/** A stream of one account, from the label that parts its chance from that of others. */
type MakeStream = (label: string) => Traffic;

/** Which pair an event is: always the same, or picked anew. */
interface Picked {
  readonly only: number;
  readonly pick: (() => number) | undefined;
}

/** Which events happen, as scenarios say it. */
export type Mix = NonNullable<Extract<ScenarioTraffic, { kind: 'constant' }>['events']>;

/** The pairs of a mix by their place in the catalogue, each with the sum of weights up to it. */
export const weighMix = (
  mix: Mix,
  path: Path,
): { readonly places: readonly number[]; readonly sums: readonly number[] } => {
  const weighted: (readonly [pattern: string, weight: number])[] =
    typeof mix === 'string' || Array.isArray(mix)
      ? [mix].flat().map((pattern) => [pattern, 1])
      : Object.entries(mix);
  const places: number[] = [];
  const sums: number[] = [];
  let sum = 0;
  for (const [pattern, weight] of weighted) {
    const found = matchPairs(pattern, path);
    for (const place of found) {
      sum += weight / found.length;
      places.push(place);
      sums.push(sum);
    }
  }
  if (sum === 0) throw wrongScenario(path, say`an event with a weight above 0`, mix);
  return { places, sums };
};

/** Picks a pair of a mix, by chance where there are several. */
const createPick = (mix: Mix = '*', path: Path): ((label: string) => Picked) => {
  const { places, sums } = weighMix(mix, path);
  const sum = sums.at(-1) ?? 0;
  const [only = 0] = places;
  if (places.length === 1) return () => ({ only, pick: undefined });
  const last = places.length - 1;
  return (label) => {
    const { uint32 } = createRandom(`${label}/mix`);
    const pick = (): number => {
      const drawn = (uint32() / 0x100000000) * sum;
      // Weights are mostly alike, so the place is near where it then would be.
      let place = Math.min(last, Math.floor((drawn / sum) * places.length));
      while (place > 0 && drawn < (sums[place - 1] as number)) place -= 1;
      while (place < last && drawn >= (sums[place] as number)) place += 1;
      return places[place] as number;
    };
    return { only, pick };
  };
};

/** What is told of a stream; the fields left out are those of one without bounds. */
interface Told {
  readonly count?: number;
  readonly fromMs?: number;
  readonly everyMs?: number;
  readonly lastMs?: number;
  /** When the event with an index happens, unless they come one every so often. */
  readonly at?: (index: number) => number;
}

/** A stream before its first event. All are made here, to be of one shape. */
const waiting = (told: Told, pair: number, step: (() => void) | undefined): Traffic => ({
  nextMs: NEVER,
  pair,
  index: 0,
  fromMs: told.fromMs ?? Number.NaN,
  everyMs: told.everyMs ?? Number.NaN,
  lastMs: told.lastMs ?? NEVER,
  count: told.count ?? NEVER,
  step,
});

const createStream = (told: Told, { only, pick }: Picked): Traffic => {
  const { at = (index) => wholeMs(traffic.fromMs + index * traffic.everyMs) } = told;
  const step = (): void => {
    const { index, count, lastMs } = traffic;
    traffic.index = index + 1;
    const nextMs = index < count ? at(index) : NEVER;
    traffic.nextMs = nextMs > lastMs ? NEVER : nextMs;
    if (pick !== undefined && traffic.nextMs !== NEVER) traffic.pair = pick();
  };
  const isPlain = told.at === undefined && pick === undefined;
  const traffic = waiting(told, only, isPlain ? undefined : step);
  advance(traffic);
  return traffic;
};

/** Moves on to the next event. */
export const advance = (traffic: Traffic): void => {
  const { index, step } = traffic;
  if (step !== undefined) {
    step();
    return;
  }
  traffic.index = index + 1;
  const nextMs = wholeMs(traffic.fromMs + index * traffic.everyMs);
  const isOver = index >= traffic.count || nextMs > traffic.lastMs;
  traffic.nextMs = isOver ? Number.POSITIVE_INFINITY : nextMs;
};

const poisson = (fromMs: number, everyMs: number, label: string): ((index: number) => number) => {
  const { uint32 } = createRandom(`${label}/times`);
  let atMs = fromMs;
  return () => {
    atMs -= Math.log((uint32() + 1) / 0x100000001) * everyMs;
    return wholeMs(atMs);
  };
};

const endlessAt = (path: Path, found: unknown): Error =>
  wrongScenario(
    path,
    say`an end: "until" or "count" here, "until" in the scenario, or --until`,
    found,
  );

const streamOf = (one: ScenarioTraffic, path: Path, untilMs: number): MakeStream => {
  if (one.kind === 'recorded') return recorded(one, path);
  requireSpan(path, one.kind === 'burst' ? one.at : (one.from ?? 0), one.until);
  const pickOf = createPick(one.events, [...path, 'events']);
  if (one.kind === 'burst') return bursts(one, path, untilMs, pickOf);
  const { from = 0, until, count = NEVER } = one;
  const fromMs = parseTime(from);
  const endMs = until === undefined ? NEVER : parseTime(until);
  if (endMs === NEVER && count === NEVER && untilMs === NEVER) throw endlessAt(path, one);
  const everyMs = parseRate(one.rate);
  const told = { count, fromMs, everyMs, lastMs: Math.min(untilMs, Math.ceil(endMs) - 1) };
  return one.kind === 'constant'
    ? (label) => createStream(told, pickOf(label))
    : (label) => createStream({ ...told, at: poisson(fromMs, everyMs, label) }, pickOf(label));
};

const bursts = (
  one: Extract<ScenarioTraffic, { kind: 'burst' }>,
  path: Path,
  untilMs: number,
  pickOf: (label: string) => Picked,
): MakeStream => {
  const { count } = one;
  const firstMs = parseTime(one.at);
  const overMs = parseTime(one.over ?? 0);
  const everyMs = one.every === undefined ? NEVER : parseTime(one.every);
  const endMs = one.until === undefined ? NEVER : parseTime(one.until);
  if (everyMs !== NEVER && endMs === NEVER && untilMs === NEVER) throw endlessAt(path, one);
  if (everyMs < Math.max(1, overMs)) {
    throw wrongScenario([...path, 'every'], say`at least 1 ms, and as long as "over"`, one.every);
  }
  const at = (index: number): number => {
    const burst = Math.floor(index / count);
    const startMs = burst === 0 ? firstMs : firstMs + burst * everyMs;
    if (startMs === NEVER || startMs >= endMs) return NEVER;
    return wholeMs(startMs + ((index % count) * overMs) / count);
  };
  return (label) => createStream({ at }, pickOf(label));
};

const recorded = (one: Extract<ScenarioTraffic, { kind: 'recorded' }>, path: Path): MakeStream => {
  const { lines } = one;
  if (lines === undefined) throw wrongScenario([...path, 'lines'], say`lines or a file`, undefined);
  const events = lines
    .map(({ at, event }, index) => {
      const place = [...path, 'lines', index, 'event'];
      const [pair = 0, ...others] = matchPairs(event, place);
      if (others.length > 0) throw wrongScenario(place, say`one event, not several`, event);
      return { atMs: parseTime(at), pair };
    })
    .toSorted((a, b) => a.atMs - b.atMs);
  const shiftMs = one.at === undefined ? 0 : parseTime(one.at) - (events[0]?.atMs ?? 0);
  const at = (index: number): number => (events[index]?.atMs ?? NEVER) + shiftMs;
  return () => {
    let next = 0;
    return createStream({ at }, { only: 0, pick: () => events[next++]?.pair ?? 0 });
  };
};

/** Several streams as one; of events at the same instant the stream that stands first comes first. */
const merge = (streams: readonly Traffic[]): Traffic => {
  const [only] = streams;
  if (streams.length === 1 && only !== undefined) return only;
  let current: Traffic | undefined;
  const step = (): void => {
    if (current !== undefined) advance(current);
    current = undefined;
    merged.nextMs = NEVER;
    for (const stream of streams) {
      if (stream.nextMs >= merged.nextMs) continue;
      current = stream;
      merged.nextMs = stream.nextMs;
      merged.pair = stream.pair;
    }
  };
  const merged = waiting({}, 0, step);
  step();
  return merged;
};

/** All traffic of an account, from the label that parts its chance from that of others. */
export const compileTraffic = (
  scenario: Pick<Scenario, 'traffic'>,
  untilMs: number,
): ((label: string) => Traffic) => {
  const isList = Array.isArray(scenario.traffic);
  const makes = [scenario.traffic]
    .flat()
    .map((one, index) => streamOf(one, isList ? ['traffic', index] : ['traffic'], untilMs));
  return (label) => merge(makes.map((make, index) => make(`${label}/traffic/${index}`)));
};

/** The name of a pair, by its place in the catalogue. */
export const pairName = (pair: number): string => pairs[pair]?.name ?? '';

/** When the last event happens at the latest; Infinity where only the run's end ends it. */
export const lastEventMs = (scenario: Pick<Scenario, 'traffic'>): number =>
  Math.max(
    ...[scenario.traffic].flat().map((one) => {
      if (one.kind === 'recorded') {
        const times = (one.lines ?? []).map(({ at }) => parseTime(at)).toSorted((a, b) => a - b);
        const [firstMs = 0] = times;
        const shiftMs = one.at === undefined ? 0 : parseTime(one.at) - firstMs;
        return (times.at(-1) ?? -NEVER) + shiftMs;
      }
      if (one.kind === 'burst') {
        if (one.every === undefined) return parseTime(one.at) + parseTime(one.over ?? 0);
        return one.until === undefined ? NEVER : parseTime(one.until) + parseTime(one.over ?? 0);
      }
      if (one.until !== undefined) return parseTime(one.until);
      return one.count === undefined
        ? NEVER
        : parseTime(one.from ?? 0) + one.count * parseRate(one.rate);
    }),
  );
