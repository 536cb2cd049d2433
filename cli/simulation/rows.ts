/** Rows of a ledger as people read them. */
import { type LedgerIncident, type LedgerRow, formatTime } from '../../simulator/index.js';
import { tableOf } from './table.js';
import { later, say, translate } from '../../language/say.js';

const what = (incident: LedgerIncident): string => {
  switch (incident.kind) {
    case 'disabled':
      return incident.reason === 'rule'
        ? say`disabled by the rule: ${incident.windowFailed} of ${incident.windowTotal} failed`
        : say`disabled ${incident.reason === 'account' ? say`with its account` : say`by hand`}`;
    case 'enabled':
      return say`enabled again`;
    case 'mail':
      return say`e-mail to ${incident.to.join(say` and `)}`;
    case 'missed':
      return say`#${incident.event} ${incident.name} happened while it was disabled`;
    case 'dropped':
      return say`#${incident.event} ${incident.name} will not be tried again`;
    case 'polled':
      return say`asked GET /events: ${incident.recovered} were new, ${incident.duplicates} it had`;
  }
};

const then = (next: string, retryAtMs: number | null): string =>
  retryAtMs === null ? translate(next) : say`again at ${formatTime(retryAtMs)}`;

const cells = (row: LedgerRow, accounts: number): readonly string[] => {
  const name = row.kind === 'polled' ? row.receiver : row.hook;
  const who = accounts === 1 ? name : `${name}/${row.account}`;
  const time = formatTime(row.atMs);
  if (row.kind !== 'attempt') return [time, who, what(row)];
  const share = `${(100 * row.share).toFixed(1)} %`;
  return [
    time,
    who,
    `#${row.event} ${row.name}`,
    `${row.attempt}${row.resend ? say` (resent)` : ''}`,
    translate(row.answer),
    say`${row.windowFailed} of ${row.windowTotal}`,
    share,
    row.headroom === null ? '' : String(row.headroom),
    then(row.next, row.retryAtMs),
  ];
};

const HEAD = [
  later('TIME'),
  later('HOOK'),
  later('EVENT'),
  later('ATTEMPT'),
  later('ANSWER'),
  later('FAILED IN WINDOW'),
  later('SHARE'),
  later('HEADROOM'),
  later('THEN'),
] as const;

/** A few rows as an aligned table. */
export const formatRows = (rows: readonly LedgerRow[], accounts: number): readonly string[] =>
  tableOf(
    HEAD.map(translate),
    rows.map((row) => cells(row, accounts)),
    [3, 5, 6, 7],
  );

const WIDTHS = [10, 12, 30, 7, 15, 16, 7, 8, 0] as const;

/** A row as a line by itself, in columns of fixed widths: for a ledger that is still growing. */
export const formatRow = (row: LedgerRow, accounts: number): string => {
  const line = cells(row, accounts);
  return line
    .map((cell, column) => (column === line.length - 1 ? cell : cell.padEnd(WIDTHS[column] ?? 0)))
    .join(' ')
    .trimEnd();
};

/** The head of a ledger of such lines. */
export const rowHead = (): string =>
  HEAD.map((cell, column) => translate(cell).padEnd(WIDTHS[column] ?? 0))
    .join(' ')
    .trimEnd();
