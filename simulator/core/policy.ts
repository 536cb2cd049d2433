/**
 * How deliveries are retried and when a hook is disabled.
 *
 * Truora's page leaves ten choices open. Each is a field here, so that a result can be printed
 * with the reading it depends on. Tags: DOC the hooks page, INF our inference.
 */
import {
  type Check,
  describeValue,
  listOf,
  oneOf,
  setOf,
  trueOrFalse,
  wholeNumber,
} from './checks.js';
import { HookproofError } from './errors.js';
import { TIMER_MAX_MS } from './times.js';
import { say } from '../../language/say.js';

const conditions = ['status', 'timeout', 'connection', 'dns', 'tls', 'redirects'] as const;

/** What can make an attempt a failed one. */
export type FailureCondition = (typeof conditions)[number];

/** An exact fraction: floating point misjudges a rate of exactly 80%. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/** One reading of the delivery rules: plain, frozen, and the same after a trip through JSON. */
export interface DeliveryPolicy {
  /**
   * Attempts a delivery gets, the first included. 6: the first and the table's five retries; or 5:
   * "a total of 5 times" (DOC, ambiguous). Default 6, as only then is the table's last row used
   * (INF).
   */
  readonly attemptsMax: number;
  /** Milliseconds before retry 1, 2, …: 30 s × 4^(n−1) (DOC). May be longer than needed. */
  readonly delaysMs: readonly number[];
  /**
   * What a delay is counted from: the end of the attempt before, its start, or the start of the
   * first attempt. Default 'previous-end' (INF).
   */
  readonly delayFrom: 'previous-end' | 'previous-start' | 'first-start';
  /**
   * What fails an attempt: any status outside 2xx, no answer in time, a lost or refused connection,
   * DNS, TLS, too many redirects. What is left out is not retried, and counts as a success. Default
   * all (INF, from Slack's list).
   */
  readonly failureConditions: readonly FailureCondition[];
  /** Milliseconds a receiver has to answer. Default 3000 (INF, from Slack's list). */
  readonly timeoutMs: number;
  /** Redirects an attempt may follow. Default 2 (INF, from Slack's list). */
  readonly redirectsMax: number;
  /**
   * 'rolling' looks back from each attempt; 'tumbling' starts again at fixed spans. Default
   * 'rolling': the same whenever it is judged (INF).
   */
  readonly window: 'rolling' | 'tumbling';
  /** Milliseconds the window spans. Default 3 600 000 (DOC: 60 minutes). */
  readonly windowMs: number;
  /**
   * The share of failures that must be exceeded, never merely reached: "more than 80%" (DOC). 1/1
   * switches the rule off.
   */
  readonly threshold: Ratio;
  /**
   * What the window must hold before it is judged, counted as `counted` says. None is stated.
   * Default 10: with 1 a fresh hook is disabled by its first failure and could never see a retry
   * (INF).
   */
  readonly attemptsMin: number;
  /**
   * 'attempts' counts each attempt; 'events' counts each event once, by its latest attempt in the
   * window. Default 'attempts' (DOC: "delivery attempts").
   */
  readonly counted: 'attempts' | 'events';
  /** Whether attempts of deliveries resent by hand enter the window. Default false (INF). */
  readonly resendsCounted: boolean;
  /**
   * What becomes of queued retries when the hook is disabled: dropped, held until it is enabled, or
   * sent all the same. Default 'drop' (INF).
   */
  readonly onDisable: 'drop' | 'hold' | 'send';
  /**
   * Whether the window is cleared or kept when the hook is enabled. Default 'clear': old failures
   * do not haunt it (INF).
   */
  readonly onEnable: 'clear' | 'keep';
  /**
   * What is disabled: the hook, or every hook of its account ("event subscriptions" is plural,
   * DOC). Each hook has its own window either way. Default 'hook' (INF).
   */
  readonly scope: 'hook' | 'account';
}

const checks: Readonly<Record<keyof DeliveryPolicy, Check>> = {
  attemptsMax: wholeNumber(1),
  delaysMs: listOf(wholeNumber(0)),
  delayFrom: oneOf('previous-end', 'previous-start', 'first-start'),
  failureConditions: setOf(oneOf(...conditions)),
  timeoutMs: wholeNumber(1, TIMER_MAX_MS),
  redirectsMax: wholeNumber(0),
  window: oneOf('rolling', 'tumbling'),
  windowMs: wholeNumber(1),
  threshold: {
    get expected() {
      return say`whole numbers {numerator, denominator}, 0 ≤ numerator ≤ denominator ≤ 1000000`;
    },
    accepts: (value) => {
      const { numerator, denominator } = (value ?? {}) as Partial<Ratio>;
      // The bound keeps denominator × attempts an exact integer up to 9 × 10^9 attempts.
      return (
        wholeNumber(1, 1_000_000).accepts(denominator) &&
        wholeNumber(0, denominator).accepts(numerator)
      );
    },
  },
  attemptsMin: wholeNumber(1),
  counted: oneOf('attempts', 'events'),
  resendsCounted: trueOrFalse,
  onDisable: oneOf('drop', 'hold', 'send'),
  onEnable: oneOf('clear', 'keep'),
  scope: oneOf('hook', 'account'),
};

const refuse = (
  field: string,
  expected: string,
  got: string,
  remedy = say`Correct or remove ${field}: what is left out keeps its default.`,
): never => {
  throw new HookproofError(
    'invalid_argument',
    say`policy.${field}: expected ${expected}, got ${got}`,
    remedy,
  );
};

const validated = (policy: DeliveryPolicy): DeliveryPolicy => {
  for (const [field, value] of Object.entries(policy)) {
    if (!Object.hasOwn(checks, field)) {
      refuse(field, say`a field among ${Object.keys(checks).join(', ')}`, describeValue(field));
    }
    const check = checks[field as keyof DeliveryPolicy];
    if (!check.accepts(value)) refuse(field, check.expected, describeValue(value));
  }
  const { attemptsMax, delaysMs, failureConditions, threshold } = policy;
  if (delaysMs.length < attemptsMax - 1) {
    const expected = say`at least ${attemptsMax - 1} delays for attemptsMax ${attemptsMax}`;
    const remedy = say`add the delays that attemptsMax ${attemptsMax} needs to delaysMs, or lower it`;
    refuse('delaysMs', expected, String(delaysMs.length), remedy);
  }
  return Object.freeze({
    ...policy,
    delaysMs: Object.freeze([...delaysMs]),
    failureConditions: Object.freeze([...failureConditions]),
    threshold: Object.freeze({ ...threshold }),
  });
};

const documented = validated({
  attemptsMax: 6,
  delaysMs: [30_000, 120_000, 480_000, 1_920_000, 7_680_000],
  delayFrom: 'previous-end',
  failureConditions: conditions,
  timeoutMs: 3000,
  redirectsMax: 2,
  window: 'rolling',
  windowMs: 3_600_000,
  threshold: { numerator: 4, denominator: 5 },
  attemptsMin: 10,
  counted: 'attempts',
  resendsCounted: false,
  onDisable: 'drop',
  onEnable: 'clear',
  scope: 'hook',
});

/**
 * The documented policy with some fields replaced, checked and frozen.
 *
 * @throws HookproofError `invalid_argument` for an unknown field, a value out of its range, or
 *   fewer delays than retries
 */
export const createPolicy = (overrides: Partial<DeliveryPolicy>): DeliveryPolicy =>
  validated({ ...documented, ...overrides });

/**
 * `documented` the defaults; `literal` judges from the first attempt on; `five` gives five attempts
 * in all.
 */
export const policies = Object.freeze({
  documented,
  literal: createPolicy({ attemptsMin: 1 }),
  five: createPolicy({ attemptsMax: 5 }),
});
