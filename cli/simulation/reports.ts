/** Which reports of a simulation are wanted, and all of them as one. */
import { HookproofError } from '../../simulator/index.js';
import type { ReportTarget } from '../parse.js';
import { checkTargets } from '../report-files.js';
import { openConsoleReport } from './console.js';
import { openCsvReport, openJsonReport, openNdjsonReport } from './ledger-reports.js';
import { openHtmlReport, openSvgReport } from './picture-reports.js';
import type { OpenReport, ReportDetail, SimulationReport } from './report.js';
import { toAll } from './sinks.js';
import { say } from '../../language/say.js';

export const simulationFormats = ['console', 'json', 'ndjson', 'csv', 'html', 'svg'] as const;

export type SimulationFormat = (typeof simulationFormats)[number];

export interface ReportWishes extends ReportDetail {
  readonly json: boolean;
  readonly ndjson: boolean;
  readonly csv: boolean;
  readonly html?: string;
  readonly svg?: string;
  readonly report?: readonly ReportTarget[];
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
      say`--plot draws in the terminal, and another report wants standard output`,
      say`write that report to a file: --report <format>=<file>`,
    );
  }
  return chosen;
};

const openers: Readonly<Record<SimulationFormat, OpenReport>> = {
  console: openConsoleReport,
  json: openJsonReport,
  ndjson: openNdjsonReport,
  csv: openCsvReport,
  html: openHtmlReport,
  svg: openSvgReport,
};

/** Rows come out of one thread only. */
const refuseRows = (
  { ledger, plot }: ReportDetail,
  chosen: readonly { readonly format: SimulationFormat }[],
): void => {
  const needy = chosen.find(({ format }) => format !== 'json' && format !== 'console')?.format;
  const wish = ledger ? '--ledger' : plot ? '--plot' : undefined;
  const what = needy === undefined ? wish : say`a report as ${needy}`;
  if (what === undefined) return;
  throw new HookproofError(
    'invalid_argument',
    say`${what} needs every attempt, and several threads tell their sums only`,
    say`leave out --threads`,
  );
};

/** All reports of a run as one. */
export const openSimulationReports = async (
  wishes: ReportWishes,
  isThreaded: boolean,
): Promise<SimulationReport> => {
  const chosen = await chooseReports(wishes);
  if (isThreaded) refuseRows(wishes, chosen);
  const reports = await Promise.all(
    chosen.map(async ({ format, file }) => openers[format](file, wishes)),
  );
  const listeners = reports.flatMap(({ listen }) => listen ?? []);
  return {
    ...(listeners.length === 0 ? {} : { listen: toAll(listeners) }),
    flush: async () => {
      for (const { flush } of reports) await flush?.();
    },
    finish: async (result) => {
      for (const { finish } of reports) await finish(result);
    },
  };
};
