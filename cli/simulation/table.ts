import { terminalOf } from '../terminal.js';

/**
 * Columns of text, each as wide as its widest cell; without a trailing blank. The last cell of a row
 * that is shorter than others runs across the columns that it lacks.
 */
export const alignColumns = (
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): readonly string[] => {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(
      ...rows.map((row) => {
        const runsAcross = row.length < columns && column === row.length - 1;
        return runsAcross ? 0 : (row[column]?.length ?? 0);
      }),
    ),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
};

/** A table with a head; read aloud, each cell is a line with the name of its column instead. */
export const tableOf = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): readonly string[] =>
  terminalOf(process.stdout).plain
    ? rows.flatMap((row) => [
        ...row.flatMap((cell, column) => (cell === '' ? [] : [`${head[column] ?? ''}: ${cell}`])),
        '',
      ])
    : alignColumns([head, ...rows], right);
