/**
 * The contract as vitest tests, and matchers for receivers and simulations. Importing it adds the matchers.
 *
 * @module hookproof/vitest
 */
import { describe, expect, test } from 'vitest';
import { defineContract } from '../define.js';
import { receiverMatchers } from '../matchers.js';
import { simulationMatchers } from '../simulation-matchers.js';

expect.extend({ ...receiverMatchers, ...simulationMatchers });

/**
 * One test for each case of the contract. The contract is run once, when the first of them begins.
 *
 * @example
 * ```ts
 * describeReceiverContract(app.fetch, { key, probe: ({ id }) => store.count(id) });
 * describeReceiverContract({ start: async () => startServer() }, { key });
 * ```
 */
export const describeReceiverContract = defineContract({ describe, test });

export type { ReceiverAssertions, SimulationAssertions } from './types.js';
export { openReceiver } from '../receiver.js';
export type { Receiver } from '../receiver.js';
