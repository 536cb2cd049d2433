/** Deliveries by the million, each unique and freshly signed. */
export { createClaimed } from './claimed.js';
export type { LoadFigures, Latencies } from './books.js';
export type { LoadEnd, LoadFailure } from './outcomes.js';
export { startLoad } from './run.js';
export type { LoadOptions, LoadRun } from './run.js';
export type { SampledDelivery } from './sample.js';
export type { LoadSpan } from './series.js';
export { createTemplate } from './template.js';
export type { Template } from './token.js';
