/** What is read from the package uplot, to stand inside the page. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export interface Assets {
  readonly chartScript: string;
  readonly chartStyle: string;
}

const require = createRequire(import.meta.url);

/**
 * Reads uplot's shipped script and style.
 *
 * @throws what reading a file throws, where the package is not installed
 */
export const loadAssets = async (): Promise<Assets> => {
  const [chartScript, chartStyle] = await Promise.all([
    readFile(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8'),
    readFile(require.resolve('uplot/dist/uPlot.min.css'), 'utf8'),
  ]);
  return { chartScript, chartStyle };
};
