/** Where reports go: standard output, or files that are there whole or not at all. */
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { HookproofError, nearest } from '../simulator/index.js';
import type { ReportTarget } from './parse.js';
import { say } from '../language/say.js';

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/**
 * Checks what was asked for before a run, so that nothing is lost after it. The console report goes
 * to standard output unless another one does.
 *
 * @throws {HookproofError} `invalid_argument`
 */
export const checkTargets = async <Format extends string>(
  targets: readonly ReportTarget[],
  formats: readonly Format[],
): Promise<readonly { readonly format: Format; readonly file: string | undefined }[]> => {
  const wanted = targets.some(({ file }) => file === undefined)
    ? targets
    : [{ format: 'console', file: undefined }, ...targets];
  if (wanted.filter(({ file }) => file === undefined).length > 1) {
    throw wrong(
      say`two reports want standard output`,
      say`write all but one to a file: <format>=<file>`,
    );
  }
  const found = wanted.map(({ format, file }) => ({ format: findFormat(format, formats), file }));
  for (const { file } of found) if (file !== undefined) await checkWritable(file);
  return found;
};

/** Prints a report, or puts it in place of its file in one step. */
export const putReport = async (file: string | undefined, text: string): Promise<void> => {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  const { part, whole } = await placeOf(file);
  try {
    await writeFile(part, text);
    if (part !== whole) await rename(part, whole);
  } catch (error) {
    if (part !== whole) await rm(part, { force: true });
    throw notWritten(file, error);
  }
};

/**
 * Where a report grows, and the file that it then becomes. A link stays one, to the new report; a
 * device or a pipe is written to as it is, for what takes its place would be a file.
 */
export const placeOf = async (
  file: string,
): Promise<{ readonly part: string; readonly whole: string }> => {
  const found = await stat(file).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return { part: file, whole: file };
  const whole = found === undefined ? file : await realpath(file);
  return { part: `${whole}.part`, whole };
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';

/** The error for a report that broke off. */
export const notWritten = (file: string, error: unknown): HookproofError =>
  wrong(say`cannot write ${file}${codeOf(error)}`, say`make room there, or name another file`);

const findFormat = <Format extends string>(format: string, formats: readonly Format[]): Format => {
  const found = formats.find((one) => one === format);
  if (found !== undefined) return found;
  const near = nearest(format, formats);
  throw wrong(
    say`there is no report format '${format}'`,
    near === undefined ? say`one of ${formats.join(', ')}` : say`did you mean ${near}?`,
  );
};

/** Writes an empty file where the report will be prepared: no other check knows all that may fail. */
const checkWritable = async (file: string): Promise<void> => {
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw wrong(say`${file} is a folder`, say`name a file for the report`);
  const { part, whole } = await placeOf(file);
  if (part === whole) return;
  try {
    await writeFile(part, '');
    await rm(part);
  } catch (error) {
    throw wrong(
      say`cannot write a report into ${dirname(resolve(file))}${codeOf(error)}`,
      say`create the folder, or make it writable`,
    );
  }
};
