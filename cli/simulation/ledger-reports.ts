/** Reports for programs: the result as JSON, the ledger as JSON, NDJSON or CSV. */
import {
  type LedgerRow,
  type RowNames,
  type RowSink,
  type SimulationResult,
  loadLedger,
} from '../../simulator/index.js';
import { version } from '../version.js';
import { type Output, openOutput } from './output.js';
import type { OpenReport, SimulationReport } from './report.js';

const streamed = (
  output: Output,
  listen: (names: RowNames) => RowSink,
  end: (result: SimulationResult) => string = () => '',
): SimulationReport => ({
  listen,
  flush: output.flush,
  finish: async (result) => {
    output.put(end(result));
    await output.close();
  },
});

const withTool = ({ schemaVersion, ...rest }: SimulationResult): object => ({
  schemaVersion,
  tool: { name: 'hookproof', version: version() },
  ...rest,
});

export const openJsonReport: OpenReport = async (file, { ledger }) => {
  const output = await openOutput(file);
  if (!ledger) {
    return {
      finish: async (result) => {
        output.put(`${JSON.stringify(withTool(result), null, 2)}\n`);
        await output.close();
      },
    };
  }
  const { listenByName } = await loadLedger();
  // The rows come first, because they are written as they come; the result closes the object.
  output.put('{"ledger":[');
  let separator = '\n';
  const put = (row: LedgerRow): void => {
    output.put(`${separator}${JSON.stringify(row)}`);
    separator = ',\n';
  };
  return streamed(
    output,
    listenByName(put),
    (result) => `],\n${JSON.stringify(withTool(result)).slice(1)}\n`,
  );
};

export const openNdjsonReport: OpenReport = async (file) => {
  const output = await openOutput(file);
  const { listenAsNdjson } = await loadLedger();
  return streamed(output, listenAsNdjson(output.put));
};

export const openCsvReport: OpenReport = async (file) => {
  const output = await openOutput(file);
  const { csvHeader, csvLine, listenByName } = await loadLedger();
  output.put(csvHeader);
  return streamed(
    output,
    listenByName((row) => output.put(csvLine(row))),
  );
};
