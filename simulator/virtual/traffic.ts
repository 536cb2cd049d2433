/** Events in time order, as a scenario's traffic says. */
import { createRandom, type Random } from '../core/random.js';
import { pairs } from '../catalog/index.js';
import { matchPairs } from './patterns.js';
import type { Traffic } from './plan.js';
import type { Scenario, ScenarioTraffic } from './scenario.js';
import { type Path, wrongScenario } from './scenario-errors.js';
import { parseRate, parseTime } from './units.js';

const NEVER = Number.POSITIVE_INFINITY;

/** The nearest whole millisecond; 0 where rounding gives -0, which JSON does not know. */
const wholeMs = (ms: number): number => Math.round(ms) + 0;

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
  if (sum === 0) throw wrongScenario(path, 'an event with a weight above 0', mix);
  return { places, sums };
};

/** Picks a pair of a mix, by chance where there are several. */
const createPick = (mix: Mix = '*', path: Path, random: Random): (() => number) => {
  const { places, sums } = weighMix(mix, path);
  const sum = sums.at(-1) ?? 0;
  const [only] = places;
  if (places.length === 1 && only !== undefined) return () => only;
  return () => {
    const drawn = (random.uint32() / 0x100000000) * sum;
    return places[sums.findIndex((upTo) => drawn < upTo)] ?? only ?? 0;
  };
};

/** A stream of instants, each after the one before; `at` is undefined at its end. */
const createStream = (at: (index: number) => number, pick: () => number): Traffic => {
  let index = 0;
  const traffic: Traffic = {
    nextMs: NEVER,
    pair: 0,
    advance: () => {
      const nextMs = at(index);
      index += 1;
      traffic.nextMs = nextMs;
      if (nextMs !== NEVER) traffic.pair = pick();
    },
  };
  traffic.advance();
  return traffic;
};

const poisson = (fromMs: number, everyMs: number, random: Random): ((index: number) => number) => {
  let atMs = fromMs;
  return () => {
    atMs -= Math.log((random.uint32() + 1) / 0x100000001) * everyMs;
    return wholeMs(atMs);
  };
};

const endlessAt = (path: Path, found: unknown): Error =>
  wrongScenario(
    path,
    'an end: "until" or "count" here, "until" in the scenario, or --until',
    found,
  );

const streamOf = (
  one: ScenarioTraffic,
  path: Path,
  untilMs: number,
  random: Random,
): readonly Traffic[] => {
  if (one.kind === 'recorded') return [recorded(one, path)];
  const pick = createPick(one.events, [...path, 'events'], random.fork('mix'));
  if (one.kind === 'burst') return [bursts(one, path, untilMs, pick)];
  const { from = 0, until, count = NEVER } = one;
  const fromMs = parseTime(from);
  const endMs = until === undefined ? NEVER : parseTime(until);
  if (endMs === NEVER && count === NEVER && untilMs === NEVER) throw endlessAt(path, one);
  const everyMs = parseRate(one.rate);
  const at =
    one.kind === 'constant'
      ? (index: number): number => wholeMs(fromMs + index * everyMs)
      : poisson(fromMs, everyMs, random.fork('times'));
  const bounded = (index: number): number => {
    if (index >= count) return NEVER;
    const atMs = at(index);
    return atMs < endMs && atMs <= untilMs ? atMs : NEVER;
  };
  return [createStream(bounded, pick)];
};

const bursts = (
  one: Extract<ScenarioTraffic, { kind: 'burst' }>,
  path: Path,
  untilMs: number,
  pick: () => number,
): Traffic => {
  const { count } = one;
  const firstMs = parseTime(one.at);
  const overMs = parseTime(one.over ?? 0);
  const everyMs = one.every === undefined ? NEVER : parseTime(one.every);
  const endMs = one.until === undefined ? NEVER : parseTime(one.until);
  if (everyMs !== NEVER && endMs === NEVER && untilMs === NEVER) throw endlessAt(path, one);
  if (everyMs < Math.max(1, overMs)) {
    throw wrongScenario([...path, 'every'], 'at least 1 ms, and as long as "over"', one.every);
  }
  return createStream((index) => {
    const burst = Math.floor(index / count);
    const startMs = burst === 0 ? firstMs : firstMs + burst * everyMs;
    if (startMs === NEVER || startMs >= endMs) return NEVER;
    return wholeMs(startMs + ((index % count) * overMs) / count);
  }, pick);
};

const recorded = (one: Extract<ScenarioTraffic, { kind: 'recorded' }>, path: Path): Traffic => {
  const { lines } = one;
  if (lines === undefined) throw wrongScenario([...path, 'lines'], 'lines or a file', undefined);
  const events = lines
    .map(({ at, event }, index) => {
      const [pair = 0] = matchPairs(event, [...path, 'lines', index, 'event']);
      return { atMs: parseTime(at), pair };
    })
    .toSorted((a, b) => a.atMs - b.atMs);
  const shiftMs = one.at === undefined ? 0 : parseTime(one.at) - (events[0]?.atMs ?? 0);
  let next = 0;
  return createStream(
    (index) => (events[index]?.atMs ?? NEVER) + shiftMs,
    () => events[next++]?.pair ?? 0,
  );
};

/** Several streams as one; of events at the same instant the stream that stands first comes first. */
const merge = (streams: readonly Traffic[]): Traffic => {
  const [only] = streams;
  if (streams.length === 1 && only !== undefined) return only;
  let current: Traffic | undefined;
  const merged: Traffic = {
    nextMs: NEVER,
    pair: 0,
    advance: () => {
      current?.advance();
      current = undefined;
      merged.nextMs = NEVER;
      for (const stream of streams) {
        if (stream.nextMs >= merged.nextMs) continue;
        current = stream;
        merged.nextMs = stream.nextMs;
        merged.pair = stream.pair;
      }
    },
  };
  merged.advance();
  return merged;
};

/** All traffic of one account. `label` parts the account's chance from that of others. */
export const createTraffic = (
  scenario: Pick<Scenario, 'traffic'>,
  untilMs: number,
  label: string,
): Traffic => {
  const list = [scenario.traffic].flat();
  const isList = Array.isArray(scenario.traffic);
  return merge(
    list.flatMap((one, index) => {
      const path = isList ? ['traffic', index] : ['traffic'];
      return streamOf(one, path, untilMs, createRandom(`${label}/traffic/${index}`));
    }),
  );
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
