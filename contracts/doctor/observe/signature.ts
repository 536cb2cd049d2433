import { randomBytes } from 'node:crypto';
import type { RouteSeen, SignatureSeen } from '../seen.js';
import type { Bench } from './bench.js';

/** Sends a token that is right in all but its key, which nobody has. */
export const observeSignature = async (
  bench: Bench,
  { junk, genuine }: RouteSeen,
): Promise<SignatureSeen> => ({
  genuine: genuine?.status,
  forged: (await bench.forge(randomBytes(32).toString('hex'))).status,
  junk: junk.status,
});
