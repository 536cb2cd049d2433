import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { slug } from '../slug.ts';
import { sidebar } from './sidebar.mjs';

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0f827b"/><path d="M4 8.5l3 3 5-7" fill="none" stroke="#fff" stroke-width="2"/></svg>';

export default defineConfig({
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: fileURLToPath(new URL('../node_modules/.vitepress', import.meta.url)),
  title: 'hookproof',
  description: 'Delivery simulator and contract tests for receivers of Truora’s webhooks',
  lang: 'en',
  cleanUrls: false,
  ignoreDeadLinks: false,
  metaChunk: true,
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  markdown: {
    anchor: { slugify: slug },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    // Braces of code are no templates.
    config: (markdown) => {
      const render = markdown.renderer.rules.code_inline;
      markdown.renderer.rules.code_inline = (tokens, index, options, env, self) =>
        (render?.(tokens, index, options, env, self) ?? '').replace('<code', '<code v-pre');
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    sidebar,
    nav: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Cases', link: '/reference/cases' },
      { text: 'API', link: '/api/' },
    ],
    outline: { level: [2, 3] },
  },
});
