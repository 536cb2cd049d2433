import type { MatrixRow } from './row.js';
import type { SelfTestResult } from './record.js';
import type { Score } from './score.js';

const ROWS_SHOWN = 14;
const NAMES_SHOWN = 60;
const COLUMNS = 100;

/** `ok`: told by a listed row; `other`: by another one; `later`: no present case can tell it. */
const markOf = ({ right, byListedRow, outOfReach, fault }: MatrixRow): string => {
  if (fault !== undefined) return 'FAULT';
  if (right) return byListedRow === false ? 'other' : 'ok';
  return outOfReach === undefined ? 'WRONG' : 'later';
};

/** Rows that failed: must, (should), [may]. */
const toldBy = ({ must, should, may }: MatrixRow): string => {
  const rows = [...must, ...should.map((row) => `(${row})`), ...may.map((row) => `[${row}]`)];
  const more = rows.length - ROWS_SHOWN;
  return [...rows.slice(0, ROWS_SHOWN), ...(more > 0 ? [`+${more}`] : [])].join(' ');
};

/** One line of the matrix, without its line break. */
export const formatRow = (row: MatrixRow): string =>
  [
    markOf(row).padEnd(5),
    row.id.padEnd(42),
    row.wanted.padEnd(18),
    row.verdict.padEnd(12),
    `${(row.durationMs / 1000).toFixed(1)} s`.padStart(7),
    row.fault ?? (row.right ? toldBy(row) : (row.outOfReach ?? toldBy(row))),
  ]
    .join('  ')
    .trimEnd();

/** A title with a count, and the names below it, so many to a line as fit. */
const list = (title: string, names: readonly string[]): readonly string[] => {
  if (names.length === 0) return [`${title}: none`];
  const lines: string[] = [];
  let line = ' ';
  for (const name of names.slice(0, NAMES_SHOWN)) {
    if (line.length + name.length + 2 > COLUMNS && line !== ' ') {
      lines.push(line);
      line = ' ';
    }
    line += ` ${name}`;
  }
  const more = names.length - NAMES_SHOWN;
  return [`${title}: ${names.length}`, ...lines, line, ...(more > 0 ? [`  and ${more} more`] : [])];
};

const formatHead = ({ seeds, quick, durationMs, rows, runs }: SelfTestResult): string => {
  const done = rows.length === runs ? `${runs} runs` : `${rows.length} of ${runs} runs`;
  const named = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`;
  return `${done}, ${named}, ${quick ? 'quick, ' : ''}${(durationMs / 1000).toFixed(0)} s`;
};

const soleKillers = ({ toldByOne }: Score): readonly string[] => {
  const cases = [...new Set(toldByOne.map(({ by }) => by))];
  return cases.map((id) => {
    const mutants = toldByOne.filter(({ by }) => by === id).map(({ mutant }) => mutant);
    return `${id} (${mutants.join(', ')})`;
  });
};

const formatGroups = ({ groups }: Score): readonly string[] => {
  const sum = (field: 'told' | 'of'): number =>
    groups.reduce((total, group) => total + group[field], 0);
  const width = Math.max(...groups.map(({ name }) => name.length));
  return [
    `mutants judged as wanted: ${sum('told')} of ${sum('of')}`,
    ...groups
      .filter(({ of }) => of > 0)
      .map(({ name, told, of }) => `  ${name.padEnd(width)}  ${told} of ${of}`),
  ];
};

const formatCases = (score: Score, partial: boolean): readonly string[] => {
  const { idle, unasked } = score;
  // What a few receivers do not need, others may.
  if (partial) return [`cases that told no mutant: ${idle.length}`];
  return [
    ...list('cases that told no mutant', idle),
    ...list('cases that judged no mutant', unasked),
  ];
};

/** The score as text, without its last line break. */
export const formatResult = (result: SelfTestResult): string => {
  const { score, partial, quick } = result;
  return [
    '',
    'Rows that failed: must, (should), [may]. ok: told by a listed row; other: by another one.',
    ...(quick ? ['Mutants were asked the cases that should tell them, and a few others.'] : []),
    ...formatGroups(score),
    ...list('survivors', score.survivors),
    ...list(
      'out of reach of the present cases',
      score.outOfReach.map(({ id, why }) => `${id} (${why})`),
    ),
    ...list('told by rows that are not listed', score.byOtherRows),
    ...list(
      `mutants that one case alone tells: ${score.toldByOne.length}, cases that do`,
      soleKillers(score),
    ),
    ...formatCases(score, partial),
    ...list(
      `false alarms among ${score.correct} correct receivers`,
      score.falseAlarms.map(({ id, failed }) => `${id} (${failed.join(', ') || 'no verdict'})`),
    ),
    ...list(
      'faults of a run',
      score.faults.map(({ id, fault }) => `${id} (${fault})`),
    ),
    formatHead(result),
  ].join('\n');
};
