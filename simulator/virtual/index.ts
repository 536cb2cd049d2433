/**
 * Deliveries in virtual time. What plays them is loaded when it is used, so that nothing else pays
 * for it.
 */
import type { Readings, ReadingsOptions } from './readings.js';
import type { SimulationResult } from './result.js';
import type { ScenarioLike, SimulateOptions } from './simulate.js';

export { scenario } from './builder.js';
export type { ScenarioBuilder } from './builder.js';
export type { PolicyChoice } from './compile.js';
export type { LedgerAttempt, LedgerIncident, LedgerRow } from './ledger.js';
export type { DisabledTimes, ReadingField, Readings, ReadingsOptions } from './readings.js';
export type {
  PageAssets,
  PlotOptions,
  PlotPart,
  TimelineOptions,
  TimelineRecorder,
} from './picture/index.js';
export type { DisabledAt, HookResult, ReceiverResult, SimulationResult, Totals } from './result.js';
export type { RowSink } from './rows.js';
export type {
  Behaviour,
  Scenario,
  ScenarioAction,
  ScenarioHook,
  ScenarioTraffic,
} from './scenario.js';
export type { RowNames, ScenarioLike, SimulateOptions, SimulationProgress } from './simulate.js';
export { formatTime, parseTime, timePattern } from './units.js';

/**
 * Plays a scenario in virtual time: when the rule disables which hook, what is lost, what comes
 * twice. It never waits, and the same scenario and options give the same result.
 *
 * @throws {HookproofError} `invalid_scenario`, `invalid_argument`, `endless_scenario`
 */
export const simulate = async (
  scenario: ScenarioLike,
  options?: SimulateOptions,
): Promise<SimulationResult> => (await import('./simulate.js')).simulate(scenario, options);

/** Plays a scenario under all combinations of the open choices that can make a difference. */
export const compareReadings = async (
  scenario: ScenarioLike,
  options?: ReadingsOptions,
): Promise<Readings> => (await import('./readings.js')).compareReadings(scenario, options);

/** What turns the rows of a simulation into a ledger: for `listen` of `simulate`. */
export const loadLedger = async () => import('./ledger.js');

/** What draws pictures of a simulation: its recorder is for `listen` of `simulate`. */
export const loadPictures = async () => import('./picture/index.js');
