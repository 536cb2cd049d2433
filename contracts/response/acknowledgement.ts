import type { Attempt, ContractCase, Judgement, RunHistory } from '../runner/case.js';
import { acknowledgesAll, asksToComeBack, isAcknowledged, notObservable } from '../runner/judge.js';
import { isGenuine, noneOf, review } from './review.js';
import { say } from '../../language/say.js';

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Acknowledgement times of single genuine deliveries; bursts and big batches are judged elsewhere. */
const latencies = ({ controls, introduction }: RunHistory): readonly number[] =>
  [...controls.flatMap(({ attempts }) => attempts), ...introduction.map(({ attempt }) => attempt)]
    .filter(isAcknowledged)
    .map(({ exchange }) => exchange.latencyMs)
    .toSorted((a, b) => a - b);

/** Whether `succeeded` has an effect in every product in which another action has one. */
const GOOD_END = /\.(?:succeeded|finished)$/;

const hearsSucceeded = ({ seen, introduction }: RunHistory, other: string): Judgement => {
  const expected = say`an effect of succeeded or finished where ${other} has one`;
  if (!seen.facts.effects) return notObservable(expected, say`no probe shows the effects`);
  const { handled } = seen.facts;
  const deaf = introduction
    .filter(({ pair }) => GOOD_END.test(pair) && !handled.has(pair))
    .filter(({ pair }) => handled.has(pair.replace(GOOD_END, `.${other}`)));
  return {
    verdict: deaf.length === 0 ? 'passed' : 'failed',
    expected,
    actual:
      deaf.length === 0 ? expected : say`no effect of ${deaf.map(({ pair }) => pair).join(', ')}`,
    shownBy: deaf.map(({ attempt }) => attempt),
  };
};

const idsIn = (attempts: readonly Attempt[]): ReadonlySet<string> =>
  new Set(attempts.flatMap(({ events }) => events.map(({ id }) => id)));

/** Ids of events whose deliveries failed by a limit of the receiver alone, which said when to come back. */
const sentAwayIn = (attempts: readonly Attempt[]): ReadonlySet<string> => {
  const failed = attempts.filter((attempt) => isGenuine(attempt) && !isAcknowledged(attempt));
  const broken = idsIn(failed.filter((attempt) => !asksToComeBack(attempt)));
  return new Set([...idsIn(failed)].filter((id) => !broken.has(id)));
};

/** Whether genuine events are acknowledged: each of them, in time, at once, and applied. */
export const acknowledgementReviews: readonly ContractCase[] = [
  review({
    slug: 'acknowledges-every-event',
    catalogue: 'V025',
    family: 'acknowledgement',
    level: 'must',
    severity: 'high',
    title: 'acknowledges each of the 45 documented events',
    rule: 'A hook may send any event of its products; what you do not handle is acknowledged all the same.',
    source: 'Truora hooks page, table of products and events',
    why: 'A refused event is retried five times and counts as six failures: one event type that you refuse can disable the hook for all the others.',
    fix: 'Answer 2xx to every event whose signature is right, also to those that you ignore.',
    review: ({ introduction, controls }) =>
      introduction.length === 0 || controls.length === 0
        ? {
            verdict: 'inconclusive',
            expected: say`a 2xx answer to each`,
            actual: say`no genuine delivery is taken`,
          }
        : acknowledgesAll(introduction.map(({ pair, attempt }) => ({ ...attempt, label: pair }))),
  }),
  review({
    slug: 'applies-its-products',
    catalogue: 'V001',
    family: 'acknowledgement',
    level: 'must',
    severity: 'high',
    title: 'applies events of each product that it is said to handle',
    rule: 'An acknowledged event of a handled product has an effect.',
    source: 'the products named with --products',
    why: 'The status words look alike: an action says succeeded where a status says success. A comparison with the wrong one drops every event in silence.',
    fix: 'Compare event_action with the documented words: created, succeeded, failed, finished …',
    review: ({ products, seen }) => {
      const expected = say`an effect of at least one event of each product`;
      if (products === undefined) {
        return { verdict: 'skipped', expected, actual: say`name the products with --products` };
      }
      if (!seen.facts.effects) {
        return {
          verdict: 'notObservable',
          expected,
          actual: say`no probe shows the effects; add --probe`,
        };
      }
      const handled = new Set([...seen.facts.handled].map((pair) => pair.split('.')[0]));
      const idle = products.filter((product) => !handled.has(product));
      return {
        verdict: idle.length === 0 ? 'passed' : 'failed',
        expected,
        actual: idle.length === 0 ? expected : say`no effect of ${idle.join(', ')}`,
      };
    },
  }),
  review({
    slug: 'applies-the-end-of-what-it-began',
    catalogue: 'V001',
    family: 'acknowledgement',
    level: 'must',
    severity: 'high',
    title: 'applies succeeded and finished wherever it applies created',
    rule: 'The action of a good end is `succeeded`, not `success`.',
    source: 'Truora hooks page; seen in public receivers (OBS)',
    why: 'A receiver that waits for the word success never hears of a person who passed.',
    fix: 'Compare event_action with succeeded and finished; the words success and completed are statuses.',
    review: (history) => hearsSucceeded(history, 'created'),
  }),
  review({
    slug: 'applies-good-ends-as-bad-ones',
    catalogue: 'V001',
    family: 'acknowledgement',
    level: 'should',
    severity: 'medium',
    title: 'applies succeeded wherever it applies failed',
    rule: 'The action of a good end is `succeeded`, not `success`.',
    source: 'Truora hooks page; seen in public receivers (OBS)',
    why: 'A receiver that waits for the word success never hears of a person who passed.',
    fix: 'Compare event_action with succeeded and finished; the words success and completed are statuses.',
    review: (history) => hearsSucceeded(history, 'failed'),
  }),
  review({
    slug: 'ack-latency',
    catalogue: 'P46',
    family: 'slow-acknowledgement',
    level: 'should',
    severity: 'medium',
    title: 'acknowledges in half the time it has, or less',
    rule: 'An answer after the time-out counts as a failure.',
    source: 'assumption (INF): 3 s, as Slack documents for the same rule',
    why: 'A slow day at your database turns acknowledgements into time-outs: every event comes again, and the hook nears its disabling.',
    fix: 'Store the event, answer, and work afterwards.',
    review: (history) => {
      const sorted = latencies(history);
      const expected = say`95 of 100 answers within ${history.timeoutMs / 2} ms`;
      if (sorted.length === 0) {
        return { verdict: 'inconclusive', expected, actual: say`no answers` };
      }
      const [p50, p95] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
      return {
        verdict: p95 <= history.timeoutMs / 2 ? 'passed' : 'failed',
        expected,
        actual: say`median ${Math.round(p50)} ms, 95th percentile ${Math.round(p95)} ms, longest ${Math.round(sorted.at(-1) ?? 0)} ms`,
      };
    },
  }),
  review({
    slug: 'needs-no-retry',
    catalogue: 'D12',
    family: 'under-load',
    level: 'should',
    severity: 'medium',
    title: 'takes genuine deliveries at the first attempt',
    rule: 'A healthy receiver acknowledges what it applies.',
    source: 'Truora hooks page, the 80% rule',
    why: 'Failures that a retry mends still count towards the share that disables the hook.',
    fix: 'Find out what fails under several deliveries at once: a lock, a pool, a file.',
    review: ({ attempts }) => {
      const sentAway = sentAwayIn(attempts);
      const retried = attempts.filter(
        (attempt) =>
          isGenuine(attempt) &&
          !attempt.caseId.startsWith('recovery/') &&
          // A copy in flight may be sent away.
          !attempt.label.startsWith('copy') &&
          /, retry \d$/.test(attempt.label) &&
          isAcknowledged(attempt) &&
          !attempt.events.every(({ id }) => sentAway.has(id)),
      );
      const mended = idsIn(retried);
      return {
        ...noneOf(attempts.filter(isGenuine), retried, 'no delivery that needed a retry'),
        shownBy: attempts.filter(
          (attempt) => !isAcknowledged(attempt) && attempt.events.some(({ id }) => mended.has(id)),
        ),
      };
    },
  }),
  review({
    slug: 'no-redirect',
    catalogue: 'P48',
    family: 'acknowledgement',
    level: 'must',
    severity: 'high',
    title: 'answers a genuine delivery itself, without a redirect',
    rule: 'The acknowledgement is a 2xx of the URL that was given.',
    source: 'Standard Webhooks: a 3xx is a failure; redirects may be limited (INF)',
    why: 'Whether Truora follows a redirect of a POST is unknown; many senders do not, and the event is lost.',
    fix: 'Give Truora the final URL: with https, with or without the slash, as your server wants it.',
    review: ({ attempts }) => {
      const genuine = attempts.filter(isGenuine);
      const redirected = genuine.filter(({ exchange: { outcome } }) =>
        outcome.kind === 'response'
          ? outcome.redirects > 0 || (outcome.status >= 300 && outcome.status < 400)
          : outcome.failure === 'redirects',
      );
      return noneOf(genuine, redirected, 'no redirect');
    },
  }),
];
