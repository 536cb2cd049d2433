/** Scenarios from files. What reads them is loaded when it is used. */
import type { LoadedScenario, ScenarioAbout } from './load.js';

export type { LoadedScenario, ScenarioAbout } from './load.js';

/**
 * Reads a scenario by the name of one that comes along, or by the path of a file.
 *
 * @throws {HookproofError} `invalid_argument` where there is none, `invalid_scenario` where it is no
 *   JSON
 */
export const loadScenario = async (nameOrPath: string): Promise<LoadedScenario> =>
  (await import('./load.js')).loadScenario(nameOrPath);

/** All scenarios that come along. */
export const listScenarios = async (): Promise<readonly ScenarioAbout[]> =>
  (await import('./load.js')).listScenarios();
