/**
 * What a picture of a run needs, gathered while it is played, in bounded memory.
 *
 * ```ts
 * const timeline = createTimeline();
 * const result = await simulate(scenario, { listen: timeline.listen });
 * const svg = renderSvg(timeline.timeline(result), result);
 * ```
 */
import { attemptRow, incidentRow } from '../ledger.js';
import type { SimulationResult } from '../result.js';
import type { RowSink } from '../rows.js';
import type { RowNames } from '../simulate.js';
import { createGrid } from './grid.js';
import { type HookRecord, createHookRecord } from './hook-record.js';
import type { Timeline } from './model.js';

/** How much a timeline keeps. */
export interface TimelineOptions {
  /** Buckets of a hook at the most. Default 1200. */
  readonly bucketsMax?: number | undefined;
  /** Rows that are kept of all hooks together, and as many again near disablings. Default 5000. */
  readonly rowsMax?: number | undefined;
  /** Hooks that are shown, the first accounts' first. Default 12. */
  readonly hooksMax?: number | undefined;
  /** Polls that are kept of each hook, and spans: more become fewer and longer. Default 1000. */
  readonly marksMax?: number | undefined;
}

/** Gathers what a timeline shows, while a scenario is played. */
export interface TimelineRecorder {
  /** For `listen` of `simulate`. */
  readonly listen: (names: RowNames) => RowSink;
  /** What was gathered, once the run is over. */
  readonly timeline: (result: SimulationResult) => Timeline;
}

/** Gathers the timeline of one run. */
export const createTimeline = (options: TimelineOptions = {}): TimelineRecorder => {
  const { bucketsMax = 1200, rowsMax = 5000, hooksMax = 12, marksMax = 1000 } = options;
  const grid = createGrid(bucketsMax);
  const records: HookRecord[] = [];

  const recordsOf = (names: RowNames): readonly HookRecord[] => {
    const hooks = Math.min(hooksMax, names.hooks.length * names.accounts);
    const bounds = { rowsMax: Math.floor(rowsMax / hooks), marksMax };
    const naming = {
      nameAttempt: (row: Parameters<RowSink['attempt']>[0]) => attemptRow(row, names),
      nameIncident: (incident: Parameters<RowSink['incident']>[0]) => incidentRow(incident, names),
    };
    const free = hooksMax - records.length;
    return names.hooks.slice(0, free).map((hook, index) => {
      const slot = records.length + index;
      return createHookRecord({ hook, names, bounds, naming, at: (atMs) => grid.at(slot, atMs) });
    });
  };

  return {
    listen: (names) => {
      const mine = recordsOf(names);
      records.push(...mine);
      return {
        attempt: (row) => mine[row.hook]?.attempt(row),
        incident: (incident) => {
          if (incident.kind === 'polled') for (const record of mine) record.incident(incident);
          else mine[incident.hook]?.incident(incident);
        },
      };
    },
    timeline: (result) => ({
      fromMs: result.fromMs,
      untilMs: result.untilMs,
      bucketMs: grid.widthMs(),
      hooks: records.map((record, slot) =>
        record.timeline((outcomes) => grid.bucketsOf(slot, outcomes), result.untilMs),
      ),
      hooksLeftOut: Math.max(0, result.hooks.length - records.length),
    }),
  };
};
