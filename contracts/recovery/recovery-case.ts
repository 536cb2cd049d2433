import type { TruoraEvent } from '../../simulator/index.js';
import type {
  Attempt,
  CaseContext,
  Judgement,
  Seen,
  SendingCase,
  SinkControl,
} from '../runner/case.js';
import { type Described, type Family, casesOf } from '../runner/family.js';
import { acknowledgesAll, allOf, appliesOnce } from '../runner/judge.js';
import { later, say } from '../../language/say.js';

/** A case of the suite `recovery`: by default it runs strictly alone. */
export const recoveryCase = (family: Family, described: Described): SendingCase =>
  casesOf('recovery')(family, { stage: 'disruptive', ...described });

/** Restarts the receiver and waits until it listens; tells whether it does. */
export const restart = async (context: CaseContext): Promise<boolean> => {
  await context.controls.restart?.();
  return context.untilUp();
};

/**
 * Restarts the receiver while its effect is held. One that stops in good order waits for that
 * effect, so it is dropped in the end.
 */
export const restartWhileHeld = async (
  context: CaseContext,
  held: ReturnType<SinkControl['hold']> | undefined,
): Promise<boolean> => {
  const restarting = restart(context);
  try {
    await Promise.race([restarting, context.wait(STOP_PATIENCE_MS)]);
  } finally {
    held?.release('dropped');
  }
  return restarting;
};

const STOP_PATIENCE_MS = 3000;

/** Delivers once, as one attempt of Truora's. */
export const attemptOnce = async (
  context: CaseContext,
  events: readonly TruoraEvent[],
  options: { readonly label: string; readonly url?: string; readonly timeoutMs?: number },
): Promise<Attempt> => context.send('genuine', events, context.token(events), options);

/** The last attempt of a delivery that is retried until it is taken. */
export const deliverLast = async (
  context: CaseContext,
  events: readonly TruoraEvent[],
  label: string,
): Promise<readonly Attempt[]> => (await context.deliver(events, { label })).slice(-1);

/** How long an effect may take to reach the sink. */
export const ARRIVAL_MS = 3000;

const NO_RETURN: Judgement = {
  verdict: 'inconclusive',
  expected: later('a receiver that takes connections after its restart'),
  actual: later('it did not come back; let --restart-cmd leave a running receiver behind'),
};

/** What a restart is judged by: nothing lost, nothing twice, and the retry acknowledged. */
export const judgeRestart =
  (
    { up, last }: { readonly up: boolean; readonly last: readonly Attempt[] },
    events: readonly TruoraEvent[],
  ) =>
  (seen: Seen): Judgement =>
    up ? allOf(acknowledgesAll(last), appliesOnce(events, seen)) : NO_RETURN;

/** Judges events that must not have been lost; how often they were applied is not asked. */
export const notLost = (events: readonly TruoraEvent[], seen: Seen): Judgement => {
  const expected = events.length === 1 ? say`an effect` : say`an effect each`;
  const counts = events.map((event) => seen.count(event));
  if (counts.includes(undefined)) return inconclusive(expected, say`the probe failed`);
  const lost = counts.filter((count) => count === 0).length;
  return lost === 0
    ? { verdict: 'passed', expected, actual: expected }
    : { verdict: 'failed', expected, actual: say`${lost} of ${events.length} without effect` };
};

/**
 * After a kill at no chosen moment: between an effect outside and its mark lies a gap that nobody
 * can close alone, so where effects go to a sink they may come twice.
 */
export const survived = (
  context: CaseContext,
  events: readonly TruoraEvent[],
  seen: Seen,
): Judgement => (context.sink === undefined ? appliesOnce(events, seen) : notLost(events, seen));

export const inconclusive = (expected: string, actual: string): Judgement => ({
  verdict: 'inconclusive',
  expected,
  actual,
});

/** Effects that each of some events must have shown at a moment within the case. */
export const showed = (counts: readonly (number | undefined)[], expected: string): Judgement => {
  const bad = counts.filter((count) => count !== 1);
  if (bad.length === 0) return { verdict: 'passed', expected, actual: expected };
  return bad.includes(undefined)
    ? inconclusive(expected, say`the probe failed`)
    : { verdict: 'failed', expected, actual: say`effects: ${counts.join(', ')}` };
};
