import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../contracts/runner/case.js';
import {
  acknowledgesAll,
  allOf,
  appliesOnce,
  isAcknowledged,
  refusesAll,
  refusesCut,
  staysCalm,
  takesEach,
  toleratesAll,
} from '../../contracts/runner/judge.js';
import { attemptOf, eventOf, judgementOf, seenOf } from './attempts.js';
import type { Answer } from './attempts.js';

const [one, two, three] = [eventOf('one'), eventOf('two'), eventOf('three')];

describe('acknowledged', () => {
  test.each<readonly [Answer, boolean]>([
    [199, false],
    [200, true],
    [202, true],
    [299, true],
    [300, false],
    [404, false],
    ['timeout', false],
  ])('%s: %s', (answer, acknowledged) => {
    expect(isAcknowledged(attemptOf(answer))).toBe(acknowledged);
  });
});

describe('a delivery that was cut short', () => {
  test.each<readonly [Answer, Verdict]>([
    [200, 'failed'],
    [400, 'passed'],
    [500, 'passed'],
    [502, 'passed'],
    ['reset', 'passed'],
    ['timeout', 'passed'],
  ])('without a probe must only not be acknowledged; %s: %s', (answer, verdict) => {
    expect(refusesCut(attemptOf(answer), seenOf(undefined)).verdict).toBe(verdict);
  });

  test.each<readonly [Answer, number, Verdict]>([
    [500, 0, 'passed'],
    [500, 1, 'failed'],
    ['reset', 0, 'passed'],
    ['timeout', 0, 'passed'],
    ['reset', 1, 'failed'],
  ])('with a probe must have no effect; %s, %i: %s', (answer, one, verdict) => {
    expect(refusesCut(attemptOf(answer), seenOf({ one })).verdict).toBe(verdict);
  });
});

describe('a refusal', () => {
  describe('without a probe is read from the status', () => {
    test.each<readonly [Answer, Verdict]>([
      [400, 'passed'],
      [401, 'passed'],
      [404, 'passed'],
      [422, 'passed'],
      [429, 'passed'],
      [499, 'passed'],
      [501, 'passed'],
      [505, 'passed'],
      [200, 'failed'],
      [204, 'failed'],
      [299, 'failed'],
      [301, 'inconclusive'],
      [307, 'inconclusive'],
      [500, 'inconclusive'],
      [503, 'inconclusive'],
      ['reset', 'inconclusive'],
      ['timeout', 'inconclusive'],
      ['refused', 'inconclusive'],
      ['dns', 'inconclusive'],
      ['tls', 'inconclusive'],
    ])('%s: %s', (answer, verdict) => {
      expect(refusesAll([attemptOf(answer)], seenOf(undefined)).verdict).toBe(verdict);
    });
  });

  describe('with a probe is read from the effects', () => {
    test.each<readonly [Answer, number, Verdict]>([
      [401, 0, 'passed'],
      [200, 0, 'passed'],
      [204, 0, 'passed'],
      [302, 0, 'passed'],
      [500, 0, 'passed'],
      [503, 0, 'passed'],
      [200, 1, 'failed'],
      [401, 1, 'failed'],
      [500, 2, 'failed'],
      ['reset', 1, 'failed'],
      ['reset', 0, 'inconclusive'],
      ['timeout', 0, 'inconclusive'],
      ['refused', 0, 'inconclusive'],
    ])('%s and %i effects: %s', (answer, effects, verdict) => {
      expect(refusesAll([attemptOf(answer)], seenOf({ one: effects })).verdict).toBe(verdict);
    });
  });

  describe('with a probe that failed proves a 4xx only', () => {
    test.each<readonly [Answer, Verdict]>([
      [401, 'passed'],
      [200, 'inconclusive'],
      [500, 'inconclusive'],
      ['reset', 'inconclusive'],
    ])('%s: %s', (answer, verdict) => {
      expect(refusesAll([attemptOf(answer)], seenOf('broken')).verdict).toBe(verdict);
    });
  });

  describe('of a receiver that answers 2xx to everything', () => {
    test.each<readonly [string, number | undefined, Verdict]>([
      ['cannot be seen without a probe', undefined, 'notObservable'],
      ['is an effect that is not there', 0, 'passed'],
      ['is missing where there is an effect', 1, 'failed'],
    ])('%s', (_what, effects, verdict) => {
      const seen = seenOf(effects === undefined ? undefined : { one: effects }, {
        statusBlind: true,
      });
      expect(refusesAll([attemptOf(200)], seen).verdict).toBe(verdict);
    });
  });

  describe('by a closed connection counts where a server may cut', () => {
    test.each<readonly [Answer, number | undefined, Verdict]>([
      ['reset', undefined, 'passed'],
      ['reset', 0, 'passed'],
      ['reset', 1, 'failed'],
      ['timeout', 0, 'inconclusive'],
      ['refused', undefined, 'inconclusive'],
      [500, undefined, 'inconclusive'],
    ])('%s and %s effects: %s', (answer, effects, verdict) => {
      const seen = seenOf(effects === undefined ? undefined : { one: effects });
      expect(refusesAll([attemptOf(answer)], seen, { closes: true }).verdict).toBe(verdict);
    });
  });

  test('of a body without events is no effect', () => {
    const seen = seenOf({ one: 1 });
    expect(refusesAll([attemptOf(200, { events: [] })], seen).verdict).toBe('passed');
  });

  test('fails where one of several attempts had an effect, and names it', () => {
    const attempts = [
      attemptOf(401, { label: 'alg "none"', events: [one] }),
      attemptOf(200, { label: 'alg "None"', events: [two] }),
      attemptOf('reset', { label: 'alg "NONE"', events: [three] }),
    ];
    expect(refusesAll(attempts, seenOf({ two: 1 }))).toEqual({
      verdict: 'failed',
      expected: 'no effect (and a 4xx answer)',
      actual: '1 of 3 accepted: alg "None": status 200, 1 effect',
    });
  });

  test('is inconclusive where one of several attempts got no answer, and names it', () => {
    const attempts = [
      attemptOf(401, { label: 'first', events: [one] }),
      attemptOf('timeout', { label: 'second', events: [two] }),
    ];
    expect(refusesAll(attempts, seenOf({}))).toEqual({
      verdict: 'inconclusive',
      expected: 'no effect (and a 4xx answer)',
      actual: '1 of 2 unclear: second: no answer (timeout), 0 effects',
    });
  });

  test('names four attempts and counts the others', () => {
    const attempts = Array.from({ length: 6 }, (_, index) =>
      attemptOf(200, { label: `try ${index}`, events: [] }),
    );
    expect(refusesAll(attempts, seenOf(undefined)).actual).toBe(
      '6 of 6 accepted: try 0: status 200; try 1: status 200; try 2: status 200; try 3: status 200; and 2 more',
    );
  });

  test('adds the effects of all events that were smuggled in', () => {
    const attempt = attemptOf(200, { events: [one, two] });
    expect(refusesAll([attempt], seenOf({ one: 1, two: 2 })).actual).toContain('3 effects');
  });
});

describe('one effect', () => {
  test.each<readonly [Readonly<Record<string, number>> | 'broken' | undefined, Verdict, string]>([
    [{ one: 1 }, 'passed', 'one effect'],
    [{ one: 0 }, 'failed', '1 event without effect'],
    [{ one: 2 }, 'failed', 'applied 2 times'],
    ['broken', 'inconclusive', 'the probe failed'],
    [undefined, 'notObservable', 'cannot be seen: no probe shows the effects; add --probe'],
  ])('of one event, seen as %j: %s', (effects, verdict, actual) => {
    expect(appliesOnce([one], seenOf(effects))).toEqual({
      verdict,
      expected: 'one effect',
      actual,
    });
  });

  test('of many events tells how often in few words', () => {
    const many = Array.from({ length: 40 }, (_one, index) => eventOf(`event ${index}`));
    const counts = Object.fromEntries(
      many.map((_one, index) => [`event ${index}`, 2 + (index % 2)]),
    );
    expect(appliesOnce(many, seenOf(counts)).actual).toBe(
      'applied 2 to 3 times, 40 of them (of 40 events)',
    );
  });

  test('each of several events: what came too often and what is missing is said together', () => {
    expect(appliesOnce([one, two, three], seenOf({ one: 3, two: 1 }))).toEqual({
      verdict: 'failed',
      expected: 'one effect each',
      actual: 'applied 3 times; 1 event without effect (of 3 events)',
    });
  });

  test.each<readonly [string, boolean, Readonly<Record<string, number>>, Verdict]>([
    ['is not missed where only the latest is kept', true, { two: 1 }, 'passed'],
    ['is missed where all are kept', false, { two: 1 }, 'failed'],
    ['may still be there', true, { one: 1, two: 1 }, 'passed'],
    ['is wrong twice, also where only the latest is kept', true, { one: 2, two: 1 }, 'failed'],
    ['does not excuse the latest', true, { one: 1 }, 'failed'],
  ])('of an event that a later one replaces %s', (_what, latestPerResource, effects, verdict) => {
    const seen = seenOf(effects, { latestPerResource });
    expect(appliesOnce([one, two], seen, { superseded: [one] }).verdict).toBe(verdict);
  });

  test('is said in the words of the case', () => {
    expect(appliesOnce([one], seenOf({ one: 1 }), { what: 'one effect after all' })).toEqual(
      judgementOf('passed', 'one effect after all', 'one effect after all'),
    );
  });
});

describe('an acknowledgement', () => {
  test.each<readonly [Answer, Verdict]>([
    [200, 'passed'],
    [204, 'passed'],
    [302, 'failed'],
    [409, 'failed'],
    [500, 'failed'],
    ['timeout', 'failed'],
    ['refused', 'failed'],
  ])('%s: %s', (answer, verdict) => {
    expect(acknowledgesAll([attemptOf(answer)]).verdict).toBe(verdict);
  });

  test('is missing where one of several is, with its answer', () => {
    const attempts = [
      attemptOf(200, { label: 'first' }),
      attemptOf('reset', { label: 'copy' }),
      ...[1, 2, 3, 4].map((number) => attemptOf(503, { label: `copy ${number}` })),
    ];
    expect(acknowledgesAll(attempts)).toEqual({
      verdict: 'failed',
      expected: 'a 2xx answer to each delivery',
      actual:
        'copy: no answer (reset); copy 1: status 503; copy 2: status 503; copy 3: status 503; and 1 more',
      shownBy: attempts.slice(1),
    });
  });
});

describe('a genuine delivery is taken', () => {
  test.each<readonly [string, Answer, number | undefined, boolean, Verdict]>([
    ['by a 2xx without a probe', 200, undefined, false, 'passed'],
    ['not by a 2xx that everything gets', 200, undefined, true, 'notObservable'],
    ['not by a 4xx', 401, undefined, false, 'failed'],
    ['not by a 4xx, blind or not', 401, undefined, true, 'failed'],
    ['by a 2xx with one effect', 200, 1, false, 'passed'],
    ['by a 2xx with one effect, blind or not', 200, 1, true, 'passed'],
    ['not by a 2xx without effect', 200, 0, false, 'failed'],
    ['not by a 2xx with two effects', 200, 2, false, 'failed'],
    ['not by an effect without a 2xx', 500, 1, false, 'failed'],
    ['not by an effect without an answer', 'timeout', 1, false, 'failed'],
  ])('%s', (_what, answer, effects, statusBlind, verdict) => {
    const seen = seenOf(effects === undefined ? undefined : { one: effects }, { statusBlind });
    expect(takesEach([attemptOf(answer, { intent: 'genuine' })], seen).verdict).toBe(verdict);
  });
});

describe('calm', () => {
  test.each<readonly [Answer, number | undefined, Verdict]>([
    [200, 0, 'passed'],
    [200, 1, 'passed'],
    [302, 0, 'passed'],
    [400, 0, 'passed'],
    [499, undefined, 'passed'],
    [500, 0, 'failed'],
    [503, undefined, 'failed'],
    ['timeout', 0, 'failed'],
    ['reset', undefined, 'failed'],
    [200, 2, 'failed'],
  ])('%s and %s effects: %s', (answer, effects, verdict) => {
    const seen = seenOf(effects === undefined ? undefined : { one: effects });
    expect(staysCalm([attemptOf(answer, { intent: 'oddity' })], seen).verdict).toBe(verdict);
  });

  test('is lost by one of several attempts, which is named', () => {
    const attempts = [attemptOf(400, { label: 'list' }), attemptOf(502, { label: 'number' })];
    expect(staysCalm(attempts, seenOf(undefined)).actual).toBe('number: status 502');
  });
});

describe('tolerated', () => {
  test.each<readonly [Answer, number | undefined, Verdict]>([
    [200, 1, 'passed'],
    [200, 2, 'failed'],
    [400, 0, 'passed'],
    [417, undefined, 'passed'],
    [500, 0, 'failed'],
    [501, 0, 'passed'],
    [502, 0, 'failed'],
    [505, undefined, 'passed'],
    ['reset', 0, 'passed'],
    ['timeout', 0, 'failed'],
  ])('%s and %s effects: %s', (answer, effects, verdict) => {
    const seen = seenOf(effects === undefined ? undefined : { one: effects });
    expect(toleratesAll([attemptOf(answer, { intent: 'oddity' })], seen).verdict).toBe(verdict);
  });

  test('is the wait for the rest of what is never whole', () => {
    const attempts = [attemptOf('timeout', { intent: 'oddity' })];
    expect(toleratesAll(attempts, seenOf(undefined), { waits: true }).verdict).toBe('passed');
  });
});

describe('several judgements', () => {
  const passed = judgementOf('passed', 'a', 'b');
  const failed = judgementOf('failed', 'a 2xx', 'status 500');
  const order: readonly Verdict[] = [
    'passed',
    'skipped',
    'notObservable',
    'inconclusive',
    'failed',
  ];

  test.each(
    order.flatMap((worse, index) => order.slice(0, index).map((better) => [worse, better])),
  )('come to %s beside %s', (worse, better) => {
    const judgements = [worse, better].map((verdict) =>
      judgementOf(verdict, `${verdict} expected`, `${verdict} actual`),
    );
    const wanted = judgementOf(worse, `${worse} expected`, `${worse} actual`);
    expect(allOf(...judgements)).toEqual(wanted);
    expect(allOf(...judgements.toReversed())).toEqual(wanted);
  });

  test('say together what failed together', () => {
    const other = judgementOf('failed', 'one effect', 'applied 2 times');
    expect(allOf(failed, passed, other)).toEqual(
      judgementOf('failed', 'a 2xx; one effect', 'status 500; applied 2 times'),
    );
  });

  test('prove nothing where there are none', () => {
    expect(allOf().verdict).toBe('inconclusive');
  });
});
