/**
 * Arbitraries for fast-check: events, deliveries, forgeries and schedules.
 *
 * @module hookproof/fast-check
 */
export { batch, delivery } from './deliveries.js';
export type { Delivery, SigningOptions } from './deliveries.js';
export { event, eventOf, lifecycle } from './events.js';
export { forgedToken } from './forgeries.js';
export type { Forgery } from './forgeries.js';
export { schedule } from './schedule.js';
export { fromSchema } from './zod.js';
export { twins } from './twins.js';
export type { Twins } from './twins.js';
