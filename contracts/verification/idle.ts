/** Whether something odd was answered and not acted upon. */
import type { Attempt, Judgement, Seen } from '../runner/case.js';
import { allOf, describeAttempt, staysCalm } from '../runner/judge.js';
import { say } from '../../language/say.js';

/** Judges that the events of these attempts had no effect, where that can be seen. */
export const actsOnNone = (attempts: readonly Attempt[], seen: Seen): Judgement => {
  const acted = attempts.find(({ events }) => events.some((event) => (seen.count(event) ?? 0) > 0));
  return {
    verdict: acted === undefined ? 'passed' : 'failed',
    expected: say`no effect`,
    actual: acted === undefined ? 'none' : describeAttempt(acted, seen),
  };
};

/** Judges something odd that must not have any effect: no 5xx, no hang, and none of it. */
export const staysIdle = (attempts: readonly Attempt[], seen: Seen): Judgement => {
  const calm = staysCalm(attempts, seen);
  return seen.facts.effects ? allOf(calm, actsOnNone(attempts, seen)) : calm;
};
