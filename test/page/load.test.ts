/** The built page stands in one file, and its content policy lets exactly that run. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { contentSecurityPolicyOf } from '../../simulator/server/api/http/headers.js';
import { loadPage } from '../../simulator/server/page/load.js';

const html = await loadPage();

const hashesOf = (element: 'script' | 'style'): readonly string[] =>
  [...html.matchAll(new RegExp(`<${element}[^>]*>([\\s\\S]*?)</${element}>`, 'g'))].map(
    ([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  );

describe('the built page', () => {
  test('is small', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(200_000);
  });

  test('has one script and one style, and the policy lists their hashes', () => {
    const policy = contentSecurityPolicyOf(html);
    expect([hashesOf('script'), hashesOf('style')].map(({ length }) => length)).toEqual([1, 1]);
    expect(policy).toContain(`script-src ${hashesOf('script').join(' ')};`);
    expect(policy).toContain(`style-src ${hashesOf('style').join(' ')};`);
  });

  test('names nothing that would be fetched', () => {
    const [head = ''] = html.split('<style>');
    expect(head.match(/(?:src|href)="(?!data:)/g)).toBeNull();
    expect(html).not.toMatch(/@import|url\((?!["']?data:)/);
    expect(html).not.toMatch(/<(?:img|link|script)[^>]+(?:src|href)="https?:/);
  });
});
