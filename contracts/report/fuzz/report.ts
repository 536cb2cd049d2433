import type { Counterexample } from '../../schedule/confirm.js';
import type { FuzzResult } from '../../schedule/fuzz.js';
import { say } from '../../../language/say.js';

/** What a report of a fuzz run is made from. */
export interface FuzzReport {
  readonly result: FuzzResult;
  readonly version: string;
  /** The file that plays the schedule again; null where none was kept. */
  readonly replay: string | null;
}

/** A format: a pure function of the report. */
export type RenderFuzz = (report: FuzzReport) => string;

/** A test to paste, for vitest. */
export const testOf = ({ sentence, schedule }: Counterexample): string =>
  [
    "import { expect, test } from 'vitest';",
    "import { playSchedule } from 'hookproof';",
    '',
    `test(${JSON.stringify(sentence.replace(/ → .*/, ''))}, async () => {`,
    `  const schedule = ${JSON.stringify(schedule)};`,
    '  const { violations } = await playSchedule(target, schedule, { key, probe, times: 3 });',
    '  expect(violations).toEqual([]);',
    '});',
  ].join('\n');

/** `200 schedules, seed 7, 3.1 s` */
export const summaryOf = ({ runs, seed, durationMs }: FuzzResult): string =>
  say`${runs} schedules, seed ${seed}, ${(durationMs / 1000).toFixed(1)} s`;

/** `It failed 7 of 10 times when it was played again.` */
export const reproducedOf = ({ reproduced }: Counterexample): string =>
  say`It failed ${reproduced.failed} of ${reproduced.of} times when it was played again.`;
