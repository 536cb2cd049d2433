/** Every row of the catalogue of cases has a case, or a reason in docs/contract.md. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contractCases } from '../../contracts/index.js';

const range = (letter: string, first: number, last: number, digits: number): readonly string[] =>
  Array.from(
    { length: last - first + 1 },
    (_unused, index) => `${letter}${String(first + index).padStart(digits, '0')}`,
  );

const rows = [
  ...range('V', 1, 25, 3),
  ...range('V', 30, 47, 3),
  ...range('V', 50, 62, 3),
  ...range('V', 70, 84, 3),
  ...range('V', 100, 126, 3),
  ...range('V', 130, 141, 3),
  ...range('V', 150, 173, 3),
  ...range('V', 180, 190, 3),
  ...range('V', 200, 223, 3),
  ...range('V', 230, 233, 3),
  ...range('V', 240, 258, 3),
  ...range('V', 260, 263, 3),
  ...range('P', 1, 58, 2),
  ...range('D', 1, 85, 2),
];

const asked = new Set(
  contractCases.flatMap(({ catalogue, source }) => [
    catalogue,
    ...(source.match(/\b[VPD]\d{2,3}\b/g) ?? []),
  ]),
);

/** The rows that the page names, ranges written out. */
const excused = new Set(
  readFileSync(new URL('../../docs/contract.md', import.meta.url), 'utf8')
    .split('## Rows without a case')[1]
    ?.split('\n')
    .map((line) => line.split('|')[1] ?? '')
    .join(' ')
    .match(/[VPD]\d{2,3}(?:–[VPD]\d{2,3})?/g)
    ?.flatMap((text) => {
      const [first = '', last = first] = text.split('–');
      return range(
        first.charAt(0),
        Number(first.slice(1)),
        Number(last.slice(1)),
        first.length - 1,
      );
    }),
);

test('every row has a case or a reason', () => {
  expect(rows.filter((row) => !asked.has(row) && !excused.has(row))).toEqual([]);
});

test('no row with a case is excused', () => {
  expect([...excused].filter((row) => asked.has(row))).toEqual([]);
});
