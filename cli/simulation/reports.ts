/** The reports of a simulation: what listens to its rows, and what is written at its end. */
import {
  type LedgerRow,
  type RowNames,
  type RowSink,
  type SimulationResult,
  loadLedger,
} from '../../simulator/index.js';
import { HookproofError } from '../../simulator/index.js';
import type { ReportTarget } from '../parse.js';
import { checkTargets } from '../report-files.js';
import { version } from '../version.js';
import { createHighlights } from './highlights.js';
import { type Output, openOutput } from './output.js';
import { formatRow, formatRows, rowHead } from './rows.js';
import { formatSummary } from './summary.js';

/** One report while a run is played. */
export interface SimulationReport {
  /** Listens to the rows of an account; undefined for what needs the result only. */
  readonly listen?: (names: RowNames) => RowSink;
  /** Writes what has been gathered, where it is written as it comes. */
  readonly flush?: () => Promise<void>;
  readonly finish: (result: SimulationResult) => Promise<void>;
}

export const simulationFormats = ['console', 'json', 'ndjson', 'csv', 'html', 'svg'] as const;

export type SimulationFormat = (typeof simulationFormats)[number];

export interface ReportWishes {
  readonly json: boolean;
  readonly ndjson: boolean;
  readonly csv: boolean;
  readonly html?: string;
  readonly svg?: string;
  readonly report?: readonly ReportTarget[];
  readonly ledger: boolean;
  readonly plot: boolean;
}

/** Checks what was asked for before the run, so that nothing is lost after it. */
const chooseReports = async (
  wishes: ReportWishes,
): Promise<readonly { readonly format: SimulationFormat; readonly file: string | undefined }[]> => {
  const targets: ReportTarget[] = [...(wishes.report ?? [])];
  for (const format of ['json', 'ndjson', 'csv'] as const) {
    if (wishes[format]) targets.push({ format, file: undefined });
  }
  for (const format of ['html', 'svg'] as const) {
    const file = wishes[format];
    if (file !== undefined) targets.push({ format, file });
  }
  const chosen = await checkTargets(targets, simulationFormats);
  const console = chosen.some(({ format }) => format === 'console');
  if (wishes.plot && !console) {
    throw new HookproofError(
      'invalid_argument',
      '--plot draws in the terminal, and another report wants standard output',
      'write that report to a file: --report <format>=<file>',
    );
  }
  return chosen;
};

const streamed = async (
  output: Output,
  listen: (put: (text: string) => void) => (names: RowNames) => RowSink,
  end: (result: SimulationResult) => string = () => '',
): Promise<SimulationReport> => ({
  listen: listen(output.put),
  flush: output.flush,
  finish: async (result) => {
    output.put(end(result));
    await output.close();
  },
});

const resultAsJson = (result: SimulationResult): object => {
  const { schemaVersion, ...rest } = result;
  return { schemaVersion, tool: { name: 'hookproof', version: version() }, ...rest };
};

const openers: Readonly<
  Record<
    SimulationFormat,
    (file: string | undefined, wishes: ReportWishes) => Promise<SimulationReport>
  >
> = {
  console: async (file, wishes) => {
    const output = await openOutput(file);
    const { listenByName } = await loadLedger();
    return wishes.ledger
      ? consoleLedger(output, listenByName)
      : consoleHighlights(output, listenByName);
  },
  json: async (file, { ledger }) => {
    const output = await openOutput(file);
    if (!ledger) {
      return {
        finish: async (result) => {
          output.put(`${JSON.stringify(resultAsJson(result), null, 2)}\n`);
          await output.close();
        },
      };
    }
    const { listenByName } = await loadLedger();
    let isFirst = true;
    const put = (row: LedgerRow): void => {
      output.put(`${isFirst ? '{"ledger":[\n' : ',\n'}${JSON.stringify(row)}`);
      isFirst = false;
    };
    return streamed(
      output,
      () => listenByName(put),
      (result) =>
        `${isFirst ? '{"ledger":[' : ''}],\n${JSON.stringify(resultAsJson(result)).slice(1)}\n`,
    );
  },
  ndjson: async (file) => {
    const output = await openOutput(file);
    const { listenAsNdjson } = await loadLedger();
    return streamed(output, listenAsNdjson);
  },
  csv: async (file) => {
    const output = await openOutput(file);
    const { csvHeader, csvLine, listenByName } = await loadLedger();
    output.put(csvHeader);
    return streamed(output, (put) => listenByName((row) => put(csvLine(row))));
  },
  html: async () => {
    throw new Error('html');
  },
  svg: async () => {
    throw new Error('svg');
  },
};

type ByName = Awaited<ReturnType<typeof loadLedger>>['listenByName'];

const consoleLedger = async (output: Output, listenByName: ByName): Promise<SimulationReport> => {
  output.put(`${rowHead}\n`);
  return {
    listen: (names) =>
      listenByName((row) => output.put(`${formatRow(row, names.accounts)}\n`))(names),
    flush: output.flush,
    finish: async (result) => {
      output.put(`\n${formatSummary(result).join('\n')}\n`);
      await output.close();
    },
  };
};

const consoleHighlights = async (
  output: Output,
  listenByName: ByName,
): Promise<SimulationReport> => {
  const highlights = createHighlights();
  return {
    listen: (names) => listenByName(highlights.add)(names),
    finish: async (result) => {
      const rows = highlights.rows();
      if (rows.length > 0) {
        output.put(`${formatRows(rows, result.accounts).join('\n')}\n`);
        output.put(`(${rows.length} of ${highlights.seen()} rows; --ledger prints all)\n\n`);
      }
      output.put(`${formatSummary(result).join('\n')}\n`);
      await output.close();
    },
  };
};

/** All reports of a run as one. */
export const openSimulationReports = async (wishes: ReportWishes): Promise<SimulationReport> => {
  const chosen = await chooseReports(wishes);
  const reports = await Promise.all(
    chosen.map(async ({ format, file }) => openers[format](file, wishes)),
  );
  const listeners = reports.flatMap(({ listen }) => listen ?? []);
  return {
    ...(listeners.length === 0
      ? {}
      : {
          listen: (names: RowNames): RowSink => {
            const sinks = listeners.map((listen) => listen(names));
            const [only] = sinks;
            if (sinks.length === 1 && only !== undefined) return only;
            return {
              attempt: (row) => {
                for (const sink of sinks) sink.attempt(row);
              },
              incident: (incident) => {
                for (const sink of sinks) sink.incident(incident);
              },
            };
          },
        }),
    flush: async () => {
      for (const { flush } of reports) await flush?.();
    },
    finish: async (result) => {
      for (const { finish } of reports) await finish(result);
    },
  };
};
