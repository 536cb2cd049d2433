import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { wrong } from './wrong.js';
import { say } from '../../language/say.js';

/**
 * Creates the folder for its owner alone, and sees that it can be written to.
 *
 * @throws {HookproofError} `invalid_argument` where it cannot
 */
export const prepareFolder = async (folder: string): Promise<void> => {
  const trial = join(folder, `.trial-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(trial, '', { mode: 0o600 });
    await rm(trial);
  } catch (error) {
    throw wrong(
      say`cannot write into the data folder ${folder} (${codeOf(error)})`,
      say`name another one with --data`,
    );
  }
};

/** A token that was drawn for this folder, and where its owner reads it. */
export interface DrawnToken {
  readonly token: string;
  readonly file: string;
}

const NAME = 'control-token';

/** The folder's token, drawn at its first use and kept in a file that only its owner can read. */
export const drawToken = async (folder: string): Promise<DrawnToken> => {
  await prepareFolder(folder);
  const file = join(folder, NAME);
  const kept = await readFile(file, 'utf8').catch(() => '');
  const token = kept.trim() === '' ? randomBytes(24).toString('base64url') : kept.trim();
  if (kept.trim() === '') await writeFile(file, `${token}\n`, { mode: 0o600 });
  // A file that was there keeps the mode that it had.
  await chmod(file, 0o600);
  return { token, file };
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : say`unknown reason`;
