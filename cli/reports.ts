import { appendFileSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import type { RunResult, VerifyOptions } from '../contracts/index.js';
import { loadReporter, reportFormats } from '../contracts/report/index.js';
import { createPolicy, policies } from '../simulator/index.js';
import type { ReportTarget } from './parse.js';
import { checkTargets, putReport } from './report-files.js';
import { terminalOf } from './terminal.js';

/**
 * Checks every report before the run, so that nothing is lost after it, and writes them at its end.
 * The console report goes to standard output unless another report does.
 */
export const prepareReports = async (targets: readonly ReportTarget[]) => {
  const wanted = await checkTargets(targets, reportFormats);
  const reports = await Promise.all(
    wanted.map(async ({ format, file }) => ({
      reporter: await loadReporter(format),
      file,
    })),
  );
  const streams = reports.filter(({ reporter }) => reporter.format === 'ndjson');
  return {
    /** Opens the reports that grow while the run goes on; the result is told of each attempt. */
    begin: async ({
      seed,
      target,
      options,
    }: {
      readonly seed: number;
      readonly target: string;
      readonly options: VerifyOptions;
    }): Promise<NonNullable<VerifyOptions['onAttempt']>> => {
      if (streams.length === 0) return () => undefined;
      const { attemptLine, runLine } = await import('../contracts/report/ndjson.js');
      const put = (line: string): void => {
        for (const { file } of streams) {
          if (file === undefined) process.stdout.write(line);
          else appendFileSync(file, line);
        }
      };
      for (const { file } of streams) if (file !== undefined) await writeFile(file, '');
      put(
        runLine({
          schemaVersion: 1,
          tool: { name: 'hookproof', version: options.version ?? '' },
          seed,
          target,
          startedAt: new Date().toISOString(),
          policy: createPolicy({ timeoutMs: options.timeoutMs ?? policies.documented.timeoutMs }),
        }),
      );
      return (caseId, attempt) => put(attemptLine({ caseId, attempt }));
    },
    write: async (result: RunResult): Promise<void> => {
      for (const { reporter, file } of reports) {
        if (reporter.format === 'ndjson') {
          const { closingLines } = await import('../contracts/report/ndjson.js');
          if (file === undefined) process.stdout.write(closingLines(result));
          else await appendFile(file, closingLines(result));
        } else if (file === undefined) {
          process.stdout.write(reporter.render(result, terminalOf(process.stdout)));
        } else {
          await putReport(file, reporter.render(result, { color: false, columns: 100 }));
        }
      }
    },
  };
};
