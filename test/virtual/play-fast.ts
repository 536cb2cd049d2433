/** Plays a scenario by the engine, and makes the plans that others play to compare with it. */
import { choosePolicy, createPlan } from '../../simulator/virtual/compile.js';
import { type LedgerRow, listenByName } from '../../simulator/virtual/ledger.js';
import type { Plan } from '../../simulator/virtual/plan.js';
import { readScenario } from '../../simulator/virtual/read-scenario.js';
import type { Scenario } from '../../simulator/virtual/scenario.js';
import { type SimulateOptions, simulate } from '../../simulator/virtual/simulate.js';
import type { Played } from './books.js';

/** The rows and counts of the engine. */
export const playFast = async (
  scenario: Scenario,
  options: SimulateOptions = {},
): Promise<Played> => {
  const rows: LedgerRow[] = [];
  const listen = listenByName((row) => rows.push(row));
  const { hooks, receivers } = await simulate(scenario, { ...options, listen });
  return { rows, hooks, receivers };
};

/** The plan of the first account. Each play needs one of its own, because receivers hold state. */
export const planOf = async (scenario: Scenario): Promise<Plan> => {
  const read = await readScenario(scenario);
  const untilMs = typeof read.until === 'number' ? read.until : Infinity;
  const policy = choosePolicy(read.policy);
  return createPlan(read, { policy, seed: read.seed ?? 1, untilMs, account: 0 });
};
