/** Curves and bars as text, without colour. */

/** A point of a curve; `y` null: beyond the top. */
export interface Point {
  readonly x: number;
  readonly y: number | null;
}

export interface CurveLabels {
  readonly title: string;
  /** Names the instants or shares below, and the values at the left. */
  readonly x: (value: number) => string;
  readonly y: (value: number) => string;
}

const HEIGHT = 9;
const WIDTH_MAX = 64;
const WIDTH_MIN = 20;

/** Where the bottom and the top of the drawing lie; a curve that is flat gets room above it. */
const topOf = (points: readonly Point[]): number => {
  const top = Math.max(0, ...points.map(({ y }) => y ?? 0));
  return top === 0 ? 1 : top;
};

/** The index in a sorted list of points of the last one that is not right of an x. */
const placeOf = (points: readonly Point[], x: number): number => {
  let place = 0;
  while (place + 1 < points.length && (points[place + 1]?.x ?? x) <= x) place += 1;
  return place;
};

/**
 * Draws points, sorted by x, as a curve over an axis: a line for the title, nine for the curve, two
 * for the axis. What lies beyond the top is drawn as `^`. Undefined for fewer than two points.
 */
export const drawCurve = (
  points: readonly Point[],
  labels: CurveLabels,
  columnsMax = 80,
): readonly string[] | undefined => {
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined || last.x <= first.x) return undefined;
  const top = topOf(points);
  const marks = [labels.y(0), labels.y(top / 2), labels.y(top)];
  const margin = Math.max(...marks.map(({ length }) => length));
  const width = Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, columnsMax - margin - 3));
  const columns = Array.from({ length: width }, (_, column) => {
    const x = first.x + ((last.x - first.x) * column) / (width - 1);
    return points[placeOf(points, x)]?.y ?? null;
  });
  const rows = Array.from({ length: HEIGHT }, (_, fromTop) => {
    const row = HEIGHT - 1 - fromTop;
    const line = columns
      .map((y) => {
        if (y === null) return row === HEIGHT - 1 ? '^' : ' ';
        return Math.round((y / top) * (HEIGHT - 1)) === row ? '*' : ' ';
      })
      .join('');
    const mark = row % ((HEIGHT - 1) / 2) === 0 ? (marks[row / ((HEIGHT - 1) / 2)] ?? '') : '';
    return `${mark.padStart(margin)} |${line}`.trimEnd();
  });
  const [left, middle, right] = [first.x, (first.x + last.x) / 2, last.x].map(labels.x) as [
    string,
    string,
    string,
  ];
  const half = Math.floor(width / 2);
  const below = `${left.padEnd(half - Math.floor(middle.length / 2))}${middle}`;
  return [
    labels.title,
    ...rows,
    `${' '.repeat(margin)} +${'-'.repeat(width)}`,
    `${' '.repeat(margin + 2)}${below}${right.padStart(width - below.length)}`,
  ];
};

/** A bar of `=` up to a value and `-` up to a larger one; null: beyond the right end, `>`. */
export interface Bar {
  readonly label: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
}

/** The longest that a bar gets, also where there is much room and little. */
const BAR = 44;
const BAR_MIN = 8;
/** What stands around a bar: ` |`, a head and a blank. */
const FRAME = 4;

/** Draws bars below each other, on one scale from 0 on. */
export const drawBars = (
  title: string,
  bars: readonly Bar[],
  columns = Number.POSITIVE_INFINITY,
): readonly string[] => {
  const known = bars.flatMap(({ low, high }) => [low ?? 0, high ?? 0]);
  const top = Math.max(1, ...known);
  const margin = Math.max(...bars.map(({ label }) => label.length));
  const texts = Math.max(...bars.map(({ text }) => text.length));
  const most = Math.min(BAR, Math.max(BAR_MIN, columns - margin - texts - FRAME));
  const lengthOf = (value: number): number => Math.round((value / top) * most);
  return [
    title,
    ...bars.map(({ label, low, high, text }) => {
      const solid = low === null ? most : lengthOf(low);
      const open = high === null ? most : Math.max(solid, lengthOf(high));
      const bar = '='.repeat(solid) + '-'.repeat(open - solid) + (high === null ? '>' : '');
      return `${label.padEnd(margin)} |${bar} ${text}`.trimEnd();
    }),
  ];
};
