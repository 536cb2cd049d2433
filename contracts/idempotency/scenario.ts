import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt, CaseContext, Judgement, Observations, Seen } from '../runner/case.js';
import { casesOf } from '../runner/family.js';
import { acknowledgesAll, allOf, appliesOnce } from '../runner/judge.js';
import { watchApplied } from '../runner/watch.js';

/** A case of the suite `idempotency`, or of the one it names. */
export const scenario = casesOf('idempotency');

/** Sends each body in turn, as deliveries of the same events. The last attempt of each is returned. */
export const inTurn = async (
  context: CaseContext,
  deliveries: readonly {
    readonly label: string;
    readonly events: readonly TruoraEvent[];
    readonly body?: () => string | Uint8Array;
  }[],
): Promise<readonly Attempt[]> => {
  const last: Attempt[] = [];
  for (const { label, events, body } of deliveries) {
    const attempts = await context.deliver(events, {
      label,
      ...(body === undefined ? {} : { body }),
    });
    last.push(...attempts.slice(-1));
  }
  return last;
};

/** Every event had one effect, and every delivery was acknowledged in the end. */
export const onceEach = (
  attempts: readonly Attempt[],
  events: readonly TruoraEvent[],
  options: {
    readonly superseded?: readonly TruoraEvent[];
    readonly also?: (seen: Seen) => Judgement;
  } = {},
): Observations => ({
  attempts,
  watched: watchApplied(attempts),
  judge: (seen) =>
    allOf(
      acknowledgesAll(attempts),
      appliesOnce(events, seen, options),
      ...(options.also === undefined ? [] : [options.also(seen)]),
    ),
});
