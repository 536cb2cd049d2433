import { visible } from '../../contracts/report/console/page.js';
import { HookproofError, loadCapture } from '../../simulator/index.js';
import type { Drift } from '../../simulator/index.js';
import { readCaptureFiles } from '../captures.js';
import { exitCodes } from '../exit-codes.js';
import { alignColumns } from '../simulation/table.js';
import { plural, say } from '../../language/say.js';

/** The options as commander hands them over. */
export interface DriftFlags {
  readonly json: boolean;
}

/** Runs `hookproof drift` and tells its exit code. */
export const runDrift = async (paths: readonly string[], { json }: DriftFlags): Promise<number> => {
  const deliveries = await readCaptureFiles(paths);
  if (deliveries.length === 0) {
    throw new HookproofError(
      'invalid_argument',
      say`nothing was captured`,
      say`capture something first`,
    );
  }
  const { findDrift } = await loadCapture();
  const drift = findDrift(deliveries);
  process.stdout.write(
    json
      ? `${JSON.stringify({ schemaVersion: 1, deliveries: deliveries.length, drift }, null, 2)}\n`
      : describe(drift, deliveries.length),
  );
  return drift.length === 0 ? exitCodes.passed : exitCodes.broken;
};

const HEADINGS = ['EVENT', 'KIND', 'WHERE', 'WHAT', 'TIMES', 'FOR EXAMPLE'];
const TIMES_COLUMN = 4;

const describe = (drift: readonly Drift[], deliveries: number): string => {
  const among =
    deliveries === 1 ? say`1 captured delivery` : say`${deliveries} captured deliveries`;
  if (drift.length === 0) return say`The catalogue models all of ${among}.\n`;
  const rows = drift.map(({ event, kind, where, what, times, firstEventId, firstAt }) => [
    event ?? '-',
    kind,
    where,
    what,
    String(times),
    firstEventId ?? firstAt,
  ]);
  const table = alignColumns([HEADINGS, ...rows.map((row) => row.map(visible))], [TIMES_COLUMN]);
  return `${table.join('\n')}\n\n${say`${plural(drift.length, 'difference')} in ${among}.`}\n`;
};
