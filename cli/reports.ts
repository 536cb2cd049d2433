import { appendFileSync } from 'node:fs';
import { appendFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { RunResult, VerifyOptions } from '../contracts/index.js';
import { loadReporter, reportFormats } from '../contracts/report/index.js';
import type { ReportFormat } from '../contracts/report/index.js';
import { HookproofError, createPolicy, nearest, policies } from '../simulator/index.js';
import type { ReportTarget } from './parse.js';

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/**
 * Checks every report before the run, so that nothing is lost after it, and writes them at its end.
 * The console report goes to standard output unless another report does.
 */
export const prepareReports = async (targets: readonly ReportTarget[]) => {
  const wanted = targets.some(({ file }) => file === undefined)
    ? targets
    : [{ format: 'console', file: undefined }, ...targets];
  if (wanted.filter(({ file }) => file === undefined).length > 1) {
    throw wrong('two reports want standard output', 'write all but one to a file: <format>=<file>');
  }
  const reports = await Promise.all(
    wanted.map(async ({ format, file }) => ({
      reporter: await loadReporter(findFormat(format)),
      file,
    })),
  );
  for (const { file } of wanted) if (file !== undefined) await checkWritable(file);
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
          process.stdout.write(reporter.render(result, terminal(process.stdout)));
        } else {
          const text = reporter.render(result, { color: false, columns: 100 });
          await writeFile(partOf(file), text);
          await rename(partOf(file), file);
        }
      }
    },
  };
};

const findFormat = (format: string): ReportFormat => {
  const found = reportFormats.find((one) => one === format);
  if (found !== undefined) return found;
  const near = nearest(format, reportFormats);
  throw wrong(
    `there is no report format '${format}'`,
    near === undefined ? `one of ${reportFormats.join(', ')}` : `did you mean ${near}?`,
  );
};

/** Writes an empty file where the report will be prepared: no other check knows all that may fail. */
const checkWritable = async (file: string): Promise<void> => {
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw wrong(`${file} is a folder`, 'name a file for the report');
  try {
    await writeFile(partOf(file), '');
    await rm(partOf(file));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw wrong(
      `cannot write a report into ${dirname(resolve(file))}${why}`,
      'create the folder, or make it writable',
    );
  }
};

const partOf = (file: string): string => `${file}.part`;

/** Colour where a person looks and did not say no (https://no-color.org). */
const terminal = (stream: NodeJS.WriteStream) => ({
  color:
    (process.env['NO_COLOR'] ?? '') === '' &&
    (stream.isTTY || (process.env['FORCE_COLOR'] ?? '0') !== '0'),
  columns: stream.isTTY ? stream.columns : 80,
});
