// Copies the Markdown of the repository to where the site is built from. README.md becomes the front page;
// links are turned so that they lead to pages, and to copies of the files that the pages name.
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
const LINK = /(!?\[[^\]]*\]\()([^)\s]+)(\))/g;

/** Files that no link leads to, but the sidebar. */
const ALWAYS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

const isFolder = (path) =>
  statSync(join(ROOT, path), { throwIfNoEntry: false })?.isDirectory() === true;

/** Where a page of the repository stands on the site. */
const pageOf = (file) =>
  file === 'README.md' ? 'index.md' : file.startsWith('docs/') ? file.slice('docs/'.length) : file;

/** What a link leads to in the repository: a folder is its README. */
const targetOf = (from, path) => {
  const to = posix.normalize(posix.join(posix.dirname(from), path)).replace(/\/$/, '');
  return isFolder(to) && existsSync(join(ROOT, to, 'README.md')) ? posix.join(to, 'README.md') : to;
};

/** Text of a code block is no link. */
const outsideCode = (text, change) =>
  text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part) => (part.startsWith('```') ? part : change(part)))
    .join('');

/** Writes all pages to `pages`, and files that they name to `pages/public/files`; tells how many pages. */
export const stage = (pages) => {
  const staged = new Set();
  const write = (path, text) => {
    mkdirSync(dirname(join(pages, path)), { recursive: true });
    writeFileSync(join(pages, path), text);
  };
  const copy = (file) => {
    const to = `files/${file}.txt`;
    write(`public/${to}`, readFileSync(join(ROOT, file)));
    return to;
  };
  const add = (file) => {
    if (staged.has(file)) return;
    staged.add(file);
    const turn = (whole, open, link, close) => {
      if (/^(?:[a-z]+:|#)/.test(link)) return whole;
      const [path, anchor] = link.split('#');
      const target = targetOf(file, path);
      if (file.startsWith('docs/') && /^docs\/.*\.svg$/.test(target)) return whole;
      if (isFolder(target)) return `${open.slice(1, -2)}`;
      const here = posix.dirname(pageOf(file));
      if (!target.endsWith('.md')) {
        if (target.startsWith('docs/'))
          return `${open}${posix.relative(here, pageOf(target))}${close}`;
        return `<a href="${posix.relative(here, copy(target))}" target="_self">${open.slice(1, -2)}</a>`;
      }
      add(target);
      const to = posix.relative(here, pageOf(target));
      return `${open}${to.startsWith('.') ? to : `./${to}`}${anchor === undefined ? '' : `#${anchor}`}${close}`;
    };
    const text = readFileSync(join(ROOT, file), 'utf8');
    write(
      pageOf(file),
      outsideCode(text, (part) => part.replaceAll(LINK, turn)),
    );
  };
  const walk = (folder) => {
    for (const name of readdirSync(join(ROOT, folder)).toSorted()) {
      const path = posix.join(folder, name);
      if (isFolder(path)) walk(path);
      else if (name.endsWith('.md')) add(path);
      else cpSync(join(ROOT, path), join(pages, pageOf(path)));
    }
  };
  mkdirSync(pages, { recursive: true });
  for (const folder of ['pictures']) mkdirSync(join(pages, folder), { recursive: true });
  for (const file of ALWAYS) add(file);
  walk('docs');
  return [...staged].map((file) => pageOf(file));
};
