import type { ClockSeen } from '../seen.js';
import type { DateSample } from './bench.js';

const SECOND_MS = 1000;

/**
 * How far the receiver's clock is ahead, from all answers together. A `Date` header names a whole
 * second (RFC 9110 §5.6.7), and was written at some instant between sending and hearing.
 */
export const observeClock = (samples: readonly DateSample[]): ClockSeen | undefined => {
  if (samples.length === 0) return undefined;
  const least = Math.max(...samples.map(({ dateMs, heardMs }) => dateMs - heardMs));
  const most = Math.min(...samples.map(({ dateMs, sentMs }) => dateMs + SECOND_MS - sentMs));
  // Servers keep the header for up to a second, so that the bounds may cross.
  return { samples: samples.length, leastMs: Math.min(least, most), mostMs: Math.max(least, most) };
};
