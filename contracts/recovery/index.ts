import type { ContractCase } from '../runner/case.js';
import { clockCases } from './clock.js';
import { instanceCases } from './instances.js';
import { mendedCases } from './mended.js';
import { pollCases } from './polls.js';
import { restartCases } from './restarts.js';
import { stateCases } from './states.js';

/** What must hold when the receiver dies, when time passes, and when there are two of it. */
export const recoveryCases: readonly ContractCase[] = [
  ...instanceCases,
  ...stateCases,
  ...pollCases,
  ...restartCases,
  ...clockCases,
  ...mendedCases,
];
