/** The page as the API serves it: one file, and the hashes that a strict content policy lists. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export interface BuiltPage {
  readonly html: string;
  /** `'sha256-…'` of each inline script, with its quotes, as `script-src` lists them. */
  readonly scriptHashes: readonly string[];
  /** The same of each inline style, for `style-src`. */
  readonly styleHashes: readonly string[];
}

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const contentsOf = (html: string, tag: 'script' | 'style'): readonly string[] =>
  [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(
    ([, content]) => content ?? '',
  );

/** Beside this file where it is built, in the build where it runs from its source. */
const PLACES = ['./index.html', '../../../dist/simulator/server/page/index.html'];

const read = async (places: readonly string[]): Promise<string> => {
  const [place, ...others] = places;
  if (place === undefined) throw new Error('the page is not built: run `npm run build`');
  try {
    return await readFile(new URL(place, import.meta.url), 'utf8');
  } catch {
    return read(others);
  }
};

/** Reads the built page. */
export const loadPage = async (): Promise<BuiltPage> => {
  const html = await read(PLACES);
  return {
    html,
    scriptHashes: contentsOf(html, 'script').map(hashOf),
    styleHashes: contentsOf(html, 'style').map(hashOf),
  };
};
