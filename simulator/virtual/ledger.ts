/** The ledger of a simulation: what each row says, by names, and as lines of NDJSON and CSV. */
import type { AttemptRow, Incident, Next, RowSink } from './rows.js';
import type { RowNames } from './simulate.js';
import { pairName } from './traffic.js';

interface Place {
  /** Milliseconds from the scenario's time 0. */
  readonly atMs: number;
  /** From 0. */
  readonly account: number;
}

/** An attempt in the ledger. */
export interface LedgerAttempt extends Place {
  readonly kind: 'attempt';
  readonly hook: string;
  /** The event's number, from 0, and what it is. */
  readonly event: number;
  readonly name: string;
  readonly attempt: number;
  readonly resend: boolean;
  readonly startedAtMs: number;
  readonly answer: string;
  readonly failed: boolean;
  /** What the hook's window holds with it, and the share of failures in it, from 0 to 1. */
  readonly windowFailed: number;
  readonly windowTotal: number;
  readonly share: number;
  /** Failures in a row that would disable the hook; null where none can. */
  readonly headroom: number | null;
  readonly next: Next;
  /** When the next attempt is due; null where there is none. */
  readonly retryAtMs: number | null;
}

/** What else is in the ledger, with names in place of numbers. */
export type LedgerIncident = Place &
  (
    | {
        readonly kind: 'disabled';
        readonly hook: string;
        readonly reason: 'rule' | 'request' | 'account';
        readonly windowFailed: number;
        readonly windowTotal: number;
      }
    | { readonly kind: 'enabled'; readonly hook: string }
    | { readonly kind: 'mail'; readonly hook: string; readonly to: readonly string[] }
    | {
        readonly kind: 'missed' | 'dropped';
        readonly hook: string;
        readonly event: number;
        readonly name: string;
      }
    | {
        readonly kind: 'polled';
        readonly receiver: string;
        readonly recovered: number;
        readonly duplicates: number;
      }
  );

/** A line of the ledger. */
export type LedgerRow = LedgerAttempt | LedgerIncident;

const shareOf = (failed: number, total: number): number =>
  total === 0 ? 0 : Math.round((10_000 * failed) / total) / 10_000;

/** An attempt with names, as a value of its own. */
export const attemptRow = (row: Readonly<AttemptRow>, names: RowNames): LedgerAttempt => ({
  kind: 'attempt',
  atMs: row.atMs,
  account: names.account,
  hook: names.hooks[row.hook] ?? '',
  event: row.event,
  name: pairName(row.pair),
  attempt: row.attempt,
  resend: row.resend,
  startedAtMs: row.startedAtMs,
  answer: names.answers[row.answer] ?? '',
  failed: row.failed,
  windowFailed: row.windowFailed,
  windowTotal: row.windowTotal,
  share: shareOf(row.windowFailed, row.windowTotal),
  headroom: Number.isFinite(row.headroom) ? row.headroom : null,
  next: row.next,
  retryAtMs: row.next === 'retry' ? row.retryAtMs : null,
});

/** An incident with names. */
export const incidentRow = (incident: Incident, names: RowNames): LedgerIncident => {
  const { account } = names;
  const { atMs } = incident;
  if (incident.kind === 'polled') {
    const { kind, recovered, duplicates } = incident;
    return {
      kind,
      atMs,
      account,
      receiver: names.receivers[incident.receiver] ?? '',
      recovered,
      duplicates,
    };
  }
  const hook = names.hooks[incident.hook] ?? '';
  switch (incident.kind) {
    case 'disabled': {
      const { kind, reason, failed: windowFailed, total: windowTotal } = incident;
      return { kind, atMs, account, hook, reason, windowFailed, windowTotal };
    }
    case 'enabled':
      return { kind: incident.kind, atMs, account, hook };
    case 'mail':
      return { kind: incident.kind, atMs, account, hook, to: incident.to };
    case 'missed':
    case 'dropped': {
      const { kind, event, pair } = incident;
      return { kind, atMs, account, hook, event, name: pairName(pair) };
    }
  }
};

/** A listener for `simulate` that hands on every row by names. */
export const listenByName =
  (each: (row: LedgerRow) => void): ((names: RowNames) => RowSink) =>
  (names) => ({
    attempt: (row) => each(attemptRow(row, names)),
    incident: (incident) => each(incidentRow(incident, names)),
  });

/**
 * An attempt as a line of NDJSON. The text is put together by hand: it is what a run of millions of
 * attempts spends its time on, and only names need quoting, which `quoted` has done.
 */
const attemptLine = (row: Readonly<AttemptRow>, account: number, quoted: Quoted): string =>
  `{"kind":"attempt","atMs":${row.atMs},"account":${account},"hook":${quoted.hooks[row.hook]},` +
  `"event":${row.event},"name":"${pairName(row.pair)}","attempt":${row.attempt},` +
  `"resend":${row.resend},"startedAtMs":${row.startedAtMs},"answer":${quoted.answers[row.answer]},` +
  `"failed":${row.failed},"windowFailed":${row.windowFailed},"windowTotal":${row.windowTotal},` +
  `"share":${shareOf(row.windowFailed, row.windowTotal)},` +
  `"headroom":${Number.isFinite(row.headroom) ? row.headroom : 'null'},"next":"${row.next}",` +
  `"retryAtMs":${row.next === 'retry' ? row.retryAtMs : 'null'}}\n`;

interface Quoted {
  readonly hooks: readonly string[];
  readonly answers: readonly string[];
}

/** A listener that puts every row as a line of NDJSON. */
export const listenAsNdjson =
  (put: (line: string) => void): ((names: RowNames) => RowSink) =>
  (names) => {
    const quote = (text: string): string => JSON.stringify(text);
    const quoted = { hooks: names.hooks.map(quote), answers: names.answers.map(quote) };
    return {
      attempt: (row) => put(attemptLine(row, names.account, quoted)),
      incident: (incident) => put(`${JSON.stringify(incidentRow(incident, names))}\n`),
    };
  };

const COLUMNS = [
  'kind',
  'atMs',
  'account',
  'hook',
  'event',
  'name',
  'attempt',
  'resend',
  'startedAtMs',
  'answer',
  'failed',
  'windowFailed',
  'windowTotal',
  'share',
  'headroom',
  'next',
  'retryAtMs',
  'reason',
  'to',
  'receiver',
  'recovered',
  'duplicates',
] as const;

/** The first line of a CSV ledger (RFC 4180). */
export const csvHeader = `${COLUMNS.join(',')}\r\n`;

type Cell = string | number | boolean | readonly string[] | null | undefined;

const cell = (value: Cell): string => {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? value.join(' ') : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A row as a line of CSV. */
export const csvLine = (row: LedgerRow): string =>
  `${COLUMNS.map((column) => cell((row as unknown as Record<string, Cell>)[column])).join(',')}\r\n`;
