import type { Random } from '../core/random.js';

/**
 * What an identifier names. All prefixes are REF, except `SIG` (a signal), which is INF: no
 * document shows a signal's id.
 */
export type IdPrefix =
  | 'ACC' // account
  | 'CCK' // continuous check
  | 'CHK' // check
  | 'HIK' // event key, in the Events API
  | 'HKE' // event, in a delivery
  | 'HOK' // hook
  | 'IDP' // identity process
  | 'IPF' // flow
  | 'OTB' // WhatsApp outbound message
  | 'SIG' // signal
  | 'TCI' // client
  | 'VLD' // validation
  | 'WDI'; // WhatsApp session

/** Events have 40 hexadecimal characters after the prefix, everything else 32 (REF). */
const hexLengthOf = (prefix: IdPrefix): number => (prefix === 'HKE' || prefix === 'HIK' ? 40 : 32);

/** Draws an identifier: the prefix and lower-case hexadecimal characters, as in `CHK3f0c…`. */
export const createIdentifier = (prefix: IdPrefix, random: Random): string =>
  prefix + random.hex(hexLengthOf(prefix));

/** Matches exactly the identifiers that `createIdentifier` draws for a prefix. */
export const identifierPattern = (prefix: IdPrefix): RegExp =>
  new RegExp(`^${prefix}[0-9a-f]{${hexLengthOf(prefix)}}$`);

/** The one client that owns everything the catalogue makes: an obviously invented account. */
export const syntheticClientId = `TCI${'0123456789abcdef'.repeat(2)}`;
