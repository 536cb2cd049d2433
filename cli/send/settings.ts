import { HookproofError, overrideClaims, typedByPlace } from '../../simulator/index.js';
import type { DeliveryClaims } from '../../simulator/index.js';
import type { Setting } from '../parse.js';

const set = (claims: DeliveryClaims, { path, value, isText }: Setting): DeliveryClaims =>
  overrideClaims(claims, { [path]: value }, isText ? typedByPlace : undefined);

/** A copy with the values put in; a place that these claims have not is passed over. */
export const applySettings = (
  claims: DeliveryClaims,
  settings: readonly Setting[],
): DeliveryClaims =>
  settings.reduce((changed, setting) => tryToSet(changed, setting) ?? changed, claims);

const tryToSet = (claims: DeliveryClaims, setting: Setting): DeliveryClaims | undefined => {
  try {
    return set(claims, setting);
  } catch (error) {
    if (error instanceof HookproofError && error.code === 'unknown_path') return undefined;
    throw error;
  }
};

/**
 * Events of a life differ in what they hold: a value has to have its place in one delivery at
 * least.
 *
 * @throws {HookproofError} `unknown_path` for one that has none
 */
export const requirePlaces = (
  all: readonly DeliveryClaims[],
  settings: readonly Setting[],
): void => {
  let deliveries = all;
  for (const setting of settings) {
    const changed = deliveries.map((claims) => tryToSet(claims, setting));
    const [first] = deliveries;
    if (first !== undefined && changed.every((one) => one === undefined)) set(first, setting);
    deliveries = deliveries.map((claims, index) => changed[index] ?? claims);
  }
};
