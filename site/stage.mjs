// Copies the Markdown of the repository to where the site is built from. README.md becomes the front page, the
// README of a folder its page; links lead to pages, and to copies of the files that the pages name.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const LINK = /(?<picture>!?)\[(?<text>[^\]]*)\]\((?<to>[^)\s]+)\)/g;
const CODE = /(^```[\s\S]*?^```$)/m;

/** Pages outside docs/ that the sidebar offers. */
const ALWAYS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

const isFolder = (path) =>
  statSync(join(ROOT, path), { throwIfNoEntry: false })?.isDirectory() === true;

/** Where a file of the repository stands on the site. */
const placeOf = (file) => {
  if (file === 'README.md') return 'index.md';
  return file.startsWith('docs/') ? file.slice('docs/'.length) : file;
};

/** What a link leads to in the repository; a folder is its README. */
const targetOf = (file, path) => {
  const to = posix.join(posix.dirname(file), path).replace(/\/$/, '');
  return existsSync(join(ROOT, to, 'README.md')) ? posix.join(to, 'README.md') : to;
};

/** From one page of the site to another place of it; `./` keeps it from being taken for a package. */
const relative = (from, to) => `./${posix.relative(posix.dirname(from), to)}`;

/** Writes all pages into a folder, and files that they name into its `public`; resolves to the pages. */
export const stage = (folder) => {
  const pages = new Set();

  const write = (place, content) => {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    writeFileSync(join(folder, place), content);
  };

  const turn = (file, found) => {
    const [whole, { picture, text, to }] = [found[0], found.at(-1)];
    if (/^(?:[a-z]+:|#)/.test(to)) return whole;
    const [path, anchor] = to.split('#');
    const target = targetOf(file, path);
    const here = placeOf(file);
    if (target.endsWith('.md')) {
      add(target);
      const hash = anchor === undefined ? '' : `#${anchor}`;
      return `[${text}](${relative(here, placeOf(target))}${hash})`;
    }
    if (picture !== '') return `![${text}](${relative(here, placeOf(target))})`;
    if (isFolder(target)) return text;
    const copy = `files/${target}.txt`;
    write(`public/${copy}`, readFileSync(join(ROOT, target)));
    return `<a href="${relative(here, copy)}" target="_self">${text}</a>`;
  };

  const add = (file) => {
    if (pages.has(file)) return;
    pages.add(file);
    const parts = readFileSync(join(ROOT, file), 'utf8').split(CODE);
    const turned = parts.map((part) =>
      part.startsWith('```') ? part : part.replaceAll(LINK, (...found) => turn(file, found)),
    );
    write(placeOf(file), turned.join(''));
  };

  for (const name of readdirSync(join(ROOT, 'docs'), { recursive: true })) {
    const file = posix.join('docs', name.replaceAll('\\', '/'));
    if (file.endsWith('.md')) add(file);
    else if (!isFolder(file)) cpSync(join(ROOT, file), join(folder, placeOf(file)));
  }
  for (const file of ALWAYS) add(file);
  return [...pages];
};
