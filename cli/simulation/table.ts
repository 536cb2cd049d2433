import { terminalOf } from '../terminal.js';

const GAP = '  ';

/** How wide each column is; the last cell of a row that is shorter than others has no say in it. */
const widthsOf = (rows: readonly (readonly string[])[]): readonly number[] => {
  const columns = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    Math.max(
      ...rows.map((row) => {
        const runsAcross = row.length < columns && column === row.length - 1;
        return runsAcross ? 0 : (row[column]?.length ?? 0);
      }),
    ),
  );
};

/**
 * The columns that share a line where a table is wider than there is room: as many as fit, then the next,
 * which are indented.
 */
const groupsOf = (widths: readonly number[], room: number): readonly (readonly number[])[] => {
  const groups: number[][] = [[]];
  let used = -GAP.length;
  for (const [column, width] of widths.entries()) {
    if (used + GAP.length + width > room && groups.at(-1)?.length !== 0) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(column);
    used += GAP.length + width;
  }
  return groups;
};

/**
 * Columns of text, each as wide as its widest cell; without a trailing blank. The last cell of a row
 * that is shorter than others runs across the columns that it lacks. What has no room stands on further,
 * indented lines.
 */
export const alignColumns = (
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
  room = Number.POSITIVE_INFINITY,
): readonly string[] => {
  const widths = widthsOf(rows);
  const groups = groupsOf(widths, room);
  return rows.flatMap((row) =>
    groups.flatMap((group, index) => {
      const cells = group.flatMap((column) => {
        const cell = row[column];
        if (cell === undefined) return [];
        const width = widths[column] ?? 0;
        return [right.includes(column) ? cell.padStart(width) : cell.padEnd(width)];
      });
      if (cells.length === 0) return [];
      const indent = index === 0 ? '' : GAP;
      const line = `${indent}${cells.join(GAP)}`.trimEnd();
      const last = cells.at(-1) ?? '';
      return line.length <= room || cells.length === 1
        ? [line]
        : [`${indent}${cells.slice(0, -1).join(GAP)}`.trimEnd(), `${GAP}${last.trim()}`];
    }),
  );
};

/** A table with a head; read aloud, each cell is a line with the name of its column instead. */
export const tableOf = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): readonly string[] => {
  const { plain, tableColumns } = terminalOf(process.stdout);
  return plain
    ? rows.flatMap((row) => [
        ...row.flatMap((cell, column) => (cell === '' ? [] : [`${head[column] ?? ''}: ${cell}`])),
        '',
      ])
    : alignColumns([head, ...rows], right, tableColumns);
};
