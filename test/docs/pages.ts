/** The Markdown of the repository, as its tests see it. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { slug } from '../../site/slug.js';

/** The folder of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Block {
  /** The word after the fence: `sh`, `ts`; empty for output. */
  readonly language: string;
  readonly code: string;
  /** The line of the page on which its code begins, from 1. */
  readonly line: number;
  /** The headings above it, the page's first, the nearest last. */
  readonly headings: readonly string[];
}

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  /** The text with an empty line for each line of code. */
  readonly prose: string;
  readonly blocks: readonly Block[];
  /** What a link can lead to inside the page. */
  readonly anchors: ReadonlySet<string>;
}

const FENCE = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** Headings as anchors; a second one of a name gets `-1`, as code hosts and the site do it. */
const anchorsOf = (prose: string): ReadonlySet<string> => {
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose.matchAll(/^#{1,6} (.+)$/gm)) {
    const first = slug(heading.replaceAll('`', ''));
    let anchor = first;
    for (let turn = 1; anchors.has(anchor); turn += 1) anchor = `${first}-${turn}`;
    anchors.add(anchor);
  }
  return anchors;
};

/** Each heading of a text in order, where it stands, with those above it. */
const headingsIn = (prose: string) => {
  let headings: readonly string[] = [];
  return [...prose.matchAll(/^(#+) (.+)$/gm)].map(({ index, 1: level = '', 2: title = '' }) => {
    headings = [...headings.slice(0, level.length - 1), title];
    return { line: lineAt(prose, index), headings };
  });
};

export const readPage = (path: string): Page => {
  const text = readFileSync(`${root}${path}`, 'utf8');
  const prose = text.replaceAll(FENCE, (code) => code.replaceAll(/[^\n]/g, ''));
  const headings = headingsIn(prose);
  const blocks = [...text.matchAll(FENCE)].map(({ index, 2: language = '', 3: code = '' }) => {
    const line = lineAt(text, index) + 1;
    const above = headings.findLast((heading) => heading.line < line);
    return { language, code, line, headings: above?.headings ?? [] };
  });
  return { path, text, prose, blocks, anchors: anchorsOf(prose) };
};

const inFolder = (folder: string): readonly string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .toSorted();

/** Pages for readers; those of docs/reference are written from data. */
export const pages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...inFolder('docs'),
  ...inFolder('examples'),
].map(readPage);
