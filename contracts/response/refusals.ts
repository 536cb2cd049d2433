import type { ContractCase } from '../runner/case.js';
import { asksToComeBack, isAcknowledged, isFault } from '../runner/judge.js';
import { isGenuine, noneOf, review } from './review.js';
import { say } from '../../language/say.js';

/**
 * A 2xx there need not be for the forgery: it may be another page's or another site's, or be for a
 * genuine token that the body holds as well.
 */
const ANSWERED_FOR_OTHERS: readonly string[] = [
  'transport/path-variants-forged',
  'transport/host-trusted',
  'verification/polyglot',
  'verification/second-line-forged',
  'verification/json-after-token',
];

/** Whoever cut a body short is gone, and a 5xx is as good as no answer: a retry is wanted. */
const CUT_SHORT: readonly string[] = [
  'transport/body-cut',
  'transport/whole-token-in-a-cut-body',
  'transport/chunked-body-cut',
];

/** How bad input is refused: as the fault of who sent it, and never acknowledged. */
export const refusalReviews: readonly ContractCase[] = [
  review({
    slug: 'no-5xx-on-bad-input',
    catalogue: 'P51',
    family: 'unhandled-input',
    level: 'should',
    severity: 'medium',
    title: 'refuses bad input without a 5xx',
    rule: 'Bad input is the client’s fault: 4xx.',
    source: 'RFC 9110 §15.5',
    why: 'A 5xx looks like an outage: it asks for retries, feeds the rule that disables the hook, and often is an exception that nobody caught.',
    fix: 'Catch what the verification throws, check the payload’s shape, and answer 400 or 401.',
    review: ({ attempts, levelOf }) => {
      const bad = attempts.filter(
        (attempt) =>
          !isGenuine(attempt) &&
          levelOf(attempt) !== undefined &&
          !CUT_SHORT.includes(attempt.caseId),
      );
      // A limit that sends genuine deliveries away too does not look at what it refuses.
      const limits = attempts.some((attempt) => isGenuine(attempt) && asksToComeBack(attempt));
      const faults = bad.filter(
        (attempt) => isFault(attempt) && !(limits && asksToComeBack(attempt)),
      );
      return noneOf(bad, faults, say`no 5xx answer`);
    },
  }),
  review({
    slug: 'refuses-with-4xx',
    catalogue: 'D52',
    family: 'acknowledges-forgeries',
    level: 'should',
    severity: 'medium',
    title: 'does not acknowledge what it cannot verify',
    rule: 'A 2xx says: this event is safe with me.',
    source: 'Truora hooks page, retry table',
    why: 'On the day the wrong key is deployed, a 200 to what cannot be verified throws every event away; a 401 would have brought the retries.',
    fix: 'Answer 401 or 400 when the verification fails.',
    review: ({ attempts, levelOf, seen }) => {
      const hostile = attempts.filter(
        (attempt) =>
          attempt.intent === 'hostile' &&
          levelOf(attempt) === 'must' &&
          !ANSWERED_FOR_OTHERS.includes(attempt.caseId),
      );
      const ignored = hostile.filter(
        (attempt) =>
          isAcknowledged(attempt) &&
          attempt.events.every((event) => (seen.count(event) ?? 0) === 0),
      );
      return noneOf(hostile, ignored, say`no 2xx answer to a forgery`);
    },
  }),
];
