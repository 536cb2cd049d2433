// Looks at the built site: every link and anchor inside it leads somewhere, and nothing is loaded from elsewhere.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

const LINK = /<a\b[^>]*\shref="([^"]+)"/g;
const ASSET = /<(?:script|img|link|iframe|source)\b[^>]*\s(?:src|href)="([^"]+)"/g;

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(folder, path)).isFile());

const decode = (text) => decodeURIComponent(text.replaceAll('&amp;', '&'));

/** What is wrong with a built site that will stand under `base`, one line each. */
export const problemsOf = (folder, base) => {
  const files = new Set(filesIn(folder));
  const pages = [...files].filter((path) => path.endsWith('.html'));
  const html = new Map(pages.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
  const ids = new Map(
    pages.map((path) => [
      path,
      new Set([...html.get(path).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => decode(id))),
    ]),
  );
  const problems = [];
  for (const page of pages) {
    const assets = [...html.get(page).matchAll(ASSET)].map(([, to]) => to);
    for (const to of assets.filter((one) => /^(?:https?:)?\/\//.test(one))) {
      problems.push(`${page} loads ${to}`);
    }
    const inside = [...html.get(page).matchAll(LINK)].map(([, to]) => to);
    for (const to of [...assets, ...inside].filter((one) => !/^(?:[a-z]+:|\/\/)/.test(one))) {
      const [path = '', anchor = ''] = decode(to).split('#');
      const from = path.startsWith(base)
        ? path.slice(base.length)
        : posix.join(posix.dirname(page), path);
      const target =
        path === '' ? page : from === '' || from.endsWith('/') ? `${from}index.html` : from;
      if (!files.has(posix.normalize(target))) {
        problems.push(`${page} links to ${to}, which is not there`);
      } else if (anchor !== '' && ids.get(target)?.has(anchor) === false) {
        problems.push(`${page} links to ${to}, where no such heading is`);
      }
    }
  }
  return { pages: pages.length, problems: [...new Set(problems)] };
};
