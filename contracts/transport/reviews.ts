import type { ContractCase } from '../runner/case.js';
import { describeAnswer } from '../runner/judge.js';
import { plural, say } from '../../language/say.js';

/** What the controls between the cases say about the receiver. */
export const transportReviews: readonly ContractCase[] = [
  {
    kind: 'reviews',
    id: 'transport/content-type',
    catalogue: 'P06',
    suite: 'transport',
    family: 'content-types',
    level: 'must',
    severity: 'high',
    title: 'reads the body under the content type that Truora sends',
    rule: 'Deliveries come as `application/jwt` with the token as the whole body.',
    source: 'seen in public receivers (OBS)',
    why: 'A body parser for JSON or plain text leaves the body empty under application/jwt: every delivery fails, or is acknowledged and lost.',
    fix: 'Read this route’s body as text whatever its type, for example `express.text({ type: () => true })`.',
    needs: [],
    review: ({ diagnosis, seen, controls }) => {
      const expected = say`a genuine delivery as ${seen.facts.contentType} is taken`;
      if (diagnosis?.kind === 'content-type') {
        return {
          verdict: 'failed',
          expected: say`a genuine delivery as ${diagnosis.configured} is taken`,
          actual: say`it is refused, and the same as ${diagnosis.works} is taken`,
        };
      }
      if (diagnosis?.kind === 'json-parser-only') {
        return {
          verdict: 'failed',
          expected,
          actual: say`the body is not read: a genuine token, an unusable text and an empty body are answered alike, and only JSON is parsed`,
        };
      }
      return controls.some(({ taken }) => taken)
        ? { verdict: 'passed', expected, actual: 'taken' }
        : { verdict: 'inconclusive', expected, actual: say`no genuine delivery was taken` };
    },
  },
  {
    kind: 'reviews',
    id: 'transport/still-takes-genuine',
    catalogue: 'P56',
    suite: 'transport',
    family: 'falls-over',
    level: 'must',
    severity: 'high',
    title: 'still takes genuine deliveries after each group of attacks',
    rule: 'Hostile input leaves the receiver as it was.',
    source: 'jwt_tool’s persistence checks',
    why: 'One bad request that stops the process, or locks it, stops every genuine delivery after it.',
    fix: 'Catch errors around the verification, also in promises; do not lock senders out for bad tokens; refuse what is too large before anything looks through it.',
    needs: [],
    review: ({ controls, attempts, seen }) => {
      const expected = say`every control between the groups is taken`;
      if (controls.length === 0) {
        return { verdict: 'inconclusive', expected, actual: say`no control` };
      }
      const idle = controls.find(({ taken, event }) => taken && seen.count(event) === 0);
      const lost = controls.find(({ taken }) => !taken);
      if (lost === undefined) {
        return idle === undefined
          ? { verdict: 'passed', expected, actual: say`all ${controls.length} were` }
          : {
              verdict: 'failed',
              expected,
              actual: say`${idle.after}: acknowledged without effect`,
              shownBy: idle.attempts,
            };
      }
      const taken = controls.slice(0, controls.indexOf(lost)).findLast((one) => one.taken);
      const fromMs = taken?.attempts.at(-1)?.atMs ?? 0;
      const untilMs = lost.attempts[0]?.atMs ?? 0;
      const firstBroken = attempts.find(
        ({ exchange, atMs, intent }) =>
          intent !== 'genuine' &&
          exchange.outcome.kind === 'failure' &&
          atMs >= fromMs &&
          atMs <= untilMs,
      );
      const hint =
        firstBroken === undefined
          ? ''
          : say`; the first attempt without an answer was ${firstBroken.caseId} (${firstBroken.label})`;
      const answer = lost.attempts.at(-1);
      return {
        verdict: 'failed',
        expected,
        actual: say`${lost.after}: a genuine delivery was not taken in ${plural(lost.attempts.length, 'attempt')} (${answer === undefined ? say`nothing sent` : describeAnswer(answer)})${hint}`,
        shownBy: lost.attempts,
      };
    },
  },
];
