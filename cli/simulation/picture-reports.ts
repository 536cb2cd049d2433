/** Reports to look at, each a file. */
import { loadPictures } from '../../simulator/index.js';
import { putReport } from '../report-files.js';
import type { OpenReport } from './report.js';

export const openSvgReport: OpenReport = async (file) => {
  const { createTimeline, renderSvg } = await loadPictures();
  const { listen, timeline } = createTimeline();
  return { listen, finish: async (result) => putReport(file, renderSvg(timeline(result), result)) };
};

export const openHtmlReport: OpenReport = async (file) => {
  const { createTimeline, renderHtml } = await loadPictures();
  const { loadPageAssets } = await import('./page-assets.js');
  const assets = await loadPageAssets();
  const { listen, timeline } = createTimeline();
  return {
    listen,
    finish: async (result) => putReport(file, renderHtml(timeline(result), result, assets)),
  };
};
