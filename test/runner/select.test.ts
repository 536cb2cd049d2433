import { describe, expect, test } from 'vitest';
import { contractCases, selectCases } from '../../contracts/index.js';
import { HookproofError } from '../../simulator/index.js';

const cases = [
  { id: 'verification/alg-none', catalogue: 'V030' },
  { id: 'verification/alg-none-nul', catalogue: 'V038' },
  { id: 'verification/hs384', catalogue: 'V058' },
  { id: 'idempotency/batch-twice', catalogue: 'D26' },
  { id: 'response/ack-latency', catalogue: 'P46' },
  { id: 'transport/safe-methods', catalogue: 'P01' },
] as const;

const choose = (only: readonly string[], skip: readonly string[] = []): readonly string[] =>
  selectCases(cases, { only, skip }).map(({ id }) => id);

const complaintOf = (only: readonly string[], skip: readonly string[] = []) => {
  try {
    return choose(only, skip);
  } catch (error) {
    if (!(error instanceof HookproofError)) throw error;
    const { code, message, remedy } = error;
    return { code, message, remedy };
  }
};

describe('a choice of cases', () => {
  test('is all of them by default, in their order', () => {
    expect(choose([])).toEqual(cases.map(({ id }) => id));
  });

  test.each<readonly [readonly string[], readonly string[]]>([
    [['verification/alg-none'], ['verification/alg-none']],
    [['verification/alg-*'], ['verification/alg-none', 'verification/alg-none-nul']],
    [
      ['verification/*'],
      ['verification/alg-none', 'verification/alg-none-nul', 'verification/hs384'],
    ],
    [['*-none'], ['verification/alg-none']],
    [['*/*-*-*'], ['verification/alg-none-nul']],
    [['verification/hs???'], ['verification/hs384']],
    [['VERIFICATION/HS384'], ['verification/hs384']],
    [['V030'], ['verification/alg-none']],
    [['v058'], ['verification/hs384']],
    [
      ['V03*', 'd26'],
      ['verification/alg-none', 'verification/alg-none-nul', 'idempotency/batch-twice'],
    ],
    [['P??'], ['response/ack-latency', 'transport/safe-methods']],
  ])('of %j', (only, wanted) => {
    expect(choose(only)).toEqual(wanted);
  });

  test('keeps the order of the cases, whatever the order of the patterns', () => {
    expect(choose(['P*', 'V058', 'D*'])).toEqual([
      'verification/hs384',
      'idempotency/batch-twice',
      'response/ack-latency',
      'transport/safe-methods',
    ]);
  });

  test('names a case once that two patterns match', () => {
    expect(choose(['V030', '*/alg-none'])).toEqual(['verification/alg-none']);
  });

  test.each<readonly [readonly string[], readonly string[], readonly string[]]>([
    [
      [],
      ['verification/*'],
      ['idempotency/batch-twice', 'response/ack-latency', 'transport/safe-methods'],
    ],
    [['verification/*'], ['*-nul', 'v058'], ['verification/alg-none']],
    [['*'], ['V*', 'P*'], ['idempotency/batch-twice']],
  ])('of %j without %j', (only, skip, wanted) => {
    expect(choose(only, skip)).toEqual(wanted);
  });
});

describe('a mistake', () => {
  test.each([
    ['verification/alg-non', "no case matches 'verification/alg-non'", 'verification/alg-none'],
    ['alg-nonne', "no case matches 'alg-nonne'", 'verification/alg-none'],
    ['batch-twize', "no case matches 'batch-twize'", 'idempotency/batch-twice'],
    ['ACK-latenzy', "no case matches 'ACK-latenzy'", 'response/ack-latency'],
  ])('%s is answered with what is near', (pattern, message, near) => {
    expect(complaintOf([pattern])).toEqual({
      code: 'nothing_matched',
      message,
      remedy: `did you mean ${near}?`,
    });
  });

  test.each(['signature', 'V999', '', 'verification', '.*', 'verification/alg-none+'])(
    '%j without anything near points to the list',
    (pattern) => {
      const complaint = complaintOf([pattern]);
      expect(complaint).toMatchObject({ code: 'nothing_matched' });
      expect(complaint).toMatchObject({ message: `no case matches '${pattern}'` });
    },
  );

  test('in one pattern of several is still a mistake', () => {
    expect(complaintOf(['V030', 'D99'])).toMatchObject({ message: "no case matches 'D99'" });
  });

  test('in what is skipped is a mistake too', () => {
    expect(complaintOf([], ['idempotency/batch-twise'])).toMatchObject({
      remedy: 'did you mean idempotency/batch-twice?',
    });
  });

  test('is a choice of which everything is skipped', () => {
    expect(complaintOf(['verification/*'], ['V*'])).toEqual({
      code: 'nothing_matched',
      message: 'no case is left: everything chosen is skipped',
      remedy: 'loosen --skip or --only',
    });
  });
});

test('a catalogue row chooses each case that stands for it', () => {
  const rows = selectCases(contractCases, { only: ['V078'], skip: [] });
  expect(rows.map(({ id }) => id)).toEqual([
    'verification/key-without-last-character',
    'verification/key-hex-decoded',
  ]);
});
