import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PageAssets } from '../../simulator/index.js';

const require = createRequire(import.meta.url);

/** What a page holds of uplot, so that it asks for nothing from anywhere. */
export const loadPageAssets = async (): Promise<PageAssets> => {
  const [chartScript, chartStyle] = await Promise.all([
    readFile(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8'),
    readFile(require.resolve('uplot/dist/uPlot.min.css'), 'utf8'),
  ]);
  return { chartScript, chartStyle };
};
