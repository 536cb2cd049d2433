/** The rows of the catalogue of cases, by its sections: each must have a case that names it. */
import { describe, expect, test } from 'vitest';
import { verificationCases } from '../../contracts/verification/index.js';
import { capture, cases } from './capture.js';

const rows = (from: number, to: number): readonly string[] =>
  Array.from(
    { length: to - from + 1 },
    (_row, index) => `V${String(from + index).padStart(3, '0')}`,
  );

const sections: Readonly<Record<string, readonly string[]>> = {
  'A1 controls': rows(1, 25),
  'A2 alg none': rows(30, 47),
  'A3 algorithms': rows(50, 62),
  'A4 keys': rows(70, 84),
  'A5 the MAC': rows(100, 119),
  'A6 tampering': rows(120, 126),
  'A7 encoding': rows(130, 142),
  'A8 structure': rows(150, 173),
  'A9 other representations': rows(180, 190),
  'A10 headers': rows(200, 223),
  'A11 encryption': rows(230, 233),
  'A12 claims': [...rows(240, 258), ...rows(260, 263)],
};

const named = new Set(verificationCases.map(({ catalogue }) => catalogue));

describe('the cases of the suite', () => {
  test.each(Object.entries(sections))('name every row of %s', (_section, wanted) => {
    expect(wanted.filter((row) => !named.has(row))).toEqual([]);
  });

  test('name no row that is not there', () => {
    const known = new Set([...Object.values(sections).flat(), 'P55']);
    expect([...named].filter((row) => !known.has(row))).toEqual([]);
  });

  test.each([
    ['V043', ['alg 0', 'alg false', 'alg {}', 'alg 1e9']],
    ['V152', ['null', 'undefined', '{}', '[]', '""']],
    ['V218', ['kid {}', 'kid [1]', 'kid 7']],
    ['V219', ['at+jwt', 'JWE']],
    ['V254', ['no id', 'id ""', 'id 7', 'id null', 'id of 10 kB']],
  ])('repeat %s with each of its values', async (row, labels) => {
    const sent = await Promise.all(
      cases.filter(({ catalogue }) => catalogue === row).map(async (one) => capture(one)),
    );
    expect(sent.flatMap((one) => one.sent.map(({ label }) => label))).toEqual(labels);
  });
});
