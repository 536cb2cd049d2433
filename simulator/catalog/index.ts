/** What can be sent: products, their events and the invented people in them. Loads no zod. */
export {
  createEvent,
  createResource,
  resourceIdFieldOf,
  resourceIdOf,
  type TruoraEvent,
} from './event.js';
export { createIdentifier, syntheticClientId, type IdPrefix } from './identifiers.js';
export { usualCourse } from './lifecycle.js';
export { overrideClaims, overrideEvent } from './overrides.js';
export { findPair, pairs, type EventPair } from './pairs.js';
export { createPerson, type IdentityDocument, type Person } from './people.js';
export type { Product, Resource, Source } from './product.js';
export { findProduct, products } from './products.js';
