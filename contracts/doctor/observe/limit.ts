import type { LimitSeen, Reply } from '../seen.js';
import type { Bench } from './bench.js';
import { NONSENSE } from './bench.js';
import { say } from '../../../language/say.js';

const LARGEST_BYTES = 1024 * 1024;
const SMALLEST_BYTES = 1024;
/** The answer need not be more exact than five per cent: eight requests. */
const PRECISION = 1.05;
/** What Express’s parsers take when nobody says otherwise; asked for by name, as it is so common. */
const USUAL_BYTES = 100 * 1024;

const nonsenseOf = (bytes: number): string => NONSENSE.padEnd(bytes, '.');

/** Finds the largest body that is answered as a small one is, up to 1 MiB. */
export const observeLimit = async (bench: Bench, small: Reply): Promise<LimitSeen> => {
  let refusal = '';
  const isTaken = async (bytes: number): Promise<boolean> => {
    const { status, failure } = await bench.post({ body: nonsenseOf(bytes) });
    const taken = status !== undefined && status !== 413 && status === small.status;
    if (!taken) {
      refusal = status === undefined ? say`no answer (${failure ?? ''})` : say`status ${status}`;
    }
    return taken;
  };
  const seen = (takenBytes: number, refusedBytes: number | undefined): LimitSeen => ({
    takenBytes,
    refusedBytes,
    refusal,
  });
  if (await isTaken(LARGEST_BYTES)) return seen(LARGEST_BYTES, undefined);
  let [taken, refused] = [SMALLEST_BYTES, LARGEST_BYTES];
  if (await isTaken(USUAL_BYTES)) {
    taken = USUAL_BYTES;
    if (!(await isTaken(USUAL_BYTES + 1))) return seen(USUAL_BYTES, USUAL_BYTES + 1);
  } else {
    refused = USUAL_BYTES;
  }
  while (refused / taken > PRECISION) {
    const middle = Math.round(Math.sqrt(taken * refused));
    if (await isTaken(middle)) taken = middle;
    else refused = middle;
  }
  return seen(taken, refused);
};
