import type { Attempt, ContractCase, Judgement, RunHistory } from '../runner/case.js';
import { describeAnswer, isAcknowledged, notObservable } from '../runner/judge.js';
import { watchApplied } from '../runner/watch.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';
import { say } from '../../language/say.js';

const answers: Family = {
  name: 'answers',
  why: 'Truora reads your status and throws the rest away: whatever else you send costs both sides time, until the delivery times out and comes again.',
  fix: 'Answer with a short fixed text, or none, and end the response.',
};

const LARGEST_BYTES = 1 << 20;

const textOf = ({ exchange }: Attempt): string => Buffer.from(exchange.body).toString('utf8');

const isPage = (attempt: Attempt): boolean =>
  isAcknowledged(attempt) && /<(?:!doctype\s+html|html|head|title|form)\b/i.test(textOf(attempt));

/** `a page "Log in"`. */
const describePage = (attempt: Attempt): string => {
  const title = /<title[^>]*>\s*([^<]{1,60}?)\s*</i.exec(textOf(attempt))?.[1];
  return title === undefined ? say`a page of HTML` : say`the page “${title}”`;
};

/** Whether genuine deliveries end at a page that answers 200 and does nothing. */
const endsAtPage = ({ controls, introduction, diagnosis, seen }: RunHistory): Judgement => {
  const expected = say`an acknowledgement by the receiver itself`;
  const genuine = [
    ...controls.flatMap(({ attempts }) => attempts),
    ...(diagnosis?.kind === 'no-effect' ? introduction.map(({ attempt }) => attempt) : []),
  ].filter(isAcknowledged);
  if (genuine.length === 0) {
    return { verdict: 'inconclusive', expected, actual: say`no delivery was acknowledged` };
  }
  const pages = genuine.filter(isPage);
  const idle = pages.find(
    ({ events }) =>
      diagnosis?.kind === 'no-effect' || events.some((event) => seen.count(event) === 0),
  );
  if (idle !== undefined) {
    const actual = say`${describeAnswer(idle)} with ${describePage(idle)}, and no effect`;
    return { verdict: 'failed', expected, actual };
  }
  return pages.length > 0 && !seen.facts.effects
    ? notObservable(expected, say`a page of HTML is answered`)
    : { verdict: 'passed', expected, actual: say`no page without effect` };
};

/** What comes back with an acknowledgement. */
export const answerCases: readonly ContractCase[] = [
  transportCase(answers, {
    slug: 'answer-size',
    catalogue: 'P54',
    title: 'acknowledges with less than 1 MiB',
    rule: 'An acknowledgement is a status; its body ends, and soon.',
    source: 'senders keep answers in memory (INF)',
    severity: 'low',
    level: 'should',
    run: async (context) => {
      const event = context.event();
      const attempts = await context.deliver([event], {
        label: 'genuine',
        answerKeptBytes: LARGEST_BYTES + 1,
      });
      const acknowledged = attempts.find(isAcknowledged);
      const length = acknowledged?.exchange.body.length ?? 0;
      const expected = say`an answer of 1 MiB at most`;
      return {
        attempts,
        watched: watchApplied(attempts.slice(-1)),
        judge: () =>
          acknowledged === undefined
            ? { verdict: 'inconclusive', expected, actual: say`no acknowledgement to measure` }
            : {
                verdict: length > LARGEST_BYTES ? 'failed' : 'passed',
                expected,
                actual: length > LARGEST_BYTES ? say`more than that` : say`${length} bytes`,
              },
      };
    },
  }),
  {
    kind: 'reviews',
    id: 'transport/ends-at-a-page',
    catalogue: 'P49',
    suite: 'transport',
    family: answers.name,
    level: 'must',
    severity: 'high',
    title: 'is no page that answers 200 to anything',
    rule: 'A 2xx says that the event is safe, not that a page was found.',
    source: 'login pages, single-page applications and maintenance pages in front of a receiver',
    why: 'A page answers 200 in your receiver’s place: Truora counts each event as delivered, and none arrives.',
    fix: 'Let deliveries past the login, and let unknown paths answer 404; then check the URL that you gave to Truora.',
    needs: [],
    review: endsAtPage,
  },
];
