import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { RunResult } from '../contracts/index.js';
import { loadReporter, reportFormats } from '../contracts/report/index.js';
import type { ReportFormat } from '../contracts/report/index.js';
import { HookproofError, nearest } from '../simulator/index.js';
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
  return {
    write: async (result: RunResult): Promise<void> => {
      for (const { reporter, file } of reports) {
        if (file === undefined) {
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
