import type { PageAssets } from '../../simulator/index.js';
import type { LoadResult } from './record.js';
export const renderPage = (result: LoadResult, assets: PageAssets): string =>
  JSON.stringify(result) + assets.chartStyle;
