import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt, Judgement, Seen, Verdict } from './case.js';
import { later, plural, say, translate } from '../../language/say.js';

export const statusOf = ({ exchange }: Attempt): number | undefined =>
  exchange.outcome.kind === 'response' ? exchange.outcome.status : undefined;

export const isAcknowledged = (attempt: Attempt): boolean => {
  const status = statusOf(attempt);
  return status !== undefined && status >= 200 && status < 300;
};

/** Asked to come back later (RFC 6585 §4, RFC 9110 §15.6.4): too much was sent at a time. */
export const isBusy = ({ exchange: { outcome } }: Pick<Attempt, 'exchange'>): boolean =>
  outcome.kind === 'response' && (outcome.status === 429 || outcome.status === 503);

/** How long it asked to wait by `Retry-After`, in milliseconds, where it gives seconds (RFC 9110 §10.2.3). */
export const retryAfterMs = ({
  exchange: { headers },
}: Pick<Attempt, 'exchange'>): number | undefined => {
  const value = headers['retry-after']?.trim() ?? '';
  return /^\d{1,6}$/.test(value) ? Number(value) * 1000 : undefined;
};

/** Busy, and said when to come back: a limit that it keeps on purpose, not a fault. */
export const asksToComeBack = (attempt: Pick<Attempt, 'exchange'>): boolean =>
  isBusy(attempt) && retryAfterMs(attempt) !== undefined;

/**
 * A 5xx that says that the receiver broke. 501 and 505 are the right words of a server for a method,
 * a coding or a version that it does not know (RFC 9110 §15.6).
 */
export const isFault = (attempt: Attempt): boolean => {
  const status = statusOf(attempt) ?? 0;
  return status >= 500 && status !== 501 && status !== 505;
};

/** `status 200`, `no answer (reset)`. */
export const describeAnswer = ({ exchange: { outcome } }: Attempt): string =>
  outcome.kind === 'response' ? say`status ${outcome.status}` : say`no answer (${outcome.failure})`;

/** The effects of an attempt's events together; undefined when any of them cannot be seen. */
const effectsOf = (attempt: Attempt, seen: Seen): number | undefined =>
  attempt.events.reduce<number | undefined>((sum, event) => {
    const count = seen.count(event);
    return sum === undefined || count === undefined ? undefined : sum + count;
  }, 0);

/** What an attempt came to, in words: `alg "None": status 200, 1 effect`. */
export const describeAttempt = (attempt: Attempt, seen: Seen): string => {
  const effects = attempt.events.length === 0 ? undefined : effectsOf(attempt, seen);
  const seenToo = effects === undefined ? '' : `, ${plural(effects, 'effect')}`;
  return `${attempt.label}: ${describeAnswer(attempt)}${seenToo}`;
};

const listAttempts = (attempts: readonly Attempt[], seen: Seen): string => {
  const shown = attempts.slice(0, 4).map((attempt) => describeAttempt(attempt, seen));
  const more = attempts.length - shown.length;
  return more > 0 ? say`${shown.join('; ')}; and ${more} more` : shown.join('; ');
};

type Reading = 'refused' | 'accepted' | 'unclear' | 'unseen';

/**
 * Whether a hostile attempt was refused: by its effects where they can be seen, else by its status.
 * `closes` counts a closed connection as a refusal, for bodies that a server may cut off.
 */
export const readRefusal = (attempt: Attempt, seen: Seen, closes = false): Reading => {
  const effects = effectsOf(attempt, seen);
  if (seen.facts.effects && effects !== undefined && effects > 0) return 'accepted';
  const status = statusOf(attempt);
  if (status === undefined) {
    const { outcome } = attempt.exchange;
    return closes && outcome.kind === 'failure' && outcome.failure === 'reset'
      ? 'refused'
      : 'unclear';
  }
  if (seen.facts.effects && effects !== undefined) return 'refused';
  if (status >= 400 && !isFault(attempt)) return 'refused';
  // Where the probe failed, a 2xx is as harmless as one without effect, or it is not.
  if (status < 200 || status >= 300 || seen.facts.effects) return 'unclear';
  return seen.facts.statusBlind ? 'unseen' : 'accepted';
};

const REFUSAL_EXPECTED = later('no effect (and a 4xx answer)');

/** Judges attempts that must all be refused. */
export const refusesAll = (
  attempts: readonly Attempt[],
  seen: Seen,
  options: { readonly closes?: boolean } = {},
): Judgement => {
  const readings = attempts.map((attempt) => ({
    attempt,
    reading: readRefusal(attempt, seen, options.closes),
  }));
  const having = (reading: Reading): readonly Attempt[] =>
    readings.filter((entry) => entry.reading === reading).map(({ attempt }) => attempt);
  const of = (chosen: readonly Attempt[]): string =>
    attempts.length === 1 ? '' : say`${chosen.length} of ${attempts.length} `;
  const accepted = having('accepted');
  if (accepted.length > 0) {
    return {
      verdict: 'failed',
      expected: translate(REFUSAL_EXPECTED),
      actual: say`${of(accepted)}accepted: ${listAttempts(accepted, seen)}`,
    };
  }
  const unclear = having('unclear');
  if (unclear.length > 0) {
    return {
      verdict: 'inconclusive',
      expected: translate(REFUSAL_EXPECTED),
      actual: say`${of(unclear)}unclear: ${listAttempts(unclear, seen)}`,
    };
  }
  const unseen = having('unseen');
  if (unseen.length > 0) {
    return notObservable(translate(REFUSAL_EXPECTED), say`it answers 2xx to everything`);
  }
  return {
    verdict: 'passed',
    expected: translate(REFUSAL_EXPECTED),
    actual:
      attempts.length === 1 ? listAttempts(attempts, seen) : say`all ${attempts.length} refused`,
  };
};

/** Judges a delivery that was cut short: whatever is answered but 2xx asks for the rest of it. */
export const refusesCut = (attempt: Attempt, seen: Seen): Judgement =>
  isAcknowledged(attempt) || (seen.facts.effects && effectsOf(attempt, seen) !== 0)
    ? refusesAll([attempt], seen, { closes: true })
    : { verdict: 'passed', expected: say`no 2xx`, actual: describeAttempt(attempt, seen) };

export const notObservable = (expected: string, why: string): Judgement => ({
  verdict: 'notObservable',
  expected,
  actual: say`cannot be seen: ${why}; add --probe`,
});

/** What is added to a verdict that the genuine delivery after it takes away. */
export const CONTROL_FAILED = later('; the control after it failed');

/** How many counts are told one by one. */
const TOLD_MOST = 6;

/** `2 times, 3 times`; of many their range: `2 to 3 times, 40 of them`. */
const howOften = (counts: readonly number[]): string => {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (counts.length <= TOLD_MOST) return counts.map((count) => say`${count} times`).join(', ');
  return least === most
    ? say`${most} times, ${counts.length} of them`
    : say`${least} to ${most} times, ${counts.length} of them`;
};

const NO_PROBE = later('no probe shows the effects');

/**
 * Judges events that must each have had exactly one effect. `superseded` names events that a
 * receiver with one row a resource may no longer show.
 */
export const appliesOnce = (
  events: readonly TruoraEvent[],
  seen: Seen,
  options: { readonly superseded?: readonly TruoraEvent[]; readonly what?: string } = {},
): Judgement => {
  const expected = options.what ?? (events.length === 1 ? say`one effect` : say`one effect each`);
  if (!seen.facts.effects) return notObservable(expected, translate(NO_PROBE));
  const counts = events.map((event) => ({ event, count: seen.count(event) }));
  if (counts.some(({ count }) => count === undefined)) {
    return { verdict: 'inconclusive', expected, actual: say`the probe failed` };
  }
  const many = counts.filter(({ count }) => count !== undefined && count > 1);
  const lost = counts.filter(
    ({ event, count }) =>
      count === 0 &&
      !(seen.facts.latestPerResource && options.superseded?.includes(event) === true),
  );
  if (many.length === 0 && lost.length === 0) {
    return { verdict: 'passed', expected, actual: expected };
  }
  const parts = [
    many.length === 0 ? '' : say`applied ${howOften(many.map(({ count = 0 }) => count))}`,
    lost.length === 0 ? '' : say`${plural(lost.length, 'event')} without effect`,
  ].filter((part) => part !== '');
  const of = events.length === 1 ? '' : say` (of ${plural(events.length, 'event')})`;
  return { verdict: 'failed', expected, actual: `${parts.join('; ')}${of}` };
};

/** Judges attempts that must all have been acknowledged with a 2xx. */
export const acknowledgesAll = (attempts: readonly Attempt[]): Judgement => {
  const expected = attempts.length === 1 ? say`a 2xx answer` : say`a 2xx answer to each delivery`;
  const refused = attempts.filter((attempt) => !isAcknowledged(attempt));
  if (refused.length === 0) return { verdict: 'passed', expected, actual: expected };
  const answers = refused.slice(0, 4).map((one) => `${one.label}: ${describeAnswer(one)}`);
  const more = refused.length > 4 ? say`; and ${refused.length - 4} more` : '';
  return {
    verdict: 'failed',
    expected,
    actual: `${answers.join('; ')}${more}`,
    shownBy: refused,
  };
};

/** Judges genuine deliveries that must each be acknowledged and, where it can be seen, applied. */
export const takesEach = (attempts: readonly Attempt[], seen: Seen): Judgement => {
  const taken = acknowledgesAll(attempts);
  if (!seen.facts.effects) {
    return seen.facts.statusBlind && taken.verdict === 'passed'
      ? notObservable(say`acknowledged and applied`, say`it answers 2xx to everything`)
      : taken;
  }
  return allOf(
    taken,
    appliesOnce(
      attempts.flatMap(({ events }) => events),
      seen,
    ),
  );
};

/** The effects of that one of an attempt's events that has the most. */
const mostEffects = ({ events }: Attempt, seen: Seen): number =>
  Math.max(0, ...events.map((event) => seen.count(event) ?? 0));

/** Judges something odd but harmless: no 5xx, no hang, one effect at most. */
export const staysCalm = (attempts: readonly Attempt[], seen: Seen): Judgement => {
  const expected = say`no 5xx, an answer, and one effect at most`;
  const bad = attempts.filter((attempt) => {
    const status = statusOf(attempt);
    return status === undefined || status >= 500 || mostEffects(attempt, seen) > 1;
  });
  if (bad.length === 0) {
    return { verdict: 'passed', expected, actual: listAttempts(attempts, seen) };
  }
  return { verdict: 'failed', expected, actual: listAttempts(bad, seen) };
};

/**
 * Judges HTTP that a server may take, refuse, or cut off before the receiver hears of it. `waits`
 * allows it to wait for the rest of what is never whole.
 */
export const toleratesAll = (
  attempts: readonly Attempt[],
  seen: Seen,
  { waits = false }: { readonly waits?: boolean } = {},
): Judgement => {
  const expected = say`taken once, refused, or cut off, but no 5xx`;
  const bad = attempts.filter((attempt) => {
    const { outcome } = attempt.exchange;
    const hangs = outcome.kind === 'failure' && outcome.failure === 'timeout' && !waits;
    return isFault(attempt) || hangs || mostEffects(attempt, seen) > 1;
  });
  if (bad.length === 0) {
    return { verdict: 'passed', expected, actual: listAttempts(attempts, seen) };
  }
  return { verdict: 'failed', expected, actual: listAttempts(bad, seen) };
};

const WEIGHT: Readonly<Record<Verdict, number>> = {
  failed: 4,
  inconclusive: 3,
  notObservable: 2,
  skipped: 1,
  passed: 0,
};

/** The worst of several judgements; what failed together is said together. */
export const allOf = (...judgements: readonly Judgement[]): Judgement => {
  const worst = Math.max(...judgements.map(({ verdict }) => WEIGHT[verdict]));
  const said = judgements.filter(({ verdict }) => WEIGHT[verdict] === worst);
  const verdict = said[0]?.verdict ?? 'inconclusive';
  const join = (pick: (judgement: Judgement) => string): string =>
    said.map(pick).map(translate).join('; ');
  return {
    verdict,
    expected: join(({ expected }) => expected),
    actual: join(({ actual }) => actual),
  };
};
