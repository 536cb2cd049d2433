/** Pictures of a simulation: gathered while it is played, and drawn from what was gathered. */
export { renderHtml } from './html.js';
export type { PageAssets } from './html.js';
export { renderPlot } from './plot.js';
export type { PlotOptions, PlotPart } from './plot.js';
export { renderSvg } from './svg.js';
export { createTimeline } from './timeline.js';
export type { TimelineOptions, TimelineRecorder } from './timeline.js';
