/** What a receiver answers, as the behaviours of a scenario say: the first that applies decides. */
import type { FailureKind } from '../core/outcome.js';
import type { DeliveryPolicy, Ratio } from '../core/policy.js';
import { draw, seedOf } from './chance.js';
import type { AnswerBook } from './answers.js';
import { createDuration } from './latencies.js';
import { matchAny } from './patterns.js';
import type { ReceiverModel } from './plan.js';
import type { AnswerName, Behaviour } from './scenario.js';
import { type Path, wrongScenario } from './scenario-errors.js';
import { parseRate, parseShare, parseTime } from './units.js';

/** The number of an answer, or `PASS` where the behaviour does not apply. */
type Decide = ReceiverModel['answer'];

const PASS = -1;

interface Tools {
  readonly policy: DeliveryPolicy;
  readonly model: ReceiverModel;
  /** The number of an answer by name, and how long it takes to come. */
  readonly enter: (name: AnswerName) => { readonly answer: number; readonly tookMs: number };
  /** What was done, and answered after so long: in time, or too late. */
  readonly done: (tookMs: number) => number;
  readonly seed: number;
  readonly path: Path;
}

const applies = (
  {
    from,
    until,
  }: { readonly from?: string | number | undefined; readonly until?: string | number | undefined },
  decide: Decide,
): Decide => {
  if (from === undefined && until === undefined) return decide;
  const fromMs = from === undefined ? Number.NEGATIVE_INFINITY : parseTime(from);
  const untilMs = until === undefined ? Number.POSITIVE_INFINITY : parseTime(until);
  return (event, pair, attempt, atMs) =>
    atMs >= fromMs && atMs < untilMs ? decide(event, pair, attempt, atMs) : PASS;
};

const always = ({ model, enter }: Tools, name: AnswerName): Decide => {
  const { answer, tookMs } = enter(name);
  return () => {
    model.durationMs = tookMs;
    return answer;
  };
};

const ratioOf = (share: string | number, path: Path): Ratio => {
  const ratio = parseShare(share);
  if (ratio.denominator > 0 && ratio.numerator <= ratio.denominator) return ratio;
  throw wrongScenario([...path, 'share'], 'a share of 1 at the most', share);
};

/** Sums of fractions of a millisecond are off by less. */
const NOISE_MS = 0.001;

type Of<Kind extends Behaviour['kind']> = Extract<Behaviour, { kind: Kind }>;

const makers: { readonly [Kind in Behaviour['kind']]: (one: Of<Kind>, tools: Tools) => Decide } = {
  healthy: ({ latency = 0 }, { seed, path, done }) => {
    const durationOf = createDuration(latency, seed, [...path, 'latency']);
    return (event, _pair, attempt) => done(durationOf(event, attempt));
  },
  outage: ({ answer = 'refused' }, tools) => always(tools, answer),
  failing: ({ share, of = 'events', spread = 'random', answer = 500 }, tools) => {
    const { numerator, denominator } = ratioOf(share, tools.path);
    const fail = always(tools, answer);
    if (spread === 'even') {
      return (event, pair, attempt, atMs) =>
        ((event + 1) * numerator) % denominator < numerator
          ? fail(event, pair, attempt, atMs)
          : PASS;
    }
    const below = (numerator / denominator) * 0x100000000;
    const { seed } = tools;
    return (event, pair, attempt, atMs) =>
      draw(seed, event, of === 'events' ? 0 : attempt) < below
        ? fail(event, pair, attempt, atMs)
        : PASS;
  },
  slow: ({ latency, share = 1 }, { seed, path, done }) => {
    const { numerator, denominator } = ratioOf(share, path);
    const below = (numerator / denominator) * 0x100000000;
    const durationOf = createDuration(latency, seed, [...path, 'latency']);
    return (event, _pair, attempt) =>
      draw(seed, event, attempt + 0x20000) < below ? done(durationOf(event, attempt)) : PASS;
  },
  flapping: ({ up, down, from = 0, answer = 503 }, tools) => {
    const upMs = parseTime(up);
    const roundMs = upMs + parseTime(down);
    if (roundMs < 1) throw wrongScenario([...tools.path, 'down'], 'at least 1ms', down);
    const fromMs = parseTime(from);
    const fail = always(tools, answer);
    return (event, pair, attempt, atMs) =>
      (atMs - fromMs) % roundMs >= upMs ? fail(event, pair, attempt, atMs) : PASS;
  },
  rejecting: ({ events, answer = 404 }, tools) => {
    const rejected = matchAny(events, [...tools.path, 'events']);
    const fail = always(tools, answer);
    return (event, pair, attempt, atMs) =>
      rejected[pair] === true ? fail(event, pair, attempt, atMs) : PASS;
  },
  capacity: ({ rate, backlog = 100, answer = 503 }, tools) => {
    const serviceMs = parseRate(rate);
    const refuse = always(tools, answer);
    const queue = { freeAtMs: Number.NEGATIVE_INFINITY };
    return (event, pair, attempt, atMs) => {
      const waitMs = Math.max(0, queue.freeAtMs - atMs);
      if (waitMs > backlog * serviceMs + NOISE_MS) return refuse(event, pair, attempt, atMs);
      // What waits too long is done all the same: nobody tells the receiver that it is late.
      queue.freeAtMs = Math.max(queue.freeAtMs, atMs) + serviceMs;
      return tools.done(Math.ceil(queue.freeAtMs - atMs - NOISE_MS));
    };
  },
};

const isStatus = (name: AnswerName): name is number => typeof name === 'number';

/** The model of a receiver. `label` parts its chance from that of others. */
export const createReceiverModel = (
  behaviours: Behaviour | readonly Behaviour[] | undefined,
  { policy, answers }: { readonly policy: DeliveryPolicy; readonly answers: AnswerBook },
  label: string,
  path: Path,
): ReceiverModel => {
  const ok = answers.numberOf('200', { kind: 'response', status: 200, redirects: 0 }, true);
  const late = answers.numberOf(
    'late',
    { kind: 'failure', failure: 'timeout', detail: 'answered too late' },
    true,
  );
  const decides: Decide[] = [];
  const model: ReceiverModel = {
    durationMs: 0,
    answer: (event, pair, attempt, atMs) => {
      for (let index = 0; index < decides.length; index++) {
        const answer = (decides[index] as Decide)(event, pair, attempt, atMs);
        if (answer !== PASS) return answer;
      }
      model.durationMs = 0;
      return ok;
    },
  };
  const done = (tookMs: number): number => {
    if (tookMs <= policy.timeoutMs) {
      model.durationMs = tookMs;
      return ok;
    }
    model.durationMs = policy.timeoutMs;
    return late;
  };
  const enter = (name: AnswerName): { readonly answer: number; readonly tookMs: number } => {
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
  for (const [index, one] of [behaviours ?? []].flat().entries()) {
    const place = Array.isArray(behaviours) ? [...path, index] : path;
    const seed = seedOf(`${label}/${index}`);
    const make = makers[one.kind] as (one: Behaviour, tools: Tools) => Decide;
    const decide = make(one, { policy, model, enter, done, seed, path: place });
    decides.push(applies(one.kind === 'flapping' ? { ...one, from: one.from ?? 0 } : one, decide));
  }
  return model;
};
