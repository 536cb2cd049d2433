/** Cases that judge what all others received, on runs made by hand. */
import { expect, test } from 'vitest';
import { contractCases } from '../../contracts/cases.js';
import type { Attempt, Control, Judgement, RunHistory } from '../../contracts/runner/case.js';
import { attemptOf, eventOf, seenOf } from './attempts.js';
import type { Answer } from './attempts.js';

const attemptIn = (caseId: string, answer: Answer, atMs = 10): Attempt => ({
  ...attemptOf(answer),
  caseId,
  atMs,
});

const controlAt = (atMs: number, answer: Answer): Control => ({
  after: `the group before ${atMs} ms`,
  event: eventOf('control'),
  attempts: [{ ...attemptOf(answer, { intent: 'genuine' }), atMs }],
  taken: answer === 200,
});

const review = (id: string, run: Partial<RunHistory>): Judgement => {
  const reviewing = contractCases.find((one) => one.id === id);
  if (reviewing?.kind !== 'reviews') throw new Error(`${id} reviews nothing`);
  return reviewing.review({
    attempts: [],
    levelOf: ({ caseId }) => contractCases.find((one) => one.id === caseId)?.level,
    introduction: [],
    controls: [],
    seen: seenOf({ control: 1 }),
    key: 'a key',
    timeoutMs: 3000,
    products: undefined,
    diagnosis: undefined,
    ...run,
  });
};

test.each([
  ['verification/alg-none', 'failed'],
  ['verification/polyglot', 'inconclusive'],
  ['verification/json-after-token', 'inconclusive'],
  ['transport/host-trusted', 'inconclusive'],
  ['transport/path-variants-forged', 'inconclusive'],
])('a 200 without effect in %s, taken for acknowledged forgeries: %s', (id, verdict) => {
  const attempts = [attemptIn(id, 200)];
  expect(review('response/refuses-with-4xx', { attempts }).verdict).toBe(verdict);
});

test.each([
  ['verification/alg-none', 'failed'],
  ['transport/bad-chunk-size', 'failed'],
  ['transport/body-cut', 'inconclusive'],
  ['transport/chunked-body-cut', 'inconclusive'],
])('a 502 in %s, taken for bad input that ends in a 5xx: %s', (id, verdict) => {
  const attempts = [attemptIn(id, 502)];
  expect(review('response/no-5xx-on-bad-input', { attempts }).verdict).toBe(verdict);
});

test('what came before a control that was taken is not named as what felled the receiver', () => {
  const { verdict, actual } = review('transport/still-takes-genuine', {
    attempts: [
      attemptIn('transport/cut-before-the-answer', 'reset', 10),
      attemptIn('transport/slow-bodies', 'timeout', 30),
      attemptIn('transport/huge-bodies', 'timeout', 50),
    ],
    controls: [controlAt(5, 200), controlAt(20, 200), controlAt(40, 'timeout')],
  });
  expect(verdict).toBe('failed');
  expect(actual).toContain('the first attempt without an answer was transport/slow-bodies');
});

test('a check that is known when it begins and not when it is finished is told', () => {
  const introduction = ['checks.created', 'checks.finished'].map((pair) => ({
    pair,
    attempt: attemptOf(200, { intent: 'genuine' }),
  }));
  const judged = (...handled: readonly string[]): Judgement => {
    const seen = seenOf({});
    const facts = { ...seen.facts, handled: new Set(handled) };
    return review('response/applies-the-end-of-what-it-began', {
      introduction,
      seen: { ...seen, facts },
    });
  };
  expect(judged('checks.created', 'checks.finished').verdict).toBe('passed');
  expect(judged('checks.created')).toMatchObject({
    verdict: 'failed',
    actual: 'no effect of checks.finished',
    shownBy: [introduction[1]?.attempt],
  });
});

test('a delivery that needed a retry is shown by the attempts that failed', () => {
  const late = attemptOf('timeout', { intent: 'genuine' });
  const retry = { ...attemptOf(200, { intent: 'genuine' }), label: 'a delivery, retry 1' };
  expect(review('response/needs-no-retry', { attempts: [late, retry] })).toMatchObject({
    verdict: 'failed',
    shownBy: [late],
  });
});
