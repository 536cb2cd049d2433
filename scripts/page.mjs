// Builds the page of the stand-in into one file that asks for nothing from outside.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('../simulator/server/page/app/', import.meta.url));

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%234b45b2'/%3E%3Cpath d='M4 8.5l3 3 5-7' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E";

// What would end an inline element is written so that it does not.
const inline = (text, tag) => text.trim().replaceAll(`</${tag}`, `<\\/${tag}`);

const page = (script, style) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>hookproof</title>
<link rel="icon" href="${icon}">
<!-- Holds preact and uPlot (MIT). -->
<style>${inline(style, 'style')}</style>
</head>
<body>
<div id="app"></div>
<noscript>This page needs JavaScript; the API under /_hookproof/ does not.</noscript>
<script type="module">${inline(script, 'script')}</script>
</body>
</html>
`;

/** Writes `index.html` into `target`, and tells how many bytes it has. */
export const buildPage = async (target) => {
  const { output } = await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      target: 'es2023',
      cssTarget: 'chrome123',
      cssCodeSplit: false,
      modulePreload: false,
      rollupOptions: { input: `${folder}main.tsx` },
    },
  });
  const scripts = output.filter(({ type }) => type === 'chunk');
  const styles = output.filter(({ fileName }) => fileName.endsWith('.css'));
  if (scripts.length !== 1 || styles.length !== 1 || output.length !== 2) {
    throw new Error(
      `the page is not one script and one style: ${output.map(({ fileName }) => fileName)}`,
    );
  }
  const html = page(scripts[0].code, String(styles[0].source));
  mkdirSync(target, { recursive: true });
  writeFileSync(`${target}/index.html`, html);
  return Buffer.byteLength(html);
};
