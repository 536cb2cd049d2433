import { findProduct } from './products.js';

const BEGINNINGS = ['created', 'started'];
/** The first that a product has is how its resources usually end (INF). */
const ENDS = ['finished', 'succeeded', 'approved', 'expired', 'changed', 'detected'];

/**
 * The actions that a product's resource usually goes through, in order: a check is created,
 * started and finished. The orders are INF: no document shows a life as a whole.
 *
 * @throws {HookproofError} `unknown_event` when there is no such product.
 */
export const usualCourse = (slug: string): readonly string[] => {
  const { actions } = findProduct(slug);
  const end = ENDS.find((action) => actions.includes(action));
  return [
    ...BEGINNINGS.filter((action) => actions.includes(action)),
    ...(end === undefined ? [] : [end]),
  ];
};
