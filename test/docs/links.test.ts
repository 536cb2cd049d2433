/** Links and anchors of the documents, without a network. The site's build looks at its pages itself. */
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pages, readPage, root } from './pages.js';
import type { Page } from './pages.js';

const LINK = /\[(?:[^\]`]|`[^`]*`)*\]\(([^)\s]+)\)/g;

interface Link {
  readonly page: Page;
  readonly to: string;
}

/** A picture may stand in a link: both are found. Code between backticks is no link. */
const linksOf = (page: Page): readonly Link[] =>
  [...page.prose.matchAll(LINK)].map(([, to = '']) => ({ page, to }));

const links = pages.flatMap(linksOf);
const isOutside = ({ to }: Link): boolean => /^[a-z]+:/.test(to);

/** What is wrong with a link inside the repository; undefined where it leads somewhere. */
const wrong = ({ page, to }: Link): string | undefined => {
  const [path = '', anchor] = to.split('#');
  const target = path === '' ? page.path : posix.join(posix.dirname(page.path), path);
  const said = `${page.path}: ${to}`;
  if (target.startsWith('..')) return `${said} leaves the repository`;
  if (!existsSync(`${root}${target}`)) return `${said} is not there`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  const anchors = pages.find((one) => one.path === target)?.anchors ?? readPage(target).anchors;
  return anchors.has(anchor) ? undefined : `${said} has no such heading`;
};

describe('links', () => {
  test('inside the repository lead to a file, and to a heading of it', () => {
    expect(links.length).toBeGreaterThan(300);
    expect(links.filter((link) => !isOutside(link)).flatMap((link) => wrong(link) ?? [])).toEqual(
      [],
    );
  });

  test('that lead outside are whole, and by HTTPS', () => {
    const outside = links.filter(isOutside);
    expect(outside.length).toBeGreaterThan(10);
    for (const { page, to } of outside) {
      expect({ page: page.path, to, protocol: new URL(to).protocol }).toMatchObject({
        protocol: 'https:',
      });
    }
  });

  test('find what is wrong', () => {
    const page = readPage('docs/verify.md');
    expect(wrong({ page, to: 'nothing.md' })).toContain('is not there');
    expect(wrong({ page, to: 'contract.md#nothing' })).toContain('no such heading');
    expect(wrong({ page, to: '../../elsewhere.md' })).toContain('leaves the repository');
    expect(wrong({ page, to: '#reports' })).toBe(undefined);
  });
});

describe('the sidebar of the site', () => {
  const sidebar = readFileSync(`${root}site/.vitepress/sidebar.mjs`, 'utf8');
  const named = new Set([...sidebar.matchAll(/'\/([\w-]+)'/g)].map(([, name]) => name));
  const present = pages
    .map(({ path }) => /^docs\/([\w-]+)\.md$/.exec(path)?.[1])
    .filter((name) => name !== undefined);

  test('has every page of docs', () => {
    expect(present.filter((name) => !named.has(name))).toEqual([]);
  });
});
