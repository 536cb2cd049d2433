/** Files of captured deliveries, as the commands read them. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HookproofError, loadCapture } from '../simulator/index.js';
import type { CapturedDelivery } from '../simulator/index.js';
import { say } from '../language/say.js';

/** The deliveries in a text; undefined where it is no capture. */
export const readCaptureLines = async (
  text: string,
  name: string,
): Promise<readonly CapturedDelivery[] | undefined> => {
  const { isCapture, parseCaptures } = await loadCapture();
  return isCapture(text) ? parseCaptures(text, name) : undefined;
};

/** Whether a file begins as a capture does; false for one that cannot be read. */
export const isCaptureFile = async (file: string): Promise<boolean> => {
  const { isCapture } = await loadCapture();
  const text = await readFile(file, 'utf8').catch(() => '');
  return isCapture(text);
};

/**
 * The deliveries in files, and in the files of folders, in order of their names.
 *
 * @throws {HookproofError} `invalid_argument` for what cannot be read or is no capture
 */
export const readCaptureFiles = async (
  paths: readonly string[],
): Promise<readonly CapturedDelivery[]> => {
  const deliveries: CapturedDelivery[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        throw unreadable(file, error);
      });
      // A run that took nothing leaves an empty file.
      if (text === '') continue;
      const lines = await readCaptureLines(text, file);
      if (lines === undefined) {
        throw new HookproofError(
          'invalid_argument',
          say`${file} is no capture`,
          say`hookproof capture writes them`,
        );
      }
      deliveries.push(...lines);
    }
  }
  return deliveries;
};

const filesAt = async (path: string): Promise<readonly string[]> => {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => name.endsWith('.ndjson'))
      .toSorted()
      .map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, error);
  }
};

const unreadable = (path: string, error: unknown): HookproofError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
  return new HookproofError(
    'invalid_argument',
    say`cannot read ${path} (${code})`,
    say`check the path`,
  );
};
