import { describe, expect, test } from 'vitest';
import { causes } from '../../contracts/causes/causes.js';
import type { Known } from '../../contracts/causes/known.js';
import { matchCauses } from '../../contracts/causes/match.js';
import { decodeSignatures } from '../../contracts/causes/signature.js';
import { signatureData } from '../../contracts/causes/signatures.js';
import type { Symptom } from '../../contracts/causes/symptom.js';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { families, leftOut, pairs, singles } from './evaluate.js';
import type { Figure } from './evaluate.js';

const known: Known = { causes, signatures: decodeSignatures(signatureData) };

/** One in five of the receivers: all pairs of them are some hundreds. */
const some = known.signatures.filter(({ failed }, index) => failed.size > 0 && index % 5 === 0);

describe('the cause of a known defect is named', () => {
  const share = ({ right, of }: Figure): number => right / of;

  test('where it is the only one', () => {
    const figure = singles(known);
    expect(share(figure)).toBeGreaterThanOrEqual(0.95);
  });

  test.each(['exits-on-broken-gzip', 'exits-on-cut-body', 'exits-on-malformed-token'])(
    'where the process ends, by what could be judged until then: %s',
    (id) => {
      const signatures = known.signatures.filter(({ mutant }) => mutant === id);
      expect(singles({ ...known, signatures }).of).toBe(1);
      expect(singles(known).wrong.filter((text) => text.startsWith(id))).toEqual([]);
    },
  );

  test('where there are two', () => {
    const figure = pairs(known, some);
    expect(share(figure)).toBeGreaterThanOrEqual(0.85);
  });

  test('or none is, for most receivers that nothing quite like them is known of', () => {
    const figure = leftOut(known);
    const unnamed = figure.wrong.filter((text) => text.includes(': nothing'));
    expect(share(figure)).toBeGreaterThanOrEqual(0.44);
    expect((figure.right + unnamed.length) / figure.of).toBeGreaterThanOrEqual(0.69);
  });
});

describe('causes', () => {
  test.each(mutants.filter(({ wanted }) => wanted !== 'pass').map(({ id }) => [id]))(
    'name the defect of %s once',
    (id) => {
      expect(causes.filter(({ mutants: members }) => members.includes(id))).toHaveLength(1);
    },
  );

  test('name no receiver that there is not', () => {
    const ids = new Set<string>(mutants.map(({ id }) => id));
    expect(causes.flatMap(({ mutants: members }) => members).filter((id) => !ids.has(id))).toEqual(
      [],
    );
  });
});

test('a cause that acknowledges what is lost is not named for answers with a 5xx', () => {
  const failed = new Set(['transport/not-compressed-as-labelled', 'transport/unknown-charset']);
  const reference = known.signatures.find(({ mutant }) => mutant === 'no-body-limit');
  const matched = (symptom: Symptom) =>
    matchCauses(
      {
        failed,
        judged: reference?.judged ?? failed,
        symptomOf: () => symptom,
        familyOf: () => 'encodings',
      },
      known,
    ).causes.map(({ cause }) => cause.slug);
  expect(matched('lost')).toEqual(['unreadable-body-acknowledged']);
  expect(matched('broken')).not.toContain('unreadable-body-acknowledged');
});

test('a cause is not named where most of what is known to show it passed', () => {
  const shown = new Map<string, Symptom>([
    ['verification/signature-with-junk', 'taken'],
    ['verification/header-with-blanks', 'taken'],
    ['verification/payload-with-hashes', 'taken'],
    ['verification/payload-padded', 'taken'],
    ['verification/payload-utf16', 'taken'],
    ['response/no-5xx-on-bad-input', 'broken'],
  ]);
  const reference = known.signatures.find(({ mutant }) => mutant === 'no-body-limit');
  const failed = new Set(shown.keys());
  const { causes: named } = matchCauses(
    {
      failed,
      judged: new Set([...failed, ...(reference?.judged ?? [])]),
      symptomOf: (id) => shown.get(id),
      familyOf: (id) => families.get(id),
    },
    known,
  );
  const slugs = named.map(({ cause }) => cause.slug);
  expect(slugs).toContain('lenient-decoding');
  expect(slugs).not.toContain('work-ends-with-connection');
});
