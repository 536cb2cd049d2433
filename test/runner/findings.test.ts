import { describe, expect, test } from 'vitest';
import { contractCases } from '../../contracts/index.js';
import type { AttemptResult, CaseResult, ContractCase, Finding } from '../../contracts/index.js';
import { groupFindings } from '../../contracts/runner/findings.js';
import { rootCauses } from '../../contracts/runner/root-causes.js';
import { resultsOf, resultsWhere } from './results.js';

const found = (cases: readonly CaseResult[]): readonly Finding[] => groupFindings(cases);

const causesOf = (cases: readonly CaseResult[]): readonly string[] =>
  found(cases).map(({ cause }) => cause);

const idsWhere = (picks: (one: ContractCase) => boolean): readonly string[] =>
  contractCases.filter(picks).map(({ id }) => id);

const ofFamily =
  (...families: readonly string[]) =>
  ({ family }: ContractCase): boolean =>
    families.includes(family);

const NOTHING_SENT: AttemptResult['transcript'] = {
  request: { method: 'POST', url: 'http://127.0.0.1:3000/', headers: [], body: { text: '' } },
  response: null,
};

/** What a receiver shows that applies every copy again. */
const twice: Partial<CaseResult> = {
  actual: 'applied 2 times',
  attempts: [
    {
      intent: 'genuine',
      atMs: 0,
      events: ['HKE1'],
      transcript: NOTHING_SENT,
      label: 'copy',
      status: 200,
      latencyMs: 1,
      effects: 2,
      bodyBytes: 1,
      bodyDigest: 'c0',
    },
  ],
};

describe('findings', () => {
  test('are none where nothing failed', () => {
    expect(found(resultsOf([]))).toEqual([]);
  });

  test('are none for what is unclear, unseen or skipped', () => {
    const cases = resultsOf([]).map((one, index) => ({
      ...one,
      verdict: (['inconclusive', 'notObservable', 'skipped', 'passed'] as const)[index % 4]!,
    }));
    expect(found(cases)).toEqual([]);
  });

  test('are one for each family that no root cause explains', () => {
    const cases = resultsOf([
      'transport/huge-bodies',
      'response/burst-of-100',
      'verification/expired',
    ]);
    expect(found(cases).map(({ cause, cases: ids }) => [cause, ids.length])).toEqual([
      ['under-load', 2],
      ['token-times', 1],
    ]);
  });

  test('begin with the gravest: level before severity', () => {
    const cases = resultsOf([
      'idempotency/keys-differ-in-case',
      'response/ack-latency',
      'response/leaks-no-internals',
      'transport/still-takes-genuine',
      'response/leaks-no-secret',
      'transport/content-type',
    ]);
    const ranks = found(cases).map(({ level, severity }) => `${level} ${severity}`);
    expect(ranks).toEqual(['must critical', 'must high', 'must high', 'should medium', 'may low']);
  });

  test('name the gravest of their cases first, in the words of that one', () => {
    const cases = resultsOf(['response/leaks-no-internals', 'response/leaks-no-secret']);
    const [finding] = found(cases);
    expect(finding).toMatchObject({
      cause: 'leaks',
      title: 'Not so: does not tell the key or the right signature',
      level: 'must',
      severity: 'critical',
      cases: ['response/leaks-no-secret', 'response/leaks-no-internals'],
    });
  });

  test.each([...new Set(contractCases.map(({ family }) => family))])(
    'of family %s alone name each of its cases once',
    (family) => {
      const ids = idsWhere(ofFamily(family));
      const told = found(resultsOf(ids, twice)).flatMap(({ cases }) => cases);
      expect(told.toSorted()).toEqual(ids.toSorted());
    },
  );

  test('name each failed case once, also when everything failed', () => {
    const told = found(resultsWhere(() => true, twice)).flatMap(({ cases }) => cases);
    expect(told.toSorted()).toEqual(contractCases.map(({ id }) => id).toSorted());
  });
});

describe('a receiver that takes alg none', () => {
  const nones = idsWhere(ofFamily('alg-none'));

  test('has one finding, however many variants there are', () => {
    expect(nones.length).toBeGreaterThanOrEqual(18);
    const findings = found(resultsOf(nones));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      cause: 'alg-none-accepted',
      level: 'must',
      severity: 'critical',
    });
    expect(findings[0]?.cases).toHaveLength(nones.length);
  });

  test.each([1, 2, 5])('has one finding for %i variants', (number) => {
    expect(causesOf(resultsOf(nones.slice(0, number)))).toEqual(['alg-none-accepted']);
  });

  test('has it explain the forgeries without a signature elsewhere', () => {
    const elsewhere = ['idempotency/unsigned-then-genuine', 'transport/content-types-forged'];
    expect(causesOf(resultsOf([...nones, ...elsewhere]))).toEqual(['alg-none-accepted']);
  });

  test('has the rest as findings of their own', () => {
    expect(causesOf(resultsOf([...nones, 'verification/expired']))).toEqual([
      'alg-none-accepted',
      'token-times',
    ]);
  });
});

describe('a receiver that does not check signatures', () => {
  const forged = idsWhere(
    ofFamily(
      'alg-none',
      'guessable-key',
      'wrong-key-bytes',
      'mac-not-compared',
      'wrong-signing-input',
      'tampering',
      'algorithm-not-pinned',
      'two-errors-at-once',
      'verification-bypassed',
      'forgery-poisons-the-store',
      'verification-cache',
    ),
  );

  test('has one finding', () => {
    expect(causesOf(resultsOf(forged))).toEqual(['signature-not-checked']);
  });

  test('has its other faults said beside it', () => {
    const cases = resultsOf([...forged, 'response/ack-latency', 'verification/unsigned-json']);
    expect(causesOf(cases)).toEqual([
      'signature-not-checked',
      contractCases.find(({ id }) => id === 'verification/unsigned-json')?.family,
      'slow-acknowledgement',
    ]);
  });

  test('is not suspected for a key that everybody can guess', () => {
    expect(causesOf(resultsOf(['verification/key-empty']))).toEqual(['guessable-key']);
  });
});

describe('a receiver that applies every copy again', () => {
  const copies = idsWhere(ofFamily('no-deduplication', 'key-is-the-token', 'race-between-copies'));
  const telling = [
    'idempotency/identical-copy',
    'idempotency/copy-signed-again',
    'idempotency/batch-twice',
  ];

  test('has one finding', () => {
    const cases = resultsOf([...copies, 'idempotency/batch-twice'], twice);
    expect(causesOf(cases)).toEqual(['no-deduplication']);
    expect(found(cases)[0]?.cases).toHaveLength(copies.length + 1);
  });

  test.each(telling)('is not suspected where %s passed', (passed) => {
    const cases = resultsOf(
      telling.filter((id) => id !== passed),
      twice,
    );
    expect(found(cases).map(({ title }) => title)).not.toContain(
      'Events are not deduplicated: every copy is applied again',
    );
  });

  test('is not one that refuses every copy', () => {
    const refused: Partial<CaseResult> = {
      actual: 'copy: status 409',
      attempts: [
        {
          intent: 'genuine',
          atMs: 0,
          events: ['HKE1'],
          transcript: NOTHING_SENT,
          label: 'first',
          status: 200,
          latencyMs: 1,
          effects: 1,
          bodyBytes: 1,
          bodyDigest: 'c0',
        },
        {
          intent: 'genuine',
          atMs: 0,
          events: ['HKE1'],
          transcript: NOTHING_SENT,
          label: 'copy',
          status: 409,
          latencyMs: 1,
          effects: 1,
          bodyBytes: 1,
          bodyDigest: 'c0',
        },
      ],
    };
    const [finding, ...others] = found(resultsOf([...copies, 'idempotency/batch-twice'], refused));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ cause: 'copies-refused', level: 'must', severity: 'critical' });
  });
});

describe('root causes', () => {
  test('have names of their own, and words', () => {
    expect(new Set(rootCauses.map(({ cause }) => cause)).size).toBe(rootCauses.length);
    for (const { title, why, fix } of rootCauses) {
      for (const text of [title, why, fix]) expect(text.length).toBeGreaterThan(20);
    }
  });
});
