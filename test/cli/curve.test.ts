import { describe, expect, test } from 'vitest';
import { drawBars, drawCurve } from '../../cli/curve.js';
import { wrap } from '../../cli/wrap.js';

const labels = { title: 'A title', x: (x: number) => `${x} m`, y: (y: number) => String(y) };

describe('a curve', () => {
  test('rises from the left to the right below its title', () => {
    const points = Array.from({ length: 11 }, (_, x) => ({ x, y: x }));
    const lines = drawCurve(points, labels)!;
    expect(lines).toHaveLength(12);
    expect(lines[0]).toBe('A title');
    expect(lines[1]).toMatch(/^10 \| +\*+$/);
    expect(lines[5]).toMatch(/^ 5 \| +\*+$/);
    expect(lines[9]).toMatch(/^ 0 \|\*+$/);
    expect(lines[10]).toMatch(/^ {3}\+-{64}$/);
    expect(lines[11]).toMatch(/^ {4}0 m +5 m +10 m$/);
  });

  test.each([
    ['flat at nothing', [0, 0, 0]],
    ['flat above it', [3, 3, 3]],
    ['beyond its top', [1, null, null]],
  ])('may be %s', (_what, values) => {
    const lines = drawCurve(
      values.map((y, x) => ({ x, y })),
      labels,
    )!;
    const width = Math.max(...lines.map(({ length }) => length));
    expect(width).toBeLessThanOrEqual(80);
    expect(lines.join('')).toMatch(/[*^]/);
  });

  test('fits 80 columns with the longest of labels', () => {
    const lines = drawCurve(
      [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      {
        ...labels,
        y: () => 'a hundred and twenty',
      },
    )!;
    expect(lines.filter(({ length }) => length > 80)).toEqual([]);
  });

  test.each([
    [[]],
    [[{ x: 1, y: 1 }]],
    [
      [
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ],
    ],
  ])('is not drawn of %j', (points) => {
    expect(drawCurve(points, labels)).toBeUndefined();
  });
});

test('bars stand on one scale', () => {
  const lines = drawBars('Bars', [
    { label: 'a', low: 10, high: 20, text: '10 to 20' },
    { label: 'bcd', low: 40, high: 40, text: '40' },
    { label: 'e', low: null, high: null, text: 'far' },
  ]);
  expect(lines).toEqual([
    'Bars',
    `a   |${'='.repeat(11)}${'-'.repeat(11)} 10 to 20`,
    `bcd |${'='.repeat(44)} 40`,
    `e   |${'='.repeat(44)}> far`,
  ]);
});

describe('wrapping', () => {
  test('breaks at spaces, and keeps a number with its unit', () => {
    const text = `${'word '.repeat(15)}12.5 % and ${'more '.repeat(20)}end`;
    const lines = wrap(text);
    expect(lines.join(' ')).toBe(text);
    expect(lines.filter(({ length }) => length > 80)).toEqual([]);
    expect(lines.filter((line) => /(?:^%|\d$)/.test(line))).toEqual([]);
  });

  test('leaves a long word alone', () => {
    expect(wrap('x'.repeat(90))).toEqual(['x'.repeat(90)]);
  });
});
