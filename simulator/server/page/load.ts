/** The page as the API serves it: one file, which a content policy may hold to its own hashes. */
import { readFile } from 'node:fs/promises';

/** Beside this file where it is built, in the build where it runs from its source. */
const PLACES = ['./index.html', '../../../dist/simulator/server/page/index.html'];

const read = async ([place, ...others]: readonly string[]): Promise<string> => {
  if (place === undefined) throw new Error('the page is not built: run `npm run build`');
  try {
    return await readFile(new URL(place, import.meta.url), 'utf8');
  } catch {
    return read(others);
  }
};

/** The built page's HTML: one script, one style, and nothing from outside. */
export const loadPage = async (): Promise<string> => read(PLACES);
