import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { slug } from '../slug.ts';
import { sidebar } from './sidebar.mts';

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
