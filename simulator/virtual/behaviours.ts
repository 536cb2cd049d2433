/**
 * How a receiver decides, attempt by attempt: the behaviours of a scenario as plain records that one
 * function reads. A closure for each would be called through a pointer, a million times a second;
 * what is common is told by numbers instead, and only what is rare has a closure.
 */
import { draw } from './chance.js';

/** The number of an answer, or `PASS` where the behaviour does not apply. */
export type Decide = (event: number, pair: number, attempt: number, atMs: number) => number;

export const PASS = -1;

/** Kinds by number: the engine compares them for every attempt. */
export const SETTLED = 0;
export const BY_CHANCE = 1;
export const EVEN_LATENCY = 2;
export const OTHERWISE = 3;

/** A behaviour that is ready to be played. All fields are always there, doubles as doubles. */
export interface Played {
  /** SETTLED: always so; BY_CHANCE: if the draw says so; EVEN_LATENCY: done, in a drawn time. */
  readonly kind: number;
  /** It applies from then on, and before the other. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** Its answer, and how long it takes to come. */
  readonly answer: number;
  readonly tookMs: number;
  /** BY_CHANCE: it applies to draws below; −1 draws for each attempt, 0 for each event. */
  readonly below: number;
  readonly attemptMask: number;
  /** EVEN_LATENCY: milliseconds at the least, and how many whole ones there are to choose from. */
  readonly minMs: number;
  readonly spanMs: number;
  /** What chance draws from; set for every account. */
  seed: number;
  /** OTHERWISE: made anew for every account, with the seed. */
  decide: Decide;
  readonly makeDecide: ((seed: number) => Decide) | undefined;
}

/** What stands behind a hook's URL. */
export interface ReceiverModel {
  readonly played: readonly Played[];
  /** The numbers of the answers to what was done in time, and too late. */
  readonly ok: number;
  readonly late: number;
  readonly timeoutMs: number;
  /** How long the latest answer took. */
  durationMs: number;
  /** 0 if at no instant it takes whatever comes, at once; numbers are tested faster than booleans. */
  mayTakeAll: 0 | 1;
}

/** What was done, and answered after so long: in time, or too late. */
export const done = (model: ReceiverModel, tookMs: number): number => {
  if (tookMs <= model.timeoutMs) {
    model.durationMs = tookMs;
    return model.ok;
  }
  model.durationMs = model.timeoutMs;
  return model.late;
};

/** The number of the answer to an attempt; `durationMs` then says how long it took. */
export const answerTo = (
  model: ReceiverModel,
  event: number,
  pair: number,
  attempt: number,
  atMs: number,
): number => {
  const { played } = model;
  for (let index = 0; index < played.length; index++) {
    const one = played[index] as Played;
    if (atMs < one.fromMs || atMs >= one.untilMs) continue;
    const { kind } = one;
    // Literals, because an imported constant is looked up anew in every attempt.
    if (kind > 1) {
      const answer =
        kind === 2
          ? afterAWhile(model, one, event, attempt)
          : one.decide(event, pair, attempt, atMs);
      if (answer === -1) continue;
      return answer;
    }
    if (kind === 1 && draw(one.seed, event, attempt & one.attemptMask) >= one.below) continue;
    model.durationMs = one.tookMs;
    return one.answer;
  }
  model.durationMs = 0;
  return model.ok;
};

const takesAll = ({ kind, answer, tookMs }: Played, ok: number): boolean =>
  kind === SETTLED && answer === ok && tookMs === 0;

/** Whether there may be instants at which whatever comes is taken, at once. */
export const everTakesAll = (played: readonly Played[], ok: number): boolean =>
  played.every(
    (one) => takesAll(one, ok) || Number.isFinite(one.fromMs) || Number.isFinite(one.untilMs),
  );

/** Until when whatever comes is taken, at once; -Infinity where at that instant it surely is not. */
export const takesAllUntil = ({ played, ok }: ReceiverModel, atMs: number): number => {
  let untilMs = Number.POSITIVE_INFINITY;
  for (const one of played) {
    if (atMs >= one.untilMs) continue;
    if (atMs >= one.fromMs) {
      return takesAll(one, ok) ? Math.min(untilMs, one.untilMs) : Number.NEGATIVE_INFINITY;
    }
    untilMs = Math.min(untilMs, one.fromMs);
  }
  return untilMs;
};

/** Done in a time that is drawn, evenly. */
const afterAWhile = (model: ReceiverModel, one: Played, event: number, attempt: number): number => {
  const unit = draw(one.seed, event, attempt) / 0x100000000;
  return done(model, one.minMs + Math.floor(unit * one.spanMs));
};
