/** From the behaviours of a scenario to what a receiver answers: the first that applies decides. */
import type { FailureKind } from '../core/outcome.js';
import type { DeliveryPolicy, Ratio } from '../core/policy.js';
import {
  BY_CHANCE,
  type Decide,
  EVEN_LATENCY,
  OTHERWISE,
  PASS,
  type Played,
  type ReceiverModel,
  SETTLED,
  done,
  everTakesAll,
} from './behaviours.js';
import { draw, seedOf } from './chance.js';
import type { AnswerBook } from './answers.js';
import { createDuration } from './latencies.js';
import { matchAny } from './patterns.js';
import type { AnswerName, Behaviour, Latency } from './scenario.js';
import { type Path, wrongScenario } from './scenario-errors.js';
import { parseRate, parseShare, parseTime } from './units.js';
import { say } from '../../language/say.js';

/** How an attempt ends: the number of its answer, and how long it takes to come. */
interface Ending {
  readonly answer: number;
  readonly tookMs: number;
}

interface Tools {
  readonly model: ReceiverModel;
  /** The ending that an answer's name stands for. */
  readonly enter: (name: AnswerName) => Ending;
  readonly path: Path;
}

/** What a behaviour is, but for its span of time. */
type Core = Partial<Omit<Played, 'fromMs' | 'untilMs' | 'seed' | 'decide'>>;

const ratioOf = (share: string | number, path: Path): Ratio => {
  const ratio = parseShare(share);
  if (ratio.denominator > 0 && ratio.numerator <= ratio.denominator) return ratio;
  throw wrongScenario([...path, 'share'], say`a share of 1 at the most`, share);
};

/** Sums of fractions of a millisecond are off by less. */
const NOISE_MS = 0.001;

type Of<Kind extends Behaviour['kind']> = Extract<Behaviour, { kind: Kind }>;

const otherwise = (makeDecide: (seed: number) => Decide): Core => ({ kind: OTHERWISE, makeDecide });

/** Answers so, and never draws. */
const saying =
  (model: ReceiverModel, { answer, tookMs }: Ending): (() => number) =>
  () => {
    model.durationMs = tookMs;
    return answer;
  };

const makers: { readonly [Kind in Behaviour['kind']]: (one: Of<Kind>, tools: Tools) => Core } = {
  healthy: ({ latency = 0 }, { model, path }) => {
    const core = takingTime(latency, model);
    if (core !== undefined) return core;
    return otherwise((seed) => {
      const durationOf = createDuration(latency, seed, [...path, 'latency']);
      return (event, _pair, attempt) => done(model, durationOf(event, attempt));
    });
  },
  outage: ({ answer = 'refused' }, { enter }) => ({ kind: SETTLED, ...enter(answer) }),
  failing: ({ share, of = 'events', spread = 'random', answer = 500 }, { model, enter, path }) => {
    const { numerator, denominator } = ratioOf(share, path);
    const ending = enter(answer);
    if (spread === 'even') {
      const fail = saying(model, ending);
      return otherwise(
        () => (event) => (((event + 1) * numerator) % denominator < numerator ? fail() : PASS),
      );
    }
    const below = (numerator / denominator) * 0x100000000;
    return { kind: BY_CHANCE, ...ending, below, attemptMask: of === 'events' ? 0 : -1 };
  },
  slow: ({ latency, share = 1 }, { model, path }) => {
    const { numerator, denominator } = ratioOf(share, path);
    const below = (numerator / denominator) * 0x100000000;
    return otherwise((seed) => {
      const durationOf = createDuration(latency, seed, [...path, 'latency']);
      return (event, _pair, attempt) =>
        draw(seed, event, attempt + 0x20000) < below
          ? done(model, durationOf(event, attempt))
          : PASS;
    });
  },
  flapping: ({ up, down, from = 0, answer = 503 }, { model, enter, path }) => {
    const upMs = parseTime(up);
    const roundMs = upMs + parseTime(down);
    if (roundMs < 1) throw wrongScenario([...path, 'down'], say`at least 1ms`, down);
    const fromMs = parseTime(from);
    const fail = saying(model, enter(answer));
    return otherwise(
      () => (_event, _pair, _attempt, atMs) => ((atMs - fromMs) % roundMs >= upMs ? fail() : PASS),
    );
  },
  rejecting: ({ events, answer = 404 }, { model, enter, path }) => {
    const rejected = matchAny(events, [...path, 'events']);
    const fail = saying(model, enter(answer));
    return otherwise(() => (_event, pair) => (rejected[pair] === true ? fail() : PASS));
  },
  capacity: ({ rate, backlog = 100, answer = 503 }, { model, enter }) => {
    const serviceMs = parseRate(rate);
    const refuse = saying(model, enter(answer));
    return otherwise(() => {
      let freeAtMs = Number.NEGATIVE_INFINITY;
      return (_event, _pair, _attempt, atMs) => {
        const waitMs = Math.max(0, freeAtMs - atMs);
        if (waitMs > backlog * serviceMs + NOISE_MS) return refuse();
        // What waits too long is done all the same: nobody tells the receiver that it is late.
        freeAtMs = Math.max(freeAtMs, atMs) + serviceMs;
        return done(model, Math.ceil(freeAtMs - atMs - NOISE_MS));
      };
    });
  },
};

/** A latency that is constant or spread evenly; undefined for others. */
const takingTime = (latency: Latency, model: ReceiverModel): Core | undefined => {
  if (typeof latency !== 'object') {
    const answer = done(model, parseTime(latency));
    return { kind: SETTLED, answer, tookMs: model.durationMs };
  }
  if (!('min' in latency)) return undefined;
  const minMs = parseTime(latency.min);
  const spanMs = parseTime(latency.max) - minMs + 1;
  // What cannot be is refused where all latencies are read.
  return spanMs < 1 ? undefined : { kind: EVEN_LATENCY, minMs, spanMs };
};

const never = (): number => PASS;

const playedOf = (
  core: Core,
  {
    from,
    until,
  }: { readonly from?: string | number | undefined; readonly until?: string | number | undefined },
): Played => ({
  kind: core.kind ?? OTHERWISE,
  fromMs: from === undefined ? Number.NEGATIVE_INFINITY : parseTime(from),
  untilMs: until === undefined ? Number.POSITIVE_INFINITY : parseTime(until),
  answer: core.answer ?? 0,
  tookMs: core.tookMs ?? 0,
  below: core.below ?? Number.NaN,
  attemptMask: core.attemptMask ?? 0,
  minMs: core.minMs ?? Number.NaN,
  spanMs: core.spanMs ?? Number.NaN,
  seed: 0,
  decide: never,
  makeDecide: core.makeDecide,
});

const isStatus = (name: AnswerName): name is number => typeof name === 'number';

/** The model of a receiver, of any account: `seedReceiver` makes it one account's. */
export const createReceiverModel = (
  behaviours: Behaviour | readonly Behaviour[] | undefined,
  { policy, answers }: { readonly policy: DeliveryPolicy; readonly answers: AnswerBook },
  path: Path,
): ReceiverModel => {
  const ok = answers.numberOf('200', { kind: 'response', status: 200, redirects: 0 }, true);
  const late = answers.numberOf('late', { kind: 'failure', failure: 'timeout', detail: '' }, true);
  const enter = (name: AnswerName): Ending => {
    if (isStatus(name)) {
      const outcome = { kind: 'response', status: name, redirects: 0 } as const;
      const isDone = name >= 200 && name < 300;
      return { answer: answers.numberOf(String(name), outcome, isDone), tookMs: 0 };
    }
    const outcome = { kind: 'failure', failure: name as FailureKind, detail: '' } as const;
    const waits = name === 'timeout' || name === 'connect-timeout';
    return {
      answer: answers.numberOf(name, outcome, false),
      tookMs: waits ? policy.timeoutMs : 0,
    };
  };
  const played: Played[] = [];
  const model: ReceiverModel = {
    played,
    ok,
    late,
    timeoutMs: policy.timeoutMs,
    durationMs: 0,
    mayTakeAll: 0,
  };
  for (const [index, one] of [behaviours ?? []].flat().entries()) {
    const place = Array.isArray(behaviours) ? [...path, index] : path;
    const make = makers[one.kind] as (one: Behaviour, tools: Tools) => Core;
    const core = make(one, { model, enter, path: place });
    // Once for nothing, so that what cannot be is refused in the order in which it is written.
    core.makeDecide?.(0);
    played.push(playedOf(core, one.kind === 'flapping' ? { ...one, from: one.from ?? 0 } : one));
  }
  model.mayTakeAll = everTakesAll(played, ok) ? 1 : 0;
  return model;
};

/** Makes a model ready for an account. `label` parts its chance from that of others. */
export const seedReceiver = (model: ReceiverModel, label: string): void => {
  for (const [index, one] of model.played.entries()) {
    if (one.kind === SETTLED) continue;
    // Signed, because a larger number would be kept as a double.
    one.seed = seedOf(`${label}/${index}`) | 0;
    if (one.makeDecide !== undefined) one.decide = one.makeDecide(one.seed);
  }
};
