import { describe, expect, test } from 'vitest';
import { contractCases } from '../../contracts/index.js';
import type { CaseResult, ContractCase, Finding } from '../../contracts/index.js';
import { causes } from '../../contracts/causes/causes.js';
import { loadCauses } from '../../contracts/causes/index.js';
import { decodeSignatures } from '../../contracts/causes/signature.js';
import { signatureData } from '../../contracts/causes/signatures.js';
import { groupFindings } from '../../contracts/runner/findings.js';
import { resultsOf, resultsWhere } from './results.js';

const found = (cases: readonly CaseResult[]): readonly Finding[] => groupFindings(cases);

const idsWhere = (picks: (one: ContractCase) => boolean): readonly string[] =>
  contractCases.filter(picks).map(({ id }) => id);

const ofFamily =
  (...families: readonly string[]) =>
  ({ family }: ContractCase): boolean =>
    families.includes(family);

/** What fails both where copies are applied again and where they are refused. */
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
      const told = found(resultsOf(ids)).flatMap(({ cases }) => cases);
      expect(told.toSorted()).toEqual(ids.toSorted());
    },
  );

  test('name each failed case once, also when everything failed', () => {
    const told = found(resultsWhere(() => true)).flatMap(({ cases }) => cases);
    expect(told.toSorted()).toEqual(contractCases.map(({ id }) => id).toSorted());
  });
});

describe('findings with the book of causes', async () => {
  const book = await loadCauses();
  const signatures = new Map(decodeSignatures(signatureData).map((one) => [one.mutant, one]));

  /** The findings of a run that fails where known receivers do. */
  const foundLike = (...mutants: readonly string[]): readonly Finding[] => {
    const failed = mutants.flatMap((mutant) => [...(signatures.get(mutant)?.failed ?? [])]);
    const known = new Set(contractCases.map(({ id }) => id));
    return groupFindings(resultsOf(failed.filter((id) => known.has(id))), book);
  };

  test.each([
    ['accepts-alg-none', 'alg-none-accepted'],
    ['decodes-only', 'signature-not-checked'],
    ['no-deduplication', 'no-deduplication'],
    ['check-then-insert', 'check-then-insert'],
    ['claims-and-swallows-failure', 'claim-never-released'],
    ['answers-500-to-duplicate', 'duplicates-refused'],
    ['body-limit-100-kb', 'body-limit-too-small'],
  ])('name the cause of what %s fails first: %s', (mutant, cause) => {
    const [first] = foundLike(mutant);
    expect(first?.cause).toBe(cause);
    expect(first?.snippets.node).not.toBe(undefined);
    expect(Object.keys(first?.snippets ?? {})).toEqual(['node', 'python', 'go', 'php', 'java']);
  });

  test('name two causes where two defects are', () => {
    const named = foundLike('accepts-alg-none', 'no-deduplication').map(({ cause }) => cause);
    expect(named.slice(0, 2).toSorted()).toEqual(['alg-none-accepted', 'no-deduplication']);
  });

  test('name each failed case once', () => {
    const ids = contractCases.map(({ id }) => id);
    const told = groupFindings(
      resultsWhere(() => true),
      book,
    ).flatMap(({ cases }) => cases);
    expect(told.toSorted()).toEqual(ids.toSorted());
  });

  test.each([
    ['no-deduplication', 'duplicates-refused', 'repeated'],
    ['duplicates-refused', 'no-deduplication', 'refused'],
  ] as const)('tell %s from %s by what the copies came to', (right, wrong, symptom) => {
    const failed = [...(signatures.get('answers-409-to-duplicate')?.failed ?? [])];
    const named = groupFindings(resultsOf(failed, { symptom }), book).map(({ cause }) => cause);
    expect(named).toContain(right);
    expect(named).not.toContain(wrong);
  });

  test.each([
    ['repeated', 'key-has-request-parts'],
    ['broken', 'unusual-requests'],
  ] as const)('name no cause by a case alone that failed in another way: %s', (symptom, cause) => {
    const [first] = groupFindings(
      resultsOf(['transport/other-methods-genuine'], { symptom }),
      book,
    );
    expect(first?.cause).toBe(cause);
  });

  test('say a failure that no cause explains in the words of its case', () => {
    const [finding] = groupFindings(resultsOf(['response/leaks-no-secret']), book);
    expect(finding).toMatchObject({
      cause: expect.any(String),
      cases: ['response/leaks-no-secret'],
    });
  });
});

describe('root causes', () => {
  test('have names of their own, and words', () => {
    expect(new Set(causes.map(({ slug }) => slug)).size).toBe(causes.length);
    for (const { title, why, fix } of causes) {
      for (const text of [title, why, fix]) expect(text.length).toBeGreaterThan(20);
    }
  });
});
