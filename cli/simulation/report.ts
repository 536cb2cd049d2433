import type { RowNames, RowSink, SimulationResult } from '../../simulator/index.js';

/** One report while a run is played. */
export interface SimulationReport {
  /** Listens to the rows of an account; undefined for what needs the result only. */
  readonly listen?: (names: RowNames) => RowSink;
  /** Writes what has been gathered, where it is written as it comes. */
  readonly flush?: () => Promise<void>;
  readonly finish: (result: SimulationResult) => Promise<void>;
}

/** How much a report is to tell. */
export interface ReportDetail {
  readonly ledger: boolean;
  readonly plot: boolean;
}

/** Begins a report into a file, or on standard output. */
export type OpenReport = (
  file: string | undefined,
  detail: ReportDetail,
) => Promise<SimulationReport>;
