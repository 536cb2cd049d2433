import { describe, expect, test } from 'vitest';
import { hygiene } from '../../contracts/hygiene.js';
import { contractCases } from '../../contracts/index.js';

const ids = contractCases.map(({ id }) => id);

/** `V001` to `V025`, say. */
const rows = (letter: string, from: number, to = from): readonly string[] =>
  Array.from(
    { length: to - from + 1 },
    (_, index) => `${letter}${String(from + index).padStart(letter === 'V' ? 3 : 2, '0')}`,
  );

const several = (letter: string, ...numbers: readonly number[]): readonly string[] =>
  numbers.flatMap((number) => rows(letter, number));

describe('the contract', () => {
  test('has an id of its own for each case', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('has every case that is called hygiene', () => {
    expect([...hygiene].filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('has stable ids of the one form', () => {
    const form = /^(?:verification|idempotency|recovery|response|transport)\/[a-z0-9-]+$/;
    expect(ids.filter((id) => !form.test(id))).toEqual([]);
  });

  test.each<readonly [string, readonly string[]]>([
    ['A1 positive controls', rows('V', 1, 25)],
    ['A2 alg none', rows('V', 30, 47)],
    ['A3 labels that lie', rows('V', 60, 62)],
    ['A4 guessable keys', rows('V', 70, 84)],
    ['A5 the MAC', rows('V', 100, 119)],
    ['A6 tampering', rows('V', 120, 126)],
    ['A8 structure', rows('V', 150, 160)],
    ['A9 other representations', rows('V', 180, 190)],
    ['A12 times', several('V', 240, 241)],
    ['A12 events', rows('V', 252, 254)],
    ['A12 two errors', rows('V', 260, 262)],
    ['A14 methods, types and framing', several('P', 1, 6, 7, 15, 16, 29, 36, 38, 39)],
    ['A14 headers, load and answers', several('P', 41, 43, 44, 45, 46, 48, 50, 51, 56)],
    ['B1 copies', rows('D', 1, 8)],
    ['B1 memory and forgeries', several('D', 22, 23, 52, 53, 54, 55)],
    ['B1 batches', [...rows('D', 26, 30), ...several('D', 32, 33, 58, 59)]],
    ['B1 identity and order', several('D', 34, 35, 36, 37, 40, 41, 47, 48)],
  ])('has a case for each row of %s', (_what, wanted) => {
    const known = new Set(contractCases.map(({ catalogue }) => catalogue));
    expect(wanted.filter((row) => !known.has(row))).toEqual([]);
  });

  test('has no case that only repeats another in words', () => {
    const titles = contractCases.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

describe.each(contractCases)('$id', (one) => {
  test('is described in full', () => {
    const { catalogue, suite, id, family, level, severity, needs } = one;
    expect(catalogue).toMatch(/^[VPD]\d{2,3}$/);
    expect(suite).toBe(id.split('/')[0]);
    expect(family).toMatch(/^[a-z0-9-]+$/);
    expect(['must', 'should', 'may']).toContain(level);
    expect(['critical', 'high', 'medium', 'low', 'info']).toContain(severity);
    for (const need of needs) {
      expect([
        'effects',
        'socket',
        'sink',
        'canary',
        'peer',
        'state',
        'restart',
        'clock',
        'poll',
        'rekey',
        'outage',
      ]).toContain(need);
    }
  });

  test('has words for people', () => {
    const { title, rule, source, why, fix } = one;
    for (const text of [title, rule, source, why, fix]) {
      expect(text.trim()).toBe(text);
      expect(text.length).toBeGreaterThan(4);
    }
    expect(title).toMatch(/^\p{Ll}.*[^.]$/u);
    for (const sentence of [rule, why, fix]) expect(sentence).toMatch(/[.`)…]$/);
  });

  test('is no must where it is hardly grave', () => {
    const { level, severity } = one;
    expect(`${level} ${severity}`).not.toMatch(/^must (?:info)$|^may (?:critical|high)$/);
  });
});
