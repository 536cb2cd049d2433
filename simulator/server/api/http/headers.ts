/** What each answer tells browsers to keep to. */
import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export const secureHeaders = (): MiddlewareHandler => async (context, next) => {
  await next();
  const { headers } = context.res;
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'no-referrer');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set('X-Frame-Options', 'DENY');
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', NOTHING);
};

/** Lets a page run the scripts and styles that stand in it, and no other. */
export const contentSecurityPolicyOf = (html: string): string =>
  [
    "default-src 'none'",
    `script-src ${hashesOf(html, 'script')}`,
    `style-src ${hashesOf(html, 'style')}`,
    "connect-src 'self'",
    'img-src data:',
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const hashesOf = (html: string, element: 'script' | 'style'): string => {
  const found = html.matchAll(
    new RegExp(`<${element}(?:\\s[^>]*)?>([\\s\\S]*?)</${element}>`, 'gi'),
  );
  const hashes = [...found].map(([, content = '']) => `'sha256-${sha256Of(content)}'`);
  return hashes.length === 0 ? "'none'" : [...new Set(hashes)].join(' ');
};

// Browsers hash what they have parsed, where line ends are one character.
const sha256Of = (content: string): string =>
  createHash('sha256').update(content.replaceAll(/\r\n?/g, '\n')).digest('base64');
