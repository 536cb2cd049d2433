import type { LookupFunction } from 'node:net';
import type { Address } from './targets.js';

/** Milliseconds a connection may take to stand; apart from the time an answer may take. */
export const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A resolver that answers only with addresses that were vetted, so that no second DNS answer slips
 * between the check and the connection.
 */
export const pinnedLookup =
  (addresses: readonly Address[]): LookupFunction =>
  (_hostname, options, callback) => {
    if (options.all === true) {
      callback(
        null,
        addresses.map(({ address, family }) => ({ address, family })),
      );
      return;
    }
    const first = addresses[0];
    if (first === undefined) callback(new Error('no address'), '', 4);
    else callback(null, first.address, first.family);
  };
