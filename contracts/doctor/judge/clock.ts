import type { Finding } from '../finding.js';
import type { ClockSeen, Known } from '../seen.js';
import { span } from './words.js';
import { say } from '../../../language/say.js';

/** Leeway that verifiers commonly grant to iat. */
const LEEWAY_MS = 60_000;
const NOTABLE_MS = 5000;

/** How far off the clock is at the least; 0 where it may be right. */
const skewOf = ({ leastMs, mostMs }: ClockSeen): number => {
  if (leastMs > 0) return leastMs;
  return mostMs < 0 ? mostMs : 0;
};

const wordsOf = (skewMs: number): string =>
  `${span(skewMs)} ${skewMs > 0 ? say`ahead of` : say`behind`}`;

export const judgeClock = (seen: ClockSeen, { body }: Known): readonly Finding[] => {
  const skewMs = skewOf(seen);
  // Named already, as the cause of refusals.
  if (Math.abs(skewMs) < NOTABLE_MS || body?.takenAgedSeconds !== undefined) return [];
  const far = Math.abs(skewMs) >= LEEWAY_MS;
  return [
    {
      id: 'clock/off',
      severity: far ? 'warns' : 'note',
      title: say`the receiver’s clock is ${wordsOf(skewMs)} this machine’s`,
      seen: say`its Date header, in ${seen.samples} answers, the time on the way taken off`,
      why:
        skewMs < 0
          ? say`a receiver whose clock is behind takes iat for the future: a check without that much leeway refuses every fresh token`
          : say`a receiver whose clock is ahead takes fresh tokens for old: a check of their age refuses them`,
      mend: say`compare both clocks with a third (date -u; timedatectl), and set the wrong one; restart containers and virtual machines that slept`,
    },
  ];
};

export const describeClock = (seen: ClockSeen): string => {
  const skewMs = skewOf(seen);
  return skewMs === 0
    ? say`right, within ${span(Math.max(1000, seen.mostMs - seen.leastMs))}`
    : say`${wordsOf(skewMs)} this machine’s`;
};
