import type { Finding } from '../finding.js';
import type { Known, LimitSeen } from '../seen.js';
import { liftLimit } from './snippets.js';
import { size } from './words.js';
import { say } from '../../../language/say.js';

/** The largest sample object that is documented has 21 kB, abbreviated (REF); base64 adds a third. */
const SAMPLE_BYTES = 32 * 1024;
/** A finished check can exceed 100 kB (INF). */
const AMPLE_BYTES = 256 * 1024;

export const judgeLimit = (seen: LimitSeen, { route, target }: Known): readonly Finding[] => {
  const { takenBytes, refusedBytes, refusal } = seen;
  if (refusedBytes === undefined || takenBytes >= AMPLE_BYTES) return [];
  const isOneMore = refusedBytes - takenBytes === 1;
  const code = route === undefined ? undefined : liftLimit(route.junk, target.path);
  return [
    {
      id: 'limit/body-too-small',
      severity: takenBytes < SAMPLE_BYTES ? 'blocks' : 'warns',
      title: say`bodies over ${size(takenBytes)} are refused`,
      seen: say`${refusal} at ${size(isOneMore ? takenBytes : refusedBytes)}${isOneMore ? say` and one byte` : ''}, as a small one is answered up to ${size(takenBytes)}`,
      why: say`a finished check with its details can exceed 100 kB (INF), and a batch more: that delivery fails on each of its six attempts and is lost`,
      mend: say`let this route take 1 MiB${takenBytes === 100 * 1024 ? say`; 100 KiB is what Express’s parsers take by default` : ''}`,
      ...(code === undefined ? {} : { code }),
    },
  ];
};

export const describeLimit = ({ takenBytes, refusedBytes }: LimitSeen): string =>
  refusedBytes === undefined
    ? say`bodies of ${size(takenBytes)} are taken`
    : say`bodies of ${size(takenBytes)} are taken, of ${refusedBytes} B refused`;
