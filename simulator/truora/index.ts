/** How Truora's API words its answers: one implementation for whoever stands in for it. Pure. */
export { notFound, truoraError, unauthorized } from './errors.js';
export type { TruoraError } from './errors.js';
export { eventKeyOf, eventRow, eventsPerPage } from './events.js';
export type { EventProgress, EventRow } from './events.js';
export { hookDocument } from './hooks.js';
export { pageLinks } from './pages.js';
export type { PageLinks } from './pages.js';
export { readTruoraPath } from './paths.js';
export type { TruoraPath } from './paths.js';
export { resourceCollections, resourceDocument } from './resources.js';
