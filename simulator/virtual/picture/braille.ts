/** Step lines as braille characters: two dots across and four down in each. */
import type { Piece } from './series.js';

const ACROSS = 2;
const DOWN = 4;

/** The bit of a dot, by its place in the character. */
const BITS: readonly (readonly number[])[] = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

const EMPTY = 0x2800;

/**
 * Rows of cells from the top, each a braille character, or '' where the line is not. The middle of
 * the first row stands for a share of 1, the middle of the last for 0.
 */
export const drawLine = (
  pieces: readonly Piece[],
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly (readonly string[])[] => {
  const width = columns * ACROSS;
  const spanMs = Math.max(1, untilMs - fromMs);
  const bits = Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0));
  const xOf = (atMs: number): number =>
    Math.min(width - 1, Math.floor(((atMs - fromMs) / spanMs) * width));
  const yOf = (share: number): number =>
    Math.round((1 - share) * (rows - 1) * DOWN + (DOWN - 1) / 2);
  const dot = (x: number, y: number): void => {
    const cells = bits[Math.floor(y / DOWN)];
    const column = Math.floor(x / ACROSS);
    if (cells?.[column] === undefined) return;
    cells[column] |= BITS[y % DOWN]?.[x % ACROSS] ?? 0;
  };
  for (const { points, judged } of pieces) {
    let [x, y] = [xOf(points[0]?.atMs ?? fromMs), yOf(points[0]?.share ?? 0)];
    // What is not judged is drawn with every second dot only.
    const put = (atX: number, atY: number): void => {
      if (judged || (atX + atY) % 2 === 0) dot(atX, atY);
    };
    put(x, y);
    for (const point of points) {
      const [toX, toY] = [xOf(point.atMs), yOf(point.share)];
      for (; x < toX; x++) put(x + 1, y);
      for (; y !== toY; y += Math.sign(toY - y)) put(x, y);
      put(x, y);
    }
  }
  return bits.map((cells) =>
    cells.map((cell) => (cell === 0 ? '' : String.fromCodePoint(EMPTY + cell))),
  );
};
