/** Where reports go: standard output, or files that are there whole or not at all. */
import { rename, rm, stat, writeFile } from 'node:fs/promises';
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
  await writeFile(partOf(file), text);
  await rename(partOf(file), file);
};

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
  try {
    await writeFile(partOf(file), '');
    await rm(partOf(file));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw wrong(
      say`cannot write a report into ${dirname(resolve(file))}${why}`,
      say`create the folder, or make it writable`,
    );
  }
};

const partOf = (file: string): string => `${file}.part`;
